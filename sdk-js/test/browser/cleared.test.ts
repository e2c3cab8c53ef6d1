/** A withdrawal clears what a purpose stored, for good, and never loses what the user has typed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { again, arrive, atRest, change, permits, press, seen, subjects, withdrawElsewhere } from './harness/person.js';
import { NONCE, type PageOptions, purposes, startWorld, type Visit, type World } from './harness.js';

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

/** A counter that writes as it starts, as often as it can, and once more as the page ends. */
const COUNTER = `<template data-samtycke-purpose="${purposes.statistics}"><script nonce="${NONCE}">
  const write = (value) => {
    document.cookie = '_stats_id=' + value + '; Path=/; Max-Age=9999';
    localStorage.setItem('stats-queue', value);
  };
  write('start');
  window.counts = true;
  addEventListener('pagehide', () => write('end'));
  addEventListener('visibilitychange', () => write('seen'));
</script></template>`;
/** The other purpose's, which is not notified. */
const PREFERENCE = `<template data-samtycke-purpose="${purposes.preferences}"><script nonce="${NONCE}">
  document.cookie = 'lang=sv; Path=/; Max-Age=9999';
</script></template>`;

async function left(): Promise<string[]> {
  const cookies = (await visit.context.cookies()).map(({ name }) => name);
  const stored = await visit.page.evaluate(() => Object.keys(localStorage));
  return [...cookies, ...stored]
    .filter((name) => !name.startsWith('samtycke-1:') && name !== world.tenant.cookie)
    .sort();
}

const ready = (page = visit.page) =>
  page.waitForFunction(() =>
    (window as unknown as { samtycke?: { ready: Promise<void> } }).samtycke?.ready.then(() => true),
  );
const marks = () => visit.page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith(':gone')));

/** Everything was accepted here, and the counter counts. */
async function counted(options: PageOptions = {}): Promise<void> {
  visit = await arrive(world, { body: `${COUNTER}${PREFERENCE}<h1>Loomer</h1>${options.body ?? ''}` });
  await press(visit.page, 'accept');
  await visit.page.waitForFunction(() => 'counts' in window);
  await permits(visit.page, ['preferences', 'statistics', 'marketing']);
  await visit.page.evaluate(() => Object.assign(window, { same: true }));
  expect(await left()).toEqual(['_stats_id', 'lang', 'stats-queue']);
}

const isSame = (page = visit.page) => page.evaluate(() => 'same' in window);

describe('data written again after clearing', () => {
  test.each([
    ['with the network', false],
    ['without it', true],
  ])('the next page clears it before anything runs, %s', async (_, offline) => {
    await counted();
    const reloaded = visit.page.waitForEvent('load');
    if (offline) world.proxy.fault({ path: /^\/v1\//, cut: 'request' });
    await change(visit.page, { statistics: false });
    await reloaded;
    await ready();
    expect(await left()).toEqual(['lang']);
    expect(await marks()).toEqual([]);
    expect(await isSame()).toBe(false);
  });

  test('clears a withdrawal from a page where nothing had run', async () => {
    await counted();
    const plain = await arrive(world, { context: visit.context, body: '<h1>Nothing here</h1>' });
    await change(plain.page, {}, 'reject');
    await permits(visit.page, []);
    // The first page still counts, and marks this for the next as it ends.
    await visit.page.goto(plain.url);
    await ready();
    expect(await left()).toEqual([]);
    await plain.page.close();
  });

  test('a purpose given again is not cleared', async () => {
    visit = await arrive(world);
    await press(visit.page, 'accept');
    await atRest(visit.page);
    await change(visit.page, { statistics: false, preferences: false });
    await atRest(visit.page);
    expect(await marks()).toHaveLength(1);
    await change(visit.page, { preferences: true });
    await atRest(visit.page);
    await visit.page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as the tags of the page do.
      for (const name of ['lang', '_stats_id']) document.cookie = `${name}=1; Path=/; Max-Age=9999`;
    });
    await visit.page.reload();
    await ready();
    expect(await left()).toEqual(['lang']);
    expect(await marks()).toEqual([]);
  });
});

