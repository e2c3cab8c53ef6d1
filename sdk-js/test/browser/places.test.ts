/** Where a page is: in a frame, not seen yet, in another language than before, under a signal. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Samtycke } from '../../src/contract.js';
import * as acts from './acts.js';
import { click } from './harness/click.js';
import { arrive, CATEGORIES, gated, permits, press, released, seen, state } from './harness/person.js';
import { startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

const counts = (choice: string) =>
  acts.posts(world, 'tallies').filter(({ body }) => JSON.parse(body).choice === choice);
const quietly = () => visit.page.waitForLoadState('networkidle');

describe('in frames', () => {
  /** A page below the site, in a frame of another site. */
  const inner = (attributes: Record<string, string> = {}) =>
    world.site.put('/inner', { html: `<!doctype html><html lang="sv"><body>${world.tag(attributes)}${gated(world)}` });
  const frame = () => visit.page.frames()[1]!;
  const FRAME = '<iframe src="/inner" width="600" height="400"></iframe>';

  test.each([
    ['which was there first', {}, FRAME],
    ['which comes after it', { tag: false as const }, `${FRAME}<p>TAG</p>`],
  ])('of nested pages the outer one prompts, %s', async (_, options, body) => {
    inner();
    visit = await arrive(world, { ...options, body: body.replace('<p>TAG</p>', world.tag()) });
    await visit.page.waitForSelector('.samtycke-first');
    await frame().waitForFunction(() => 'samtycke' in window);
    await quietly();
    expect(await frame().locator('.samtycke-first, .samtycke-control').count()).toBe(0);
    expect(acts.posts(world, 'prompts')).toHaveLength(1);
    await released(world, []);
    await press(visit.page, 'accept');
    await permits(visit.page, CATEGORIES);
    await released(world, CATEGORIES);
    expect(await frame().locator('.samtycke-control').count()).toBe(0);
    // What the inner page would open opens in the outer one.
    await frame().evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.open());
    await visit.page.waitForSelector('.samtycke-second');
    expect(await frame().locator('.samtycke-second').count()).toBe(0);
  });

  test.each([
    ['asks where it is not told otherwise', {}, 1],
    ['is quiet where the site wants it so', { 'data-frames': 'quiet' }, 0],
  ])('in a frame of another site a page %s', async (_, attributes, asked) => {
    inner(attributes);
    const address = `http://www.localhost:${world.site.port}/inner`;
    visit = await arrive(world, { tag: false, body: `<iframe src="${address}" width="800" height="700"></iframe>` });
    await frame().waitForFunction(() => 'samtycke' in window);
    if (asked) await frame().waitForSelector('.samtycke-first');
    await quietly();
    expect(await frame().locator('.samtycke-first').count()).toBe(asked);
    expect(acts.posts(world, 'prompts')).toHaveLength(asked);
    await released(world, []);
  });
});

test.each([
  ['without an answer', false],
  ['after a grant', true],
])('an unseen page releases and asks nothing, %s', async (_, given) => {
  visit = await arrive(world, { visit: given });
  const { context } = visit;
  if (given) {
    await press(visit.page, 'accept');
    await permits(visit.page, CATEGORIES);
    await released(world, CATEGORIES);
  }
  await visit.page.close();
  world.proxy.log.length = 0;
  world.strangers.seen.length = 0;
  await context.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { get: () => !('seen' in window), configurable: true });
    Object.defineProperty(document, 'visibilityState', { get: () => ('seen' in window ? 'visible' : 'hidden') });
  });
  visit = { ...(await arrive(world, { context })), context };
  await visit.page.waitForFunction(() => 'samtycke' in window);
  await quietly();
  expect(await visit.page.locator('.samtycke-first').count()).toBe(0);
  expect(world.strangers.seen).toEqual([]);
  expect(world.proxy.passed({ method: 'POST' })).toEqual([]);
  await visit.page.evaluate(() => {
    Object.assign(window, { seen: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await released(world, given ? CATEGORIES : []);
  if (given) return;
  await visit.page.waitForSelector('.samtycke-first');
  await expect.poll(() => acts.posts(world, 'prompts').length).toBe(1);
});

describe('another language', () => {
  const lang = (selector: string) => visit.page.locator(selector).getAttribute('lang');
  const turn = (to: string) =>
    visit.page.evaluate((tag) => {
      document.documentElement.lang = tag;
    }, to);
  const film = () =>
    `<iframe data-src="${world.strangers.url('film')}/film" data-samtycke-purpose="marketing"></iframe>`;

  test('a change of lang reaches every layer and the record', async () => {
    visit = await arrive(world, { body: film() });
    await visit.page.waitForSelector('.samtycke-first[lang=sv]');
    await visit.page.waitForSelector('.samtycke-embed[lang=sv]');
    await turn('en');
    await visit.page.waitForSelector('.samtycke-first[lang=en]');
    await visit.page.waitForSelector('.samtycke-embed[lang=en]');
    expect(await visit.page.locator('.samtycke-first, .samtycke-embed').count()).toBe(2);
    await click(visit.page, '.samtycke-first [data-samtycke-action=settings]');
    await visit.page.waitForSelector('.samtycke-second[lang=en]');
    await turn('de-AT');
    await visit.page.waitForSelector('.samtycke-second[lang=de]');
    expect(await visit.page.locator('.samtycke-second').count()).toBe(1);
    await click(visit.page, '.samtycke-second [data-samtycke-action=accept]');
    await permits(visit.page, CATEGORIES);
    expect(acts.sent(world, 'consents')[0]).toMatchObject({ language: 'de', notice: world.tenant.notice });
    expect(await lang('.samtycke-control')).toBe('de');
  });

  test('a language that the page sets wins over lang', async () => {
    visit = await arrive(world);
    await visit.page.waitForSelector('.samtycke-first[lang=sv]');
    await visit.page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.setLanguage('ar'));
    expect(await lang('.samtycke-first')).toBe('ar');
    expect(await visit.page.locator('.samtycke-first').getAttribute('dir')).toBe('rtl');
    await turn('en');
    await quietly();
    expect(await lang('.samtycke-first')).toBe('ar');
    await press(visit.page, 'reject');
    expect(await state(visit.page)).toMatchObject({ choice: 'refused' });
  });
});

describe('a honoured signal', () => {
  test('a signal is counted once per page, prompt or not', async () => {
    visit = await arrive(world, { gpc: true });
    await quietly();
    await expect.poll(() => counts('signal').length).toBe(1);
    await visit.page.evaluate(() => dispatchEvent(new Event('online')));
    await quietly();
    expect(counts('signal')).toHaveLength(1);
    await visit.page.reload();
    await expect.poll(() => counts('signal').length).toBe(2);
    expect(seen(world)).toEqual([]);
  });

  test('no signal is counted without one', async () => {
    visit = await arrive(world);
    await visit.page.waitForSelector('.samtycke-first');
    await quietly();
    expect(counts('signal')).toEqual([]);
  });
});
