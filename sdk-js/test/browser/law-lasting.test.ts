/** The banner acceptance list, B8 and B9: how long an answer holds, and what may ask again. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as acts from './acts.js';
import { accept, isAsked, refuse } from './acts.js';
import { click } from './harness/click.js';
import { purposes, registerToml, startWorld, type Visit, type World } from './harness.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const DAY_MS = 86_400_000;
const name = () => world.tenant.cookie;

/** A page of the site after so many days, in the same browser. */
async function later({ context, page: old }: Visit, days: number, tag: Record<string, string> = {}): Promise<Visit> {
  await old.close();
  await context.clock.setFixedTime(Date.now() + days * DAY_MS);
  return world.newPage({ context, tag });
}

const cookieOf = async ({ context }: Visit) => (await context.cookies()).find((cookie) => cookie.name === name());

/**
 * Protects users who refused: it is remembered for six months, by a flag and a date that identify no user (L25, L27).
 */
test('B8 a refusal holds six months without an identifier', async () => {
  const before = world.proxy.log.length;
  const visit = await world.newPage();
  await refuse(visit.page);
  const mine = await cookieOf(visit);
  expect(mine?.value).toMatch(/^r\.1\.[0-9a-z]{3,4}\.[0-9a-f]{8}$/);
  expect(mine?.value.endsWith(world.tenant.notice.slice(7, 15))).toBe(true);
  expect(await acts.kept(visit.page, visit.context)).toEqual({
    ...acts.NOTHING_KEPT,
    cookie: `${name()}=${mine?.value}`,
    cookies: [name()],
  });
  // Two users who refuse on the same day cannot be told apart, neither here nor by their requests.
  const other = await world.newPage();
  await refuse(other.page);
  expect((await cookieOf(other))?.value).toBe(mine?.value);
  await other.context.close();
  const bodies = world.proxy.log.slice(before).filter(({ method }) => method === 'POST');
  expect(new Set(bodies.map(({ path }) => path))).toEqual(
    new Set(['prompts', 'tallies'].map((what) => `/v1/banner/${world.tenant.keys.publishable}/${what}`)),
  );
  for (const { path, body } of bodies)
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(
      path.endsWith('/prompts') ? ['language', 'notice', 'variant'] : ['choice', 'notice'],
    );
  expect(bodies.some(({ headers }) => 'samtycke-capability' in headers || 'cookie' in headers)).toBe(false);

  // The cookie outlives the six months, and browsers keep it for at most thirteen.
  const days = ((mine?.expires ?? 0) * 1000 - Date.now()) / DAY_MS;
  expect(days).toBeGreaterThan(184);
  expect(days).toBeLessThanOrEqual(396);
  let now = visit;
  for (const day of [1, 90, 180]) {
    now = await later(now, day);
    expect([day, await isAsked(now.page)]).toEqual([day, false]);
  }
  now = await later(now, 187);
  expect(await isAsked(now.page)).toBe(true);
  await refuse(now.page);
  expect((await cookieOf(now))?.value).toMatch(/^r\.2\./);
  now = await later(now, 187 + 180);
  expect(await isAsked(now.page)).toBe(false);
  await now.context.close();
});

/** Publishes a notice that is drafted from the register as it is; `classes`: the publisher's classes of change. */
async function publish(languages: string[], classes?: Record<string, string>): Promise<void> {
  const draft = { site: world.tenant.site, about: 'terminal', languages };
  const made = await world.call<{ hash: string }>('editor', 'POST', '/v1/notices', draft);
  expect(made.status).toBe(201);
  const path = `/v1/notices/${made.body.hash}/publish`;
  const live = await world.call('publisher', 'POST', path, classes ? { classes } : {});
  expect([live.status, live.body.detail]).toEqual([200, undefined]);
}

const CHAT = `
[[purpose]]
id = "loomer.cookies-chatt"
row = 14
derived = true

[purpose.source]
title_sv = "Kakor: chatt"
purpose_sv = "Chatta med oss"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Chat with us"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"
`;

/** Protects users from fatigue: after an answer, a new prompt needs a reason. */
test('B9 asks again for expiry, change or a new purpose only', async () => {
  const [no, yes] = [await world.newPage(), await world.newPage()];
  for (const { context } of [no, yes]) await acts.withoutCache(context);
  await refuse(no.page);
  await accept(yes.page);
  const people = { no, yes };
  /** What the next page asks, an hour after it last asked the server. */
  const asked = async (hours = 1, tag = {}) => {
    const found: string[] = [];
    for (const who of ['no', 'yes'] as const) {
      const renewals = acts.posts(world, 'cookie').length;
      people[who] = await later(people[who], hours / 24, tag);
      const { page } = people[who];
      // A grant is renewed, and the server's answer may lead to a prompt.
      if (who === 'yes')
        await vi.waitFor(() => expect(acts.posts(world, 'cookie').length).toBeGreaterThan(renewals), 10_000);
      if (await isAsked(page)) found.push(who);
    }
    return found;
  };
  expect(await asked()).toEqual([]);
  expect(await asked(2, { 'data-language': 'ar' })).toEqual([]);

  await publish(['sv', 'en', 'de', 'fi']);
  expect(await asked(3)).toEqual([]);

  await publish(['sv', 'en', 'de'], { [purposes.statistics]: 'material_consent' });
  expect(await asked(4)).toEqual(['no', 'yes']);
  await refuse(people.no.page);
  await accept(people.yes.page);
  expect(await asked(5)).toEqual([]);

  const register = registerToml()
    .replace(/purposes = (\d+)/, (_, count) => `purposes = ${Number(count) + 1}`)
    .replace('[categories]', `${CHAT}\n[categories]`);
  const put = await world.call('editor', 'PUT', '/v1/register', register);
  expect([put.status, put.body.detail]).toEqual([200, undefined]);
  expect((await world.call('publisher', 'POST', '/v1/register/publish', {})).status).toBe(200);
  await publish(['sv', 'en']);
  expect(await asked(6)).toEqual(['no', 'yes']);
  await click(people.yes.page, acts.first('settings'));
  await people.yes.page.waitForSelector('.samtycke-second input');
  expect(await people.yes.page.locator('.samtycke-second input').count()).toBe(4);
  await click(people.yes.page, acts.second('accept'));
  await acts.settled(people.yes.page, 'given');
  await refuse(people.no.page);
  expect(await asked(7)).toEqual([]);

  // A year later the grant has expired.
  const payload = (await cookieOf(people.yes))?.value.split('.')[2] ?? '';
  const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const days = (exp * 1000 - Date.now()) / DAY_MS;
  expect(days).toBeLessThanOrEqual(396);
  people.yes = await later(people.yes, days - 1);
  expect(await isAsked(people.yes.page)).toBe(false);
  people.yes = await later(people.yes, days + 1);
  await vi.waitFor(async () => expect(await isAsked(people.yes.page)).toBe(true), 10_000);
  expect((await acts.state(people.yes.page)).allowed).toEqual([]);
  for (const { context } of Object.values(people)) await context.close();
}, 240_000);
