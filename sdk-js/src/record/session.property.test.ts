/** Any events in any order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BANNER, PURPOSES, SITE, serverSubject, World } from '../../test/unit/world.js';
import type { Decision } from '../contract.js';
import { parseChoice } from '../core/cookie.js';
import { parseLocalRecord } from '../core/local-record.js';
import { stateOf } from '../core/permission.js';

type Step =
  | { do: 'decide'; tab: number; kind: 'accept' | 'reject' | 'save'; mask: number }
  | { do: 'withdraw'; tab: number; mask: number }
  | { do: 'deliver' | 'answer'; pick: number }
  | { do: 'fail'; pick: number; status: number; reached: boolean }
  | { do: 'reload' | 'flush' | 'timers'; tab: number }
  | { do: 'lose'; what: 'cookie' | 'box' | 'both' }
  | { do: 'time' | 'clock'; seconds: number }
  | { do: 'gpc' };

const tab = fc.nat(1);
const mask = fc.nat(7);
const pick = fc.nat(5);
const DAY = 86_400;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      tab,
      kind: fc.constantFrom('accept' as const, 'reject' as const, 'save' as const, 'save' as const),
      mask,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), tab, mask }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), pick }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('answer' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      pick,
      status: fc.constantFrom(0, 0, 500, 429, 422, 403),
      reached: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('reload' as const, 'flush' as const, 'timers' as const), tab }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lose' as const),
      what: fc.constantFrom('cookie' as const, 'box' as const, 'both' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('time' as const, 'clock' as const),
      seconds: fc.constantFrom(60, 1000, DAY * 2, DAY * 31),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gpc' as const) }) },
);

/** What the model remembers, to compare the record with. */
class Ghost {
  word = new Map<string, 'yes' | 'no'>();
  /** Ids that were queued, and neither lost with the storage nor rejected. */
  owed = new Set<string>();
  lost = new Set<string>();
  cookieLost = false;

  constructor(readonly world: World) {}

  async run(step: Step): Promise<void> {
    const { world } = this;
    const ids = (bits: number) => PURPOSES.filter((_, i) => bits & (1 << i));
    const request = 'pick' in step ? world.requests[step.pick % (world.requests.length || 1)] : undefined;
    if (step.do === 'decide') {
      const given = step.kind === 'accept' ? PURPOSES : step.kind === 'save' ? ids(step.mask) : [];
      const refused = PURPOSES.filter((id) => !given.includes(id));
      for (const id of given) this.word.set(id, 'yes');
      for (const id of refused) this.word.set(id, 'no');
      const decision: Decision = { kind: step.kind, given, refused, method: 'button' };
      const no = step.kind === 'reject' ? undefined : refused;
      world.tabs[step.tab]!.session.record({ yes: given, no, banner: BANNER, decision });
      this.refused(!given.length);
    } else if (step.do === 'withdraw') {
      const no = step.mask ? ids(step.mask) : undefined;
      for (const id of no ?? PURPOSES) this.word.set(id, 'no');
      world.tabs[step.tab]!.session.record({ yes: [], no, banner: BANNER });
      this.refused(!no);
    } else if (step.do === 'deliver' && request) world.deliver(request);
    else if (step.do === 'answer' && request) world.finish(request);
    else if (step.do === 'fail' && request) {
      if (step.reached && step.status !== 422 && step.status !== 403) world.deliver(request);
      // A rejected refusal is finished, and so is a rejected grant.
      const isNo = request.path === 'withdrawals';
      if (step.status === 422 || (step.status === 403 && !isNo)) {
        // The server does not reject what it has accepted.
        if (request.answer || isNo || world.server.has(request.body.event_id)) return;
        world.server.rejected.set(request.body.event_id, step.status);
        this.lost.add(request.body.event_id);
      }
      world.finish(request, { status: step.status, body: {}, retryAfter: step.status === 429 ? 30 : 0 });
    } else if (step.do === 'reload') world.reload(step.tab);
    else if (step.do === 'flush') void world.tabs[step.tab]!.session.flush();
    else if (step.do === 'timers') for (const timer of world.tabs[step.tab]!.timers.splice(0)) timer();
    else if (step.do === 'lose') {
      if (step.what !== 'box') {
        world.cookie = undefined;
        this.cookieLost = true;
      }
      if (step.what !== 'cookie') {
        for (const entry of parseLocalRecord(world.local).q) this.lost.add(entry.id);
        world.local = undefined;
        // Known limit: a choice made while a grant is being sent is stored in this browser only. If just that is
        // cleared, the
        // server's own cookie for that grant still arrives.
        for (const open of world.requests) open.n = undefined;
      }
    } else if (step.do === 'time') {
      world.server.now += step.seconds;
      // No request is on its way for days.
      if (step.seconds > DAY) for (const open of world.requests) open.timedOut = !open.answer;
    } else if (step.do === 'clock') world.clockOff = world.clockOff ? 0 : step.seconds * (step.seconds === 60 ? 1 : -1);
    else if (step.do === 'gpc') {
      const before = [world.cookie, world.local, stateOf(world.view()).choice];
      world.gpc = !world.gpc;
      await world.settle();
      expect([world.cookie, world.local, stateOf(world.view()).choice], 'GPC creates no choice').toEqual(before);
    }
    await world.settle();
    this.check();
  }