const FORM = `<form><input name="a" value="before"><textarea name="b">before</textarea>
  <select name="c"><option>one<option>two</select><select name="d"><option>one<option selected>two</select>
  <input type="checkbox" name="e" checked><input type="radio" name="f"><input type="file" name="g">
  <button>Send</button><button type="reset">Reset</button></form><div id="text" contenteditable>before</div>`;

/** Each is something that a user would have to do again. */
const TYPED: [string, () => Promise<unknown>][] = [
  ['a text', () => visit.page.fill('[name=a]', 'after')],
  ['a long text', () => visit.page.fill('[name=b]', 'after')],
  ['a choice', () => visit.page.selectOption('[name=c]', 'two')],
  ['another choice', () => visit.page.selectOption('[name=d]', 'one')],
  ['a box', () => visit.page.setChecked('[name=e]', false)],
  ['one of several', () => visit.page.check('[name=f]')],
  [
    'a file',
    () => visit.page.setInputFiles('[name=g]', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') }),
  ],
  ['a text in the page itself', () => visit.page.locator('#text').pressSequentially('after')],
  // As React does: the default changes along with the value.
  [
    'a text whose default follows it',
    async () => {
      await visit.page.locator('[name=a]').pressSequentially('x');
      await visit.page.$eval('[name=a]', (input) => input.setAttribute('value', (input as HTMLInputElement).value));
    },
  ],
];

/** As if another tab covered this one: the engine draws all of them. */
const hide = (page = visit.page, hidden = true) =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { get: () => is, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

describe('text that the user typed', () => {
  test.each(TYPED)('a withdrawal does not lose %s', async (_, type) => {
    await counted({ body: FORM });
    await type();
    await change(visit.page, {}, 'reject');
    await atRest(visit.page);
    await hide();
    expect(await isSame()).toBe(true);
    expect(await left()).not.toContain('lang');
    await permits(visit.page, []);
  });

  test('an untouched form does not prevent a reload', async () => {
    await counted({ body: FORM });
    const reloaded = visit.page.waitForEvent('load');
    await change(visit.page, {}, 'reject');
    await reloaded;
    expect(await isSame()).toBe(false);
  });

  test('a reset form reloads the page; a sent one when hidden', async () => {
    await counted({ body: FORM });
    await visit.page.fill('[name=b]', 'after');
    await change(visit.page, {}, 'reject');
    await atRest(visit.page);
    let reloaded = visit.page.waitForEvent('load');
    await visit.page.click('text=Reset');
    await reloaded;
    await visit.context.close();

    await counted({ body: FORM });
    await visit.page.evaluate(() => addEventListener('submit', (event) => event.preventDefault()));
    await visit.page.fill('[name=b]', 'after');
    await change(visit.page, {}, 'reject');
    await atRest(visit.page);
    await visit.page.click('text=Send');
    expect(await isSame()).toBe(true);
    reloaded = visit.page.waitForEvent('load');
    await hide();
    await reloaded;
  });

  test('another tab reloads when hidden, never with typed text', async () => {
    await counted({ body: FORM });
    const typed = await again(world, visit);
    await typed.page.waitForFunction(() => 'counts' in window);
    await typed.page.evaluate(() => Object.assign(window, { same: true }));
    await typed.page.fill('[name=a]', 'after');
    const third = await arrive(world, { context: visit.context, body: '<h1>Nothing here</h1>' });
    await change(third.page, {}, 'reject');
    for (const { page } of [visit, typed]) await permits(page, []);
    expect([await isSame(), await isSame(typed.page)]).toEqual([true, true]);
    const reloaded = visit.page.waitForEvent('load');
    await hide();
    await reloaded;
    await hide(typed.page);
    expect([await isSame(), await isSame(typed.page)]).toEqual([false, true]);
    expect(await typed.page.inputValue('[name=a]')).toBe('after');
  });

  test('a withdrawal that a renewal reports is cleared too', async () => {
    await counted({ body: FORM });
    await visit.page.fill('[name=a]', 'after');
    await withdrawElsewhere(world, subjects(world)[0]!, ['statistics']);
    await visit.page.clock.install({ time: Date.now() + 16 * 60_000 });
    await visit.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await permits(visit.page, ['preferences', 'marketing']);
    await hide();
    expect(await isSame()).toBe(true);
    expect(await visit.page.inputValue('[name=a]')).toBe('after');
    expect(seen(world)).toEqual([]);
  });
});
