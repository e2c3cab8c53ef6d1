import { beforeEach, expect, test } from 'vitest';
import { BANNER, PURPOSES, SITE, serverSubject, type Tab, World } from '../../test/unit/world.js';
import type { Decision } from '../contract.js';
import { newestChoice } from '../core/cookie.js';
import { parseLocalRecord } from '../core/local-record.js';
import { stateOf } from '../core/permission.js';

/** Everything, as a snapshot lists it, with the purpose all of whose services are given. */
const ALLOWED = ['site.numbers', 'site.film', 'site.film/rullen', 'site.ads'];

let world: World;
let page: Tab;

beforeEach(() => {
  world = new World();
  page = world.open();
});

const decision = (kind: Decision['kind'], given: string[]): Decision => ({
  kind,
  given,
  refused: PURPOSES.filter((id) => !given.includes(id)),
  method: 'button',
});
const accept = (tab = page) =>
  tab.session.record({ yes: PURPOSES, no: [], banner: BANNER, decision: decision('accept', PURPOSES) });
const refuse = (tab = page) =>
  tab.session.record({ yes: [], no: undefined, banner: BANNER, decision: decision('reject', []) });
const state = () => stateOf(world.view());
const fail = (status: number, retryAfter = 0) => world.finish(world.requests[0]!, { status, body: {}, retryAfter });

test('a grant is permitted once the server has recorded it', async () => {
  accept();
  await world.settle();
  expect(state()).toMatchObject({ choice: 'given', pending: true, allowed: [] });
  expect(world.cookie).toBeUndefined();
  await world.heal();
  expect(state()).toMatchObject({ choice: 'given', pending: false, allowed: ALLOWED });
  expect(page.progress).toEqual(['saved']);
});

test('a refusal stores number, day and notice, and is counted', async () => {
  refuse();
  await world.settle();
  expect(world.cookie).toMatch(/^r\.1\.[\da-z]+\.5d3a9c01$/);
  expect(world.local).toBeUndefined();
  expect(world.requests.map((request) => [request.path, request.n, request.capability])).toEqual([['tallies', 1, '']]);
});

test('a recorded withdrawal of everything leaves a refusal only', async () => {
  accept();
  await world.heal();
  expect(refuse()).toEqual(PURPOSES);
  await world.settle();
  expect(state()).toMatchObject({ choice: 'refused', pending: true, allowed: [] });
  expect(world.requests[0]).toMatchObject({ path: 'withdrawals', n: 2 });
  await world.heal();
  expect(world.local).toBeUndefined();
  expect(world.cookie).toMatch(/^r\.2\./);
});

test('a withdrawn purpose is an index until the server signs', async () => {
  accept();
  await world.heal();
  expect(page.session.record({ yes: [], no: [PURPOSES[1]!] })).toEqual([PURPOSES[1]]);
  expect(newestChoice([world.cookie!], SITE)!.token!.withdrawnIndexes).toEqual([1]);
  expect(state().allowed).toEqual([PURPOSES[0], PURPOSES[2]]);
  await world.heal();
  expect(newestChoice([world.cookie!], SITE)!.token!.withdrawnIndexes).toEqual([]);
  expect(state().allowed).toEqual([PURPOSES[0], PURPOSES[2]]);
});

test('a refusal does not wait for a grant on its way', async () => {
  accept();
  await world.settle();
  refuse();
  await world.settle();
  expect(world.requests.map((request) => request.path)).toEqual(['consents', 'withdrawals']);
  await world.heal();
  expect(state()).toMatchObject({ choice: 'refused', allowed: [] });
});

test('a save sends its refusal first, then its grant', async () => {
  accept();
  await world.heal();
  page.session.record({
    yes: [PURPOSES[0]!],
    no: PURPOSES.slice(1),
    banner: BANNER,
    decision: decision('save', [PURPOSES[0]!]),
  });
  const { q } = parseLocalRecord(world.local);
  expect(q.map((entry) => [entry.yes, entry.no])).toEqual([
    [[], PURPOSES.slice(1)],
    [[PURPOSES[0]], []],
  ]);
  expect(q[1]!.body.after).toEqual([q[0]!.id]);
  await world.heal();
  expect(state().allowed).toEqual([PURPOSES[0]]);
});