  private refused(all: boolean): void {
    const value = this.world.cookie ?? parseLocalRecord(this.world.local).k;
    if (all) expect(value, 'a refusal keeps no identifier').toMatch(/^r\.\d+\.[\da-z]+\.[\da-f]{8}$/);
  }

  private check(): void {
    const { world } = this;
    const { local, stored } = world.view();
    for (const tab of world.tabs)
      for (const id of PURPOSES) {
        if (!world.permitted(id, tab)) continue;
        expect(this.word.get(id), `${id}: a no holds until a later yes`).toBe('yes');
        const subject = serverSubject(stored!.token!.capability);
        expect(world.server.isGiven(subject, id), `${id}: the server has the yes`).toBe(true);
        if (world.gpc && id === PURPOSES[2])
          expect(world.server.isAcknowledged(subject, id), `${id}: the server has the acknowledgement`).toBe(true);
      }
    for (const entry of local.q) {
      const late = entry.yes.length && world.view().clock - entry.at > 30 * DAY;
      if (!late) this.owed.add(entry.id);
      else this.lost.add(entry.id);
    }
    expect(world.server.faults).toEqual([]);
  }

  async end(): Promise<void> {
    const { world } = this;
    await world.heal();
    this.check();
    for (const tab of world.tabs) void tab.session.flush();
    await world.heal();
    this.check();
    for (const id of this.owed) if (!this.lost.has(id)) expect(world.server.has(id), 'delivered').toBe(true);
    expect(parseLocalRecord(world.local).q).toEqual([]);
    const { stored } = world.view();
    // A lost cookie is no withdrawal: the capability stays, so that a later withdrawal can reach the record.
    if (!stored?.token && !this.cookieLost)
      expect(parseLocalRecord(world.local).c, 'nobody is known who gave nothing').toBeUndefined();
  }
}

const accept = (tab: number): Step => ({ do: 'decide', tab, kind: 'accept', mask: 0 });
const answer: Step = { do: 'answer', pick: 0 };
const lose: Step = { do: 'lose', what: 'both' };
const reject: Step = { do: 'decide', tab: 0, kind: 'reject', mask: 0 };
/** Orders that once broke a promise: each run begins with them. */
const MET: Step[][] = [
  // The signal goes off and on again while the server learns that it went off.
  [{ do: 'gpc' }, accept(0), answer, { do: 'gpc' }, accept(0), { do: 'deliver', pick: 0 }, { do: 'gpc' }],
  // A choice after the storage was cleared is newer than what another tab remembers: any in a tab that was open before,
  // and a refusal of everything in a tab that was not. Known limit: a grant of less, in the latter, is not.
  [
    accept(1),
    answer,
    accept(1),
    answer,
    { do: 'withdraw', tab: 1, mask: 1 },
    lose,
    { do: 'decide', tab: 0, kind: 'save', mask: 1 },
    { do: 'answer', pick: 1 },
    answer,
  ],
  [accept(1), answer, accept(1), answer, accept(1), lose, { do: 'reload', tab: 0 }, reject, answer],
  // The server's word about a withdrawal, from before it had the grant, arrives last.
  [accept(0), { do: 'withdraw', tab: 1, mask: 1 }, { do: 'flush', tab: 0 }, { do: 'deliver', pick: 2 }],
];

test.each([
  ['own origin', true, false],
  ['another origin', false, false],
  ['no cookies', false, true],
])('no order of events breaks a promise: %s', { timeout: 120_000 }, async (_, firstParty, cookieless) => {
  const runs = Number(process.env.SAMTYCKE_RUNS ?? 100);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World();
      Object.assign(world, { firstParty, cookieless });
      world.open();
      world.open();
      const ghost = new Ghost(world);
      for (const one of steps) await ghost.run(one);
      await ghost.end();
      expect(world.cookie === undefined || parseChoice(world.cookie, SITE)).toBeTruthy();
    }),
    { numRuns: runs, examples: MET.map((steps) => [steps]) },
  );
});
