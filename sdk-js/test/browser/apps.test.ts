/**
 * The small apps of test/apps: frameworks that hydrate the page, replace its body on navigation, and remove unknown
 * elements. The prompt, the control and the gates survive all of it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept, first, refuse, second, settled } from './acts.js';
import { APPS, putApp } from './harness/apps.js';
import { click } from './harness/click.js';
import { WAIT_MS_MAX } from './harness/person.js';
import { startWorld, type Visit, type World } from './harness.js';

const QUESTION = '.samtycke-first';
const SETTINGS = '.samtycke-second';
const CONTROL = '.samtycke-control [data-samtycke-action="settings"]';
let world: World;
beforeAll(async () => {
  world = await startWorld();
  for (const app of APPS) putApp(world, app);
});
afterAll(() => world?.stop());

/** A new browser; requests are counted from here on. */
async function browser(app: string): Promise<Visit & { shown(): number; strangers(): string[] }> {
  const shown = () => world.proxy.passed({ method: 'POST', path: /\/prompts$/ }).length;
  const [before, came] = [shown(), world.strangers.seen.length];
  const visit = await world.newPage({ path: `/${app}/`, visit: false });
  return {
    ...visit,
    shown: () => shown() - before,
    strangers: () =>
      world.strangers.seen
        .slice(came)
        .map(({ path }) => path)
        .sort(),
  };
}

/** Waits until exactly one of these is visible. */
function stands(page: Page, selector: string): Promise<void> {
  const seen = () =>
    page.$$eval(selector, (all) => all.map((one) => one.checkVisibility({ visibilityProperty: true }))).catch(() => []);
  return expect.poll(seen, { timeout: WAIT_MS_MAX, message: `one ${selector} in sight` }).toEqual([true]);
}

/** The app runs, and has hydrated the page. */
const awake = (page: Page) => page.waitForFunction(() => 'awake' in window);

/** Follows the app's own link, which does not load a page. */
async function go(page: Page, to: 'One' | 'Two'): Promise<void> {
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await page.click(`main a:text-is("${to}")`);
  await page.waitForSelector(`h1:text-is("${to}")`);
  expect(await page.evaluate(() => 'stays' in window), 'the app has not loaded the page anew').toBe(true);
  // Observers of the page have seen the new one, and have drawn what follows.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(done))));
}

/** Holds a page's requests until they are released. */
async function hold(page: Page, what: (url: URL) => boolean): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(what, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

describe.each(APPS)('%s', (app) => {
  const released = [`/${app}`, `/${app}.js`];

  test.each([
    [
      'before the app has taken the page over',
      (url: URL) => url.origin === world.site.url && /\.js$/.test(url.pathname),
    ],
    ['after it', (url: URL) => url.origin === world.proxy.url && url.pathname.startsWith('/v1/')],
  ])('prompts %s, and keeps the prompt', async (when, late) => {
    const visit = await browser(app);
    const { page, url } = visit;
    const release = await hold(page, late);
    await page.goto(url, { waitUntil: 'commit' });
    await (when === 'after it' ? awake(page) : stands(page, QUESTION));
    release();
    await awake(page);
    await page.waitForLoadState('networkidle');
    await stands(page, QUESTION);
    await expect.poll(visit.shown).toBe(1);
    await refuse(page);
    await stands(page, CONTROL);
    expect(visit.errors).toEqual([]);
    expect(visit.strangers()).toEqual([]);
    await visit.context.close();
  });

  test('the second page asks what the first left open', async () => {
    const visit = await browser(app);
    const { page, url } = visit;
    await page.goto(url);
    await awake(page);
    await stands(page, QUESTION);
    await go(page, 'Two');
    await stands(page, QUESTION);
    await go(page, 'One');
    await go(page, 'Two');
    await stands(page, QUESTION);
    expect(visit.strangers()).toEqual([]);
    await accept(page);
    await expect.poll(visit.strangers, { timeout: WAIT_MS_MAX }).toEqual(released);
    await stands(page, CONTROL);
    await expect.poll(visit.shown).toBe(1);
    expect(visit.errors).toEqual([]);
    await visit.context.close();
  });

  test('a grant of the first page holds on the second', async () => {
    const visit = await browser(app);
    const { page, url } = visit;
    await page.goto(url);
    await awake(page);
    await accept(page);
    expect(visit.strangers()).toEqual([]);
    await go(page, 'Two');
    await expect.poll(visit.strangers, { timeout: WAIT_MS_MAX }).toEqual(released);
    await stands(page, CONTROL);
    expect(await page.locator(QUESTION).count()).toBe(0);
    expect(visit.errors).toEqual([]);
    await visit.context.close();
  });

  test('a refusal holds on the second page; its settings open', async () => {
    const visit = await browser(app);
    const { page, url } = visit;
    await page.goto(url);
    await awake(page);
    await refuse(page);
    await go(page, 'Two');
    await stands(page, CONTROL);
    await click(page, CONTROL);
    await stands(page, SETTINGS);
    expect(await page.locator(first('accept')).count()).toBe(0);
    expect(visit.strangers()).toEqual([]);
    expect(visit.errors).toEqual([]);
    await visit.context.close();
  });

  test('open settings stay while the app navigates back', async () => {
    const visit = await browser(app);
    const { page, url } = visit;
    await page.goto(url);
    await awake(page);
    await go(page, 'Two');
    await click(page, first('settings'));
    await stands(page, SETTINGS);
    await page.goBack();
    await page.waitForSelector('h1:text-is("One")');
    await stands(page, SETTINGS);
    await click(page, second('reject'));
    await settled(page, 'refused');
    await stands(page, CONTROL);
    expect(await page.locator(`${QUESTION}:visible, ${SETTINGS}:visible`).count()).toBe(0);
    expect(visit.strangers()).toEqual([]);
    expect(visit.errors).toEqual([]);
    await visit.context.close();
  });
});
