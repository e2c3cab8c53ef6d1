/**
 * A purpose whose services are asked one by one, the whole way: markup, prompt, settings, record, and a new service.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Samtycke } from '../../src/contract.js';
import { withoutCache } from './acts.js';
import { click } from './harness/click.js';
import { again, atRest, history, press, state, WAIT_MS_MAX } from './harness/person.js';
import { purposes, registerToml, startWorld, type Visit, type World } from './harness.js';

const FILM = purposes.marketing;
const NAMES: Record<string, string> = { rullen: 'Rullen AB', spolen: 'Spolen AB', ny: 'Ny Film AB' };

/** The register with these services of the purpose, each with a cookie of its own. */
function withServices(ids: string[]): string {
  const rows = ids.map(
    (id) => `
[[recipient]]
id = "${id}"
name = "${NAMES[id]}"
role = "processor"
country = "SE"

[[cookie]]
name = "${id}-id"
purpose = "${FILM}"
lifetime = "P30D"
recipient = "${id}"
`,
  );
  const id = `id = "${FILM}"`;
  const [before, after] = registerToml().split(id) as [string, string];
  const services = `[purpose.analysis]\nscope_type = "vendor"\nrecipients = ${JSON.stringify(ids)}`;
  return before + id + after.replace('[purpose.analysis]', services) + rows.join('');
}

let world: World;
let visit: Visit;
beforeAll(async () => {
  world = await startWorld({ register: withServices(['rullen', 'spolen']) });
});
afterAll(() => world?.stop());
beforeEach(() => {
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

const embed = (id: string) =>
  `<iframe title="${NAMES[id]}" width="320" height="180" data-samtycke-purpose="${FILM}" data-samtycke-vendor="${id}"
    data-src="${world.strangers.url('ads')}/${id}.html"></iframe>`;
const body = () => `<h1>Film</h1>${Object.keys(NAMES).slice(0, 2).map(embed).join('')}`;
const word = (id: string) => `${FILM}/${id}`;

/** Permitted, and requested: exactly these services. */
async function shows(ids: string[], page = visit.page): Promise<void> {
  await atRest(page);
  await vi.waitFor(async () => {
    const { allowed } = await state(page);
    expect(allowed.filter((one) => one.startsWith(`${FILM}/`))).toEqual(ids.map(word));
    const framed = ids.filter((id) => id !== 'ny').map((id) => NAMES[id]);
    expect(await page.$$eval('iframe[src]', (all) => all.map((one) => (one as HTMLElement).title))).toEqual(framed);
  }, WAIT_MS_MAX);
}

const placeholders = () => visit.page.locator('.samtycke-embed');

async function settings(): Promise<void> {
  await click(visit.page, '.samtycke-control [data-samtycke-action="settings"]');
  await visit.page.waitForSelector('.samtycke-second');
  await visit.page.$$eval('.samtycke-second details', (all) => {
    for (const one of all) one.toggleAttribute('open', true);
  });
}

const toggle = (id: string) => visit.page.getByRole('switch', { name: NAMES[id]!, exact: true });
const save = () => click(visit.page, '.samtycke-second [data-samtycke-action="save"]');

/** The log's decisions about the purpose, oldest first. */
async function logged(): Promise<string[]> {
  const events = (await history(world)) as unknown as {
    decisions: { scope?: { vendor: string }; decision: string }[];
  }[];
  return events.flatMap(({ decisions }) =>
    decisions.flatMap(({ scope, decision }) => (scope ? `${scope.vendor} ${decision}` : [])),
  );
}

test('services are given and withdrawn one by one', async () => {
  visit = await world.newPage({ body: body() });
  await vi.waitFor(async () => expect(await placeholders().count()).toBe(2), WAIT_MS_MAX);
  const first = placeholders().first();
  expect(await first.textContent()).toContain(NAMES.rullen);
  expect(await first.textContent()).not.toContain(NAMES.spolen);
  await first.locator('button').click();
  await shows(['rullen']);
  expect(await logged()).toEqual(['rullen given']);
  expect(await placeholders().count()).toBe(1);
  await settings();
  const group = visit.page.getByRole('group').filter({ has: toggle('spolen') });
  expect(await group.getByRole('switch').count()).toBe(2);
  expect([await toggle('rullen').isChecked(), await toggle('spolen').isChecked()]).toEqual([true, false]);
  await toggle('spolen').focus();
  await visit.page.keyboard.press('Space');
  await save();
  await shows(['rullen', 'spolen']);
  expect((await state(visit.page)).allowed).toContain(FILM);

  await visit.context.addCookies(['rullen', 'spolen'].map((id) => ({ name: `${id}-id`, value: '1', url: visit.url })));
  await settings();
  await toggle('rullen').click();
  await save();
  await shows(['spolen']);
  await vi.waitFor(async () => {
    const { cookies } = await visit.stored();
    expect([cookies['rullen-id'], cookies['spolen-id']]).toEqual([undefined, '1']);
  }, WAIT_MS_MAX);
  expect((await state(visit.page)).allowed).not.toContain(FILM);
  const last = async () => expect((await logged()).slice(-2)).toEqual(['rullen withdrawn', 'spolen given']);
  await vi.waitFor(last, WAIT_MS_MAX);
  const fresh = await again(world, visit);
  await shows(['spolen'], fresh.page);
  // By the page's own code, which can withdraw and not give.
  await fresh.page.evaluate(
    (spolen) => (window as unknown as { samtycke: Samtycke }).samtycke.withdraw([spolen]),
    word('spolen'),
  );
  await shows([], fresh.page);
  await vi.waitFor(async () => expect((await logged()).at(-1)).toBe('spolen withdrawn'), WAIT_MS_MAX);
});

test('accept and refuse all name every service', async () => {
  visit = await world.newPage({ body: body() });
  await withoutCache(visit.context);
  await press(visit.page, 'accept');
  await shows(['rullen', 'spolen']);
  expect((await logged()).sort()).toEqual(['rullen given', 'spolen given']);

  const { publisher, editor } = world.tenant.keys;
  const must = async (key: string, method: string, path: string, sent: unknown) => {
    const answer = await world.server.call<{ hash: string }>(method, path, key, sent);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  await must(editor, 'PUT', '/v1/register', withServices(['rullen', 'spolen', 'ny']));
  await must(publisher, 'POST', '/v1/register/publish', {});
  const about = { site: world.tenant.site, about: 'terminal', languages: ['sv', 'en', 'ar', 'de'] };
  const { hash } = await must(editor, 'POST', '/v1/notices', about);
  await must(publisher, 'POST', `/v1/notices/${hash}/publish`, {});
  // Old enough to be renewed.
  await visit.context.clock.setFixedTime(Date.now() + 60 * 60_000);
  const later = await again(world, visit);
  await later.page.waitForSelector('.samtycke-first');
  expect(await later.page.textContent('.samtycke-first')).toContain(NAMES.ny);
  await shows(['rullen', 'spolen'], later.page);
  await press(later.page, 'accept');
  await vi.waitFor(async () => expect((await logged()).at(-1)).toBe('ny given'), WAIT_MS_MAX);
  await shows(['rullen', 'spolen', 'ny'], later.page);
  await click(later.page, '.samtycke-control [data-samtycke-action="withdraw"]');
  await shows([], later.page);
  await vi.waitFor(
    async () =>
      expect((await logged()).slice(-3).sort()).toEqual(['ny withdrawn', 'rullen withdrawn', 'spolen withdrawn']),
    WAIT_MS_MAX,
  );
});
