/** Pages that come back from the cache obey a refusal that was made meanwhile. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  all,
  arrive,
  atRest,
  CATEGORIES,
  change,
  gated,
  holds,
  permits,
  press,
  released,
  seen,
} from './harness/person.js';
import { NONCE, startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit;
beforeAll(async () => {
  world = await startWorld({ bfcache: true });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

// A message to a page in the cache evicts it; without messages it comes back as it was.
describe.each(['with messages between tabs', 'without'])('the back-forward cache, %s', (messages) => {
  async function open(body: string): Promise<Visit['page']> {
    visit = await arrive(world, { body, visit: false });
    if (messages === 'without') {
      await visit.context.addInitScript(() => Object.defineProperty(window, 'BroadcastChannel', { value: undefined }));
    }
    await visit.page.goto(visit.url);
    await visit.page.waitForSelector('.samtycke-first');
    await visit.page.evaluate(() => Object.assign(window, { same: true }));
    return visit.page;
  }

  /** Goes to another page, makes this choice there, and comes back. */
  async function comeBackAfter(say: () => Promise<void>): Promise<void> {
    const { page } = visit;
    const other = await arrive(world, { context: visit.context, visit: false });
    await page.goto(other.url);
    await say();
    await atRest(page);
    world.strangers.seen.length = 0;
    await page.goBack({ waitUntil: 'commit' });
    const same = await page.evaluate(() => 'same' in window);
    expect(same, 'came out of the cache').toBe(messages === 'without');
  }

  test('a page back from the cache obeys a withdrawal elsewhere', async () => {
    // Requests as often as it can, for as long as it may.
    const page = await open(`${gated(world)}<script>setInterval(() => {
      const live = document.querySelector('img[src*="marketing"]');
      if (live) live.src = '${world.strangers.url('ads')}/marketing.gif?' + Math.random();
    }, 20)</script>`);
    await press(page, 'accept');
    await released(world, CATEGORIES);
    await comeBackAfter(() => change(page, {}, 'reject'));
    await page.waitForFunction(() => !document.querySelector('img[src*="marketing"]'));
    await permits(page, []);
    expect(seen(world)).toEqual([]);
    await holds(world, visit, all('no'), ['given', 'withdrawn']);
  });

  test('a page back from the cache reloads to stop a script', async () => {
    const page =
      await open(`${gated(world)}<input><template data-samtycke-purpose="statistics"><script nonce="${NONCE}">
      window.counts = true;
    </script></template>`);
    await press(page, 'accept');
    await page.waitForFunction(() => 'counts' in window);
    const other = await arrive(world, { context: visit.context, visit: false });
    await page.goto(other.url);
    await change(page, {}, 'reject');
    await atRest(page);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => !('same' in window) && 'samtycke' in window);
    await permits(page, []);
    expect(await page.evaluate(() => 'counts' in window)).toBe(false);
  });

  test('a page back from the cache obeys a grant elsewhere', async () => {
    const page = await open(gated(world));
    await comeBackAfter(async () => {
      await press(page, 'accept');
      await permits(page, CATEGORIES);
    });
    await permits(page, CATEGORIES);
    await expect.poll(() => page.locator('.samtycke-first').count()).toBe(0);
    await holds(world, visit, all('yes'), ['given']);
  });
});
