/** A day without a network. Choices of that day are sent later: the last one holds, and nothing ran before. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/receipt.js';
import {
  again,
  all,
  arrive,
  CATEGORIES,
  change,
  history,
  holds,
  type Last,
  permits,
  press,
  released,
  seen,
  state,
} from './harness/person.js';
import { startWorld, type Visit, type World } from './harness.js';

const DAY_MS = 86_400_000;

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

type Step = (visit: Visit) => Promise<void>;
const yes: Step = async ({ page }) => {
  if (await page.locator('.samtycke-first').count()) await press(page, 'accept');
  else await change(page, {}, 'accept');
};
const no: Step = async ({ page }) => {
  if (await page.locator('.samtycke-first').count()) await press(page, 'reject');
  else await change(page, {}, 'reject');
};
const noAds: Step = ({ page }) => change(page, { marketing: false });

const partly: Last = { ...all('yes'), marketing: 'no' };
/** The choices; what holds in the end; and the log, where a refusal comes before the grant that it followed. */
const orders: [string, Step[], Last, string[]][] = [
  ['yes', [yes], all('yes'), ['given']],
  ['no', [no], all('no'), []],
  ['yes, no', [yes, no], all('no'), ['withdrawn', 'given']],
  ['no, yes', [no, yes], all('yes'), ['given']],
  ['yes, a part of it back', [yes, noAds], partly, ['withdrawn', 'given', 'given']],
  ['yes, no, yes', [yes, no, yes], all('yes'), ['withdrawn', 'given', 'given']],
  ['yes, a part of it back, no', [yes, noAds, no], all('no'), ['withdrawn', 'withdrawn', 'given', 'given']],
];

/** A browser whose clock is a day behind, so that it is right when the day has passed. Its pages are in its cache. */
async function yesterday(): Promise<void> {
  visit = await arrive(world, { visit: false, headers: { 'Cache-Control': 'max-age=86400' } });
  await visit.context.clock.install({ time: Date.now() - DAY_MS });
  await visit.page.goto(visit.url);
  await visit.page.waitForSelector('.samtycke-first');
  // Everything that a later page needs has been loaded once: the settings load when the pointer comes near the prompt.
  const settings = visit.page.waitForResponse(/\/sdk\/settings\./);
  await visit.page.hover('.samtycke-first h2');
  await (await settings).finished();
  await visit.page.evaluate(() => Promise.allSettled([...document.images].map((image) => image.decode())));
}

/**
 * No network, and the browser knows. The browser's setting alone is not enough: while a page closes, it is told that
 * the network is back, and sends its queue.
 */
async function disconnect(): Promise<void> {
  await visit.context.setOffline(true);
  await world.proxy.refuse();
}

async function reconnect(): Promise<void> {
  await world.proxy.accept();
  await visit.context.setOffline(false);
}

/** The day passes, and the network is back. */
async function today(): Promise<void> {
  await visit.context.clock.setSystemTime(Date.now());
  await reconnect();
}

describe.each(['stays', 'is closed and opened again'])('the page %s', (fate) => {
  test.each(orders)('%s', async (_, steps, last, log) => {
    await yesterday();
    await disconnect();
    for (const step of steps) {
      await step(visit);
      expect((await state(visit.page)).allowed).toEqual([]);
      if (fate === 'stays') continue;
      const { context } = visit;
      const next = await again(world, visit);
      await visit.page.close();
      visit = { ...next, context };
      await visit.page.waitForSelector('.samtycke-control');
    }
    expect(seen(world), 'nothing ran that was not on record').toEqual([]);
    await today();
    await permits(
      visit.page,
      CATEGORIES.filter((word) => last[word] === 'yes'),
    );
    await holds(world, visit, last, log);
  });
});

test('a withdrawal without a network stops it at once', async () => {
  visit = await arrive(world);
  await press(visit.page, 'accept');
  await released(world, CATEGORIES);
  await disconnect();
  await change(visit.page, {}, 'reject');
  await visit.page.waitForFunction(() => !document.querySelector('img[src*="marketing"]'));
  expect((await state(visit.page)).allowed).toEqual([]);
  await reconnect();
  await holds(world, visit, all('no'), ['given', 'withdrawn']);
});

test("the page gets its grant's proof, valid with its key only", async () => {
  visit = await arrive(world);
  await press(visit.page, 'accept');
  await permits(visit.page, CATEGORIES);
  const [event] = await history(world);
  const verdict = await visit.page.evaluate(
    async ([server, key, id, vkey, box]) => {
      const { c } = JSON.parse(localStorage.getItem(box)!) as { c: string };
      const headers = { Authorization: `Bearer ${key}`, 'Samtycke-Capability': c };
      const answer = await fetch(`${server}/v1/events/${id}/proof`, { headers });
      const bundle = await answer.text();
      // Not by the test runner, which would rewrite an import in this file.
      const load = new Function('address', 'return import(address)') as (address: string) => Promise<{
        verifyReceipt(text: string, vkey: string): Promise<Receipt>;
      }>;
      const { verifyReceipt } = await load(`${server}/sdk/receipt.js`);
      const other = vkey.replace(/.{6}$/, 'AAAAAA');
      return [answer.status, (await verifyReceipt(bundle, vkey)).outcome, (await verifyReceipt(bundle, other)).ok];
    },
    [world.proxy.url, world.tenant.keys.publishable, event!.event_id, world.tenant.vkey, world.tenant.box] as const,
  );
  expect(verdict).toEqual([200, 'valid', false]);
});