test.each([400, 403, 404, 409, 410, 422])('a grant rejected with %i is asked again', async (status) => {
  refuse();
  accept();
  await world.settle();
  world.requests.shift();
  fail(status);
  await world.settle();
  expect(page.progress).toEqual(['again']);
  expect(state()).toMatchObject({ choice: 'refused', pending: false, allowed: [] });
  expect(newestChoice([world.cookie!], SITE)!.at, 'may be asked at once').toBe(0);
});

test('a superseded grant is asked again', async () => {
  accept();
  await world.settle();
  const request = world.requests[0]!;
  const decisions = PURPOSES.map((purpose) => ({ purpose, outcome: 'superseded' }));
  request.answer = { status: 201, body: { seq: 9, decisions }, retryAfter: 0 };
  world.finish(request);
  await world.settle();
  expect(page.progress).toEqual(['again']);
  expect(state()).toMatchObject({ choice: 'none', pending: false, allowed: [] });
  expect(world.local, 'nobody is known who gave nothing').toBeUndefined();
});

test('a grant with an unknown outcome is not permitted', async () => {
  accept();
  await world.settle();
  const request = world.requests[0]!;
  const decisions = PURPOSES.map((purpose) => ({ purpose, outcome: 'of_a_later_server' }));
  request.answer = { status: 201, body: { seq: 9, decisions }, retryAfter: 0 };
  world.finish(request);
  await world.settle();
  expect(state()).toMatchObject({ choice: 'none', pending: false, allowed: [] });
});

test('a recorded grant without a token is asked for its token', async () => {
  accept();
  await world.settle();
  const request = world.requests[0]!;
  world.deliver(request);
  request.answer = { ...request.answer!, body: { ...request.answer!.body, cookie: null } };
  world.finish(request);
  await world.settle();
  expect(state()).toMatchObject({ choice: 'given', pending: true, allowed: [] });
  expect(world.requests.map(({ path }) => path)).toEqual(['cookie']);
  fail(503);
  await world.settle();
  expect(state().pending).toBe(true);
  await world.heal();
  expect(state()).toMatchObject({ choice: 'given', pending: false, allowed: ALLOWED });
  expect(page.progress).toEqual(['pending', 'saved']);
});

test.each([
  ['wrote last', true],
  ['wrote first', false],
])('a refusal in another tab, and %s, reaches the server', async (_, last) => {
  accept();
  await world.settle();
  const subject = serverSubject(world.requests[0]!.capability);
  // Both tabs read before either wrote: so the refusal has no subject, and the grant's number.
  world.cookie = `r.1.${Math.floor(world.server.now / 86_400).toString(36)}.5d3a9c01`;
  if (last) world.local = undefined;
  await world.heal();
  expect(state()).toMatchObject({ choice: 'refused', pending: false, allowed: [] });
  expect(PURPOSES.filter((id) => world.server.isGiven(subject, id))).toEqual([]);
  expect(world.local, 'nobody is known who gave nothing').toBeUndefined();
});

test('without a network a grant is pending, and is sent later', async () => {
  accept();
  await world.settle();
  fail(0);
  await world.settle();
  expect(page.progress).toEqual(['pending']);
  expect(page.timers).toHaveLength(1);
  void page.session.flush();
  await world.settle();
  expect(world.requests).toHaveLength(1);
  await world.heal();
  expect(state().allowed).toEqual(ALLOWED);
});

test('a server that asks for a pause gets one', async () => {
  accept();
  await world.settle();
  fail(429, 30);
  await world.settle();
  void page.session.flush();
  await world.settle();
  expect(world.requests).toHaveLength(0);
  await world.heal();
  expect(state().allowed).toEqual(ALLOWED);
});

test('one grant carries the prompt of what was shown', async () => {
  page.session.shown(BANNER);
  page.session.shown(BANNER);
  await world.heal();
  accept();
  await world.settle();
  expect(world.requests[0]).toMatchObject({ path: 'consents', body: { prompt: 'pr_1' } });
  await world.heal();
  accept();
  await world.settle();
  expect(world.requests[0]!.body).not.toHaveProperty('prompt');
  page.session.shown(BANNER);
  await world.settle();
  expect(world.requests.map(({ path }) => path)).toContain('prompts');
});

