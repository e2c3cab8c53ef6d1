/** A part that is missing, blocked or slow does not stop the others. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allowed } from './acts.js';
import { acceptAll, again, arrive, CATEGORIES, permits, press, released, seen } from './harness/person.js';
import { type PageOptions, purposes, registerToml, startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit;
/** Google has no type for preferences here; it has for the other two. */
const register = registerToml();
beforeAll(async () => {
  world = await startWorld({ register });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

const GOOGLE = { tag: { 'data-google': '' } };
const queue = () =>
  visit.page.evaluate(() => {
    const entries = (window as unknown as { dataLayer?: IArguments[] }).dataLayer ?? [];
    return entries.map((entry) => Array.from(entry).slice(0, 2).join(' '));
  });
/** Our lines on the console, and uncaught errors. */
const ours = () =>
  visit.errors.filter((error) => /samtycke|Error/.test(error) && !/CORS policy|Failed to load/.test(error));
const unhandled = () =>
  visit.context.addInitScript(() => {
    Object.assign(window, { unhandled: [] });
    addEventListener('unhandledrejection', ({ reason }) => {
      (window as unknown as { unhandled: string[] }).unhandled.push(String(reason));
    });
  });
const rejections = () => visit.page.evaluate(() => (window as unknown as { unhandled: string[] }).unhandled);

/** A visitor who accepted everything comes back to a page in which this does not work. */
async function comeBack(options: PageOptions, breakIt: () => unknown): Promise<void> {
  visit = await arrive(world, options);
  await acceptAll(world, visit.page);
  await visit.context.route('**/v1/banner/**', (route) => route.continue());
  await breakIt();
  await unhandled();
  world.strangers.seen.length = 0;
  const next = await again(world, visit);
  await visit.page.close();
  visit = { ...next, context: visit.context };
}

describe('Google', () => {
  test.each([
    ['its file is blocked', () => visit.context.route('**/sdk/google.*', (route) => route.abort())],
    ['its file never comes', () => visit.context.route('**/sdk/google.*', () => {})],
    ['the document never comes', () => world.proxy.hold({ path: /^\/v1\/banner\// })],
    ['the document cannot be had', () => world.proxy.fault({ path: /^\/v1\/banner\//, cut: 'request' })],
  ])("%s: all but Google's runs, and the page hears ready", async (_, breakIt) => {
    await comeBack(GOOGLE, breakIt);
    const { page } = visit;
    await page.waitForFunction(() => 'samtycke' in window);
    const took = await page.evaluate(async () => {
      const before = performance.now();
      await (window as unknown as { samtycke: { ready: Promise<void> } }).samtycke.ready;
      return performance.now() - before;
    });
    expect(took).toBeLessThan(2_500);
    await released(world, ['preferences']);
    expect([await allowed(page, 'preferences'), await allowed(page, purposes.statistics)]).toEqual([true, false]);
    expect((await queue()).filter((entry) => entry === 'consent update')).toEqual([]);
    expect(await rejections()).toEqual([]);
  });

  test('a late document releases after Google was told', async () => {
    let held: { release(): void } | undefined;
    await comeBack(GOOGLE, () => {
      held = world.proxy.hold({ path: /^\/v1\/banner\// });
    });
    await released(world, ['preferences']);
    expect(await queue()).toEqual(['consent default']);
    held!.release();
    await permits(visit.page, CATEGORIES);
    expect(await queue()).toEqual(['consent default', 'consent update']);
    await released(world, CATEGORIES);
  });

  test('a default in the page is sent once', async () => {
    const head = `<script nonce="bm9uY2U">window.dataLayer = []; function gtag() { dataLayer.push(arguments) }
      gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' }); gtag('js', new Date());</script>`;
    await comeBack({ ...GOOGLE, head }, () => {});
    await permits(visit.page, CATEGORIES);
    expect((await queue()).map((entry) => entry.replace(/^js .*/, 'js'))).toEqual([
      'consent default',
      'js',
      'consent update',
    ]);
  });
});

describe('a missing file', () => {
  test.each(['record', 'settings', 'clear'])('%s: what was given runs, with a hint in the console', async (name) => {
    await comeBack({}, () => visit.context.route(`**/sdk/${name}.*`, (route) => route.abort()));
    await released(world, CATEGORIES);
    if (name !== 'settings') await expect.poll(ours).toEqual([expect.stringContaining('samtycke site embed --check')]);
    expect(await rejections()).toEqual([]);
  });

  test.each([
    ['record', 'the declaration'],
    ['settings', 'the declaration'],
    ['', 'the settings'],
  ])('without %s a link to the settings leads to %s', async (name, where) => {
    const body = '<h1>Loomer</h1><a href="/declared" data-samtycke-action="settings">Cookies</a>';
    world.site.put('/declared', { html: '<!doctype html><title>Declared</title>' });
    visit = await arrive(world, { body, visit: false });
    if (name) await visit.context.route(`**/sdk/${name}.*`, (route) => route.abort());
    await unhandled();
    const document = visit.page.waitForResponse(/\/v1\/banner\//);
    await visit.page.goto(visit.url);
    await document;
    await visit.page.waitForLoadState('networkidle');
    await visit.page.click('a');
    if (where === 'the settings') await visit.page.waitForSelector('.samtycke-second');
    else await visit.page.waitForURL('**/declared');
  });
});

describe('a server that has nothing for this page', () => {
  const told = () => ours().filter((error) => error.includes('samtycke site set'));

  test.each([
    ['an unknown key', { tag: { 'data-key': `pk_0123456789ab_${'A'.repeat(43)}` } }],
    ["an origin that is not the site's", { host: 'stranger' }],
  ])('%s is reported once, unlike being offline', async (_, options: PageOptions) => {
    visit = await arrive(world, options);
    await expect.poll(told).toHaveLength(1);
    expect(told()[0]).toContain(new URL(visit.url).origin);
    await visit.page.evaluate(() => dispatchEvent(new Event('online')));
    await visit.page.waitForLoadState('networkidle');
    expect(told()).toHaveLength(1);
    await released(world, []);
    expect(seen(world)).toEqual([]);
  });

  test('offline, there is no warning', async () => {
    visit = await arrive(world, { visit: false });
    await visit.page.goto(visit.url);
    await visit.page.waitForSelector('.samtycke-first');
    world.proxy.fault({ path: /^\/(v1|sdk)\//, cut: 'request' });
    const next = await again(world, visit);
    await next.page.waitForLoadState('networkidle');
    visit = { ...next, context: visit.context };
    expect(told()).toEqual([]);
  });
});

test('a preloaded document is fetched once', async () => {
  const preload = (address: string) => `<link rel="preload" as="fetch" crossorigin href="${address}">`;
  const address = `${world.proxy.url}/v1/banner/${world.tenant.keys.publishable}?language=sv`;
  visit = await arrive(world, { head: preload(address) });
  await visit.page.waitForSelector('.samtycke-first');
  const asked = visit.requests.filter(({ url }) => url.includes('/v1/banner/') && !/\/(tallies|prompts)$/.test(url));
  expect(asked.map(({ url }) => url)).toEqual([address]);
  await press(visit.page, 'reject');
  // Counting needs no preflight request.
  await expect
    .poll(() => world.proxy.passed({ path: /\/(tallies|prompts)$/ }).map(({ method }) => method))
    .toEqual(['POST', 'POST']);
  for (const { headers } of world.proxy.passed({ path: /\/(tallies|prompts)$/ })) {
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(headers.authorization).toBeUndefined();
  }
});
