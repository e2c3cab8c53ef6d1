/**
 * Browsers that lack a part: pages of plain http, where every browser does, and the oldest ones. They record, refuse
 * and withdraw as others do.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptAll, all, arrive, change, holds, press, released, state } from './harness/person.js';
import { PLAIN_HOST, startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(() => {
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

/** Accepts, withdraws a part, then the rest; and refuses in another browser. */
async function sayEverything(open: () => Promise<Visit>): Promise<void> {
  visit = await open();
  await acceptAll(world, visit.page);
  await change(visit.page, { marketing: false });
  await change(visit.page, {}, 'reject');
  await holds(world, visit, all('no'), ['given', 'withdrawn', 'given', 'withdrawn+refused']);
  const errors = visit.errors.filter((error) => !error.includes('Failed to load resource'));
  expect(errors).toEqual([]);
  await visit.context.close();
  world.strangers.seen.length = 0;
  visit = await open();
  await press(visit.page, 'reject');
  expect(await state(visit.page)).toMatchObject({ choice: 'refused', allowed: [] });
  await released(world, []);
}

test('plain http: works without Web Crypto and locks', async () => {
  await sayEverything(async () => {
    const made = await arrive(world, { host: PLAIN_HOST });
    expect(await made.page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'locks' in navigator])).toEqual([
      false,
      false,
      false,
    ]);
    return made;
  });
});

/**
 * Newer than Chrome 99, Firefox 97 or Safari 15.4, or missing in some contexts there: an owner and what it lacks. One
 * at a time, and all at once.
 */
const YOUNG: Record<string, [owner: string, ...names: string[]]> = {
  'AbortSignal.timeout': ['AbortSignal', 'timeout', 'any'],
  'navigator.locks': ['Navigator.prototype', 'locks'],
  BroadcastChannel: ['globalThis', 'BroadcastChannel'],
  requestIdleCallback: ['globalThis', 'requestIdleCallback'],
  'crypto.randomUUID': ['Crypto.prototype', 'randomUUID'],
  'crypto.subtle': ['Crypto.prototype', 'subtle'],
  structuredClone: ['globalThis', 'structuredClone'],
  'URL.canParse': ['URL', 'canParse', 'parse'],
  'Object.hasOwn': ['Object', 'hasOwn', 'groupBy'],
  'Array.prototype.at': ['Array.prototype', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with'],
  'Promise.withResolvers': ['Promise', 'withResolvers', 'try'],
  popover: ['HTMLElement.prototype', 'popover', 'showPopover', 'hidePopover', 'togglePopover'],
  'constructable style sheets': ['Document.prototype', 'adoptedStyleSheets'],
};

describe.each([...Object.keys(YOUNG), 'all of these'])('a browser without %s', (what) => {
  test('records, refuses and withdraws', async () => {
    const lacks = what === 'all of these' ? Object.values(YOUNG) : [YOUNG[what]!];
    await sayEverything(async () => {
      const made = await arrive(world, { visit: false });
      await made.context.addInitScript((missing) => {
        for (const [path, ...names] of missing) {
          const owner = path!
            .split('.')
            .reduce((at, name) => (at as Record<string, object>)[name]!, globalThis as object);
          for (const name of names) delete (owner as Record<string, unknown>)[name];
        }
      }, lacks);
      await made.page.goto(made.url);
      return made;
    });
  });
});