test('a prompt of another document is not sent', async () => {
  page.session.shown({ ...BANNER });
  await world.heal();
  accept();
  await world.settle();
  expect(world.requests[0]!.body).not.toHaveProperty('prompt');
});

test('a refusal carries no prompt, and waits for none', async () => {
  accept();
  await world.heal();
  page.session.shown(BANNER);
  refuse();
  await world.settle();
  const sent = world.requests.find(({ path }) => path === 'withdrawals');
  expect(sent!.body).not.toHaveProperty('prompt');
});

test('a later grant has seen a refusal that has no leaf', async () => {
  accept();
  await world.settle();
  refuse();
  await world.settle();
  // The refusal arrives first: the server knows no stream yet.
  const no = world.requests.find(({ path }) => path === 'withdrawals')!;
  world.finish(no);
  await world.settle();
  accept();
  await world.heal();
  const sent = [...world.server.events.values()].map(({ text }) => JSON.parse(text));
  expect(sent.at(-1)).toMatchObject({ based_on: 1 });
  expect(state().allowed).toEqual(ALLOWED);
});

test('two tabs send a submission once', async () => {
  const other = world.open();
  accept();
  void other.session.flush();
  await world.settle();
  expect(world.requests).toHaveLength(1);
  await world.heal();
  expect([...world.server.events.values()].map((event) => event.deliveries)).toEqual([1]);
});

test('an old token permits nothing until it is renewed', async () => {
  accept();
  await world.heal();
  world.clockOff = -7 * 86_400;
  expect(state().allowed).toEqual([]);
  void page.session.flush();
  await world.settle();
  expect(world.requests[0]).toMatchObject({ path: 'cookie' });
  await world.heal();
  expect(stateOf(world.view(page)).allowed).toEqual(ALLOWED);
});

test.each([
  [true, undefined],
  [false, /^r\.1\./],
] as const)('nothing is given any more, may ask: %s', async (may_ask, left) => {
  accept();
  await world.heal();
  world.server.now += 1_000;
  void page.session.flush();
  await world.settle();
  world.requests[0]!.answer = { status: 200, body: { cookie: null, may_ask }, retryAfter: 0 };
  await world.heal();
  if (left) expect(world.cookie).toMatch(left);
  else expect(world.cookie).toBeUndefined();
  expect(world.local).toBeUndefined();
});

test('GPC is recorded, and a grant in sight of it is marked', () => {
  world.gpc = true;
  accept();
  const { body } = parseLocalRecord(world.local).q[0]!;
  expect(body).toMatchObject({ signals: { gpc: true }, notice: BANNER.notice, language: 'sv', based_on: 0, after: [] });
  expect(body.decisions).toEqual(
    PURPOSES.map((word, i) => {
      const [purpose, vendor] = word.split('/');
      const gpc = i === 2 && { gpc_acknowledged: true };
      return { purpose, decision: 'given', ...(vendor && { scope: { vendor } }), ...gpc };
    }),
  );
});

test('requests identify the user by the capability only', async () => {
  accept();
  await world.heal();
  page.session.record({ yes: [], no: [PURPOSES[2]!] });
  await world.settle();
  const [request] = world.requests;
  expect(request!.path).toBe('withdrawals');
  expect(request!.capability).toMatch(/^[\w-]{43}$/);
  expect(request!.body).not.toHaveProperty('subject');
  expect(request!.body.event_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a token of another site is ignored', async () => {
  accept();
  await world.settle();
  const request = world.requests[0]!;
  world.deliver(request);
  const [payload, sig] = request.answer!.body.cookie!.split('.');
  const signed = JSON.parse(Buffer.from(payload!, 'base64url').toString());
  const other = Buffer.from(JSON.stringify({ ...signed, i: 'ffffffffffff' })).toString('base64url');
  request.answer = { ...request.answer!, body: { ...request.answer!.body, cookie: `${other}.${sig}` } };
  world.finish(request);
  await world.settle();
  expect(state().allowed).toEqual([]);
});
