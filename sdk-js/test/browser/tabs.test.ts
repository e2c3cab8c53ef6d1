/** Several pages of one browser: a refusal in one of them holds in all of them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  again,
  all,
  arrive,
  atRest,
  CATEGORIES,
  change,
  history,
  holds,
  permits,
  press,
  released,
  seen,
  stands,
  state,
  WAIT_MS_MAX,
} from './harness/person.js';
import { startWorld, type Visit, type World } from './harness.js';

let world: World;
let first: Visit;
let second: Visit;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => first?.context.close());

const errors = () => [...first.errors, ...(second?.errors ?? [])];

describe.each(['with Web Locks', 'without'])('two tabs, %s', (locks) => {
  async function open(): Promise<void> {
    first = await arrive(world, { visit: false });
    if (locks === 'without') {
      await first.context.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
      });
    }
    await first.page.goto(first.url);
    second = await again(world, first);
    for (const { page } of [first, second]) await page.waitForSelector('.samtycke-first');
  }

  /** The first tab's grant is on record, or will never be sent. */
  async function yesIsOver(): Promise<void> {
    const consents = () => world.proxy.passed({ method: 'POST', path: '/v1/consents' }).map(({ status }) => status);
    const busy = () =>
      first.page.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return held.length + pending.length;
      });
    // The layer closes when a grant is queued, or when the other tab's refusal arrives.
    await first.page.waitForSelector('.samtycke-first', { state: 'detached' });
    if (!consents().length && !(await state(first.page)).pending) return;
    if (locks === 'without') await expect.poll(consents, { timeout: WAIT_MS_MAX }).toEqual([201]);
    else await expect.poll(busy, { timeout: WAIT_MS_MAX }).toBe(0);
  }

  test('a refusal in another tab stops this one without a reload', async () => {
    await open();
    await press(first.page, 'accept');
    await released(world, CATEGORIES);
    await permits(second.page, CATEGORIES);
    await first.page.evaluate(() => Object.assign(window, { same: true }));
    await change(second.page, {}, 'reject');
    await permits(first.page, []);
    // Released markup is gated again.
    await first.page.waitForFunction(() => !document.querySelector('img[src*="marketing"]'));
    expect(await first.page.evaluate(() => 'same' in window)).toBe(true);
    await holds(world, first, all('no'), ['given', 'withdrawn']);
    expect(errors()).toEqual([]);
  });

  test('a late grant and a refusal in another tab: refused', async () => {
    await open();
    const held = world.proxy.hold({ method: 'POST', path: '/v1/consents' });
    await press(first.page, 'accept');
    await held.arrived;
    await second.page.locator('.samtycke-control [data-samtycke-action="settings"]').waitFor();
    await change(second.page, {}, 'reject');
    const noes = () => world.proxy.passed({ method: 'POST', path: '/v1/withdrawals' }).map(({ status }) => status);
    // Of a subject without a stream the server keeps a refusal as a mark, by which the older grant acts no more.
    await expect.poll(noes, { timeout: WAIT_MS_MAX }).toEqual([200]);
    held.release();
    await atRest(second.page);
    await atRest(first.page);
    expect(seen(world)).toEqual([]);
    await holds(world, first, all('no'), ['withdrawn', 'given']);
    expect(errors()).toEqual([]);
  });

  test('a refusal, then a grant in another tab: granted', async () => {
    await open();
    await press(first.page, 'reject');
    await permits(second.page, []);
    await change(second.page, {}, 'accept');
    await holds(world, second, all('yes'), ['given']);
    expect(errors()).toEqual([]);
  });

  test('a grant and a refusal at once: tabs and server agree', async () => {
    await open();
    // The later user may find the prompt closed.
    const click = (page: Visit['page'], action: 'accept' | 'reject') =>
      Promise.race([
        press(page, action).catch(() => {}),
        page.waitForSelector('.samtycke-first', { state: 'detached', timeout: WAIT_MS_MAX }),
      ]);
    await Promise.all([click(first.page, 'accept'), click(second.page, 'reject')]);
    await yesIsOver();
    await atRest(first.page);
    await atRest(second.page);
    const { allowed } = await state(first.page);
    expect((await state(second.page)).allowed).toEqual(allowed);
    // A refusal that could not know of the grant holds here first, and then at the server.
    await expect.poll(() => stands(world), { timeout: WAIT_MS_MAX }).toEqual(all(allowed.length ? 'yes' : 'no'));
    const log = (await history(world)).map(({ decisions }) => decisions[0]!.decision);
    expect(log.filter((word) => word === 'given').length).toBeLessThanOrEqual(1);
    await holds(world, first, all(allowed.length ? 'yes' : 'no'), log);
    expect(errors()).toEqual([]);
  });

  test('both tabs send the queue; it is recorded once', async () => {
    await open();
    world.proxy.fault({ method: 'POST', path: '/v1/consents', cut: 'request' });
    await press(first.page, 'accept');
    await permits(second.page, []);
    await world.proxy.heal();
    for (const { page } of [first, second]) await page.evaluate(() => dispatchEvent(new Event('online')));
    await holds(world, first, all('yes'), ['given']);
  });
});

describe('quick clicks', () => {
  test('a double click on accept is one grant', async () => {
    first = await arrive(world);
    await first.page.dblclick('.samtycke-first [data-samtycke-action="accept"]');
    await holds(world, first, all('yes'), ['given']);
  });

  test.each([true, false])('a grant, at once a refusal; late response: %s', async (late) => {
    first = await arrive(world);
    const { page } = first;
    const held = late ? world.proxy.hold({ method: 'POST', path: '/v1/consents' }) : undefined;
    await press(page, 'accept');
    await change(page, {}, 'reject');
    expect((await state(page)).allowed).toEqual([]);
    await held?.arrived;
    held?.release();
    await atRest(page);
    const log = (await history(world)).map(({ decisions }) => decisions[0]!.decision);
    expect([...log].sort()).toEqual(['given', 'withdrawn']);
    await holds(world, first, all('no'), log);
  });

  test('a refusal and at once a grant', async () => {
    first = await arrive(world);
    await press(first.page, 'reject');
    await change(first.page, {}, 'accept');
    await holds(world, first, all('yes'), ['given']);
  });
});
