/** Sites on one host, which is all that a cookie distinguishes: each asks separately, and keeps its own choice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Site, startSite } from './harness/pages.js';
import {
  acceptAll,
  again,
  arrive,
  CATEGORIES,
  gated,
  permits,
  press,
  released,
  seen,
  state,
} from './harness/person.js';
import { siteIdOf, startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit;
/** The other site: another port of the same host, and its key. */
let other: Site;
let key: string;

beforeAll(async () => {
  world = await startWorld();
  other = await startSite(world.proxy);
  const must = async (role: 'operator' | 'editor' | 'publisher', path: string, body: object) => {
    const answer = await world.call<{ key: string; hash: string }>(role, 'POST', path, body);
    expect([answer.status < 300, answer.body]).toEqual([true, answer.body]);
    return answer.body;
  };
  const site = 'shop.loomer.example';
  // The first site's origin too: two sites below two paths of one origin.
  await must('operator', '/v1/sites', { site, origins: [other.url, world.site.url] });
  key = (await must('operator', '/v1/keys', { role: 'publishable', site })).key;
  const { hash } = await must('editor', '/v1/notices', { site, about: 'terminal', languages: ['sv'] });
  await must('publisher', `/v1/notices/${hash}/publish`, {});
});
afterAll(async () => {
  await other?.close();
  await world?.stop();
});
beforeEach(() => {
  world.proxy.log.length = 0;
  world.strangers.forget();
  other.put('/', { html: `<!doctype html><html lang="sv"><body>${world.tag({ 'data-key': key })}${gated(world)}` });
});
afterEach(() => visit?.context.close());

const names = async () => (await visit.context.cookies()).map(({ name, path }) => [name, path]);

describe('two ports of one host', () => {
  test('a grant at one site permits nothing at the other', async () => {
    expect(siteIdOf(key)).not.toBe(siteIdOf(world.tenant.keys.publishable));
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    world.strangers.seen.length = 0;

    const page = await visit.context.newPage();
    await page.goto(other.url);
    await page.waitForSelector('.samtycke-first');
    await released(world, []);
    expect(await state(page)).toMatchObject({ choice: 'none', allowed: [] });
    await press(page, 'reject');
    expect((await state(page)).choice).toBe('refused');

    // This site learns nothing of the other one's choice, in the same tab or later.
    await permits(visit.page, CATEGORIES);
    const fresh = await again(world, visit);
    await released(world, CATEGORIES);
    await permits(fresh.page, CATEGORIES);
    const own = (await names()).map(([name]) => name).filter((name) => name?.startsWith('samtycke-'));
    expect(own.sort()).toEqual([world.tenant.cookie, `samtycke-consent-1-${siteIdOf(key)}`].sort());
  });

  test("a token under another site's name is no choice", async () => {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    const [mine] = await visit.context.cookies();
    await visit.context.addCookies([{ ...mine!, name: `samtycke-consent-1-${siteIdOf(key)}` }]);
    world.strangers.seen.length = 0;
    const page = await visit.context.newPage();
    await page.goto(other.url);
    await page.waitForSelector('.samtycke-first');
    await released(world, []);
    expect(seen(world)).toEqual([]);
  });
});

describe('two paths of one origin, and samtycke below it', () => {
  test('each has its cookie at its own path', async () => {
    const below = (path: string, of: string) => ({
      firstParty: true,
      path,
      tag: { 'data-server': '/', 'data-key': of, 'data-cookie-path': path },
    });
    const [a, b] = [below('/a/', world.tenant.keys.publishable), below('/b/', key)];
    for (const { path, tag } of [a, b])
      world.site.put(path, { html: `<!doctype html><html lang="sv"><body>${world.tag(tag, true)}${gated(world)}` });
    visit = await world.newPage(a);
    await acceptAll(world, visit.page);
    world.strangers.seen.length = 0;
    const second = await world.newPage({ ...b, context: visit.context });
    await second.page.waitForSelector('.samtycke-first');
    await released(world, []);
    await press(second.page, 'reject');
    const tallies = { method: 'POST', path: /\/tallies$/ };
    const refused = () => world.proxy.passed(tallies).filter(({ body }) => body.includes('"refused"'));
    await expect.poll(() => refused().map(({ status }) => status)).toEqual([204]);
    const choices = [...world.proxy.passed({ path: '/v1/consents' }), ...refused()];
    expect(choices.map(({ headers }) => headers['samtycke-choice'])).toEqual(['1; path=/a/', '1; path=/b/']);
    expect((await names()).sort()).toEqual(
      [
        [world.tenant.cookie, '/a/'],
        [`samtycke-consent-1-${siteIdOf(key)}`, '/b/'],
      ].sort(),
    );
  });
});
