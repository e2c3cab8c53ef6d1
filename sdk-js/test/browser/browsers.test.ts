/** Browsers that store nothing, restore too much, or have a wrong clock. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Samtycke } from '../../src/contract.js';
import {
  acceptAll,
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
  subjects,
  withdrawElsewhere,
} from './harness/person.js';
import { eventId, type PageOptions, purposes, startWorld, type Visit, type World } from './harness.js';

/** Name of the site's cookie. */
const cookie = () => world.tenant.cookie;
const MINUTE_MS = 60_000;
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

/** A page in a browser to which this was done before the page ran. */
async function prepared(prepare: () => void, options: PageOptions = {}): Promise<Visit> {
  const made = await arrive(world, { ...options, visit: false });
  await made.context.addInitScript(prepare);
  await made.page.goto(made.url);
  return made;
}

describe('a browser that stores nothing, or not everything', () => {
  const blockCookies = () => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {}, configurable: true });
  };
  const throwingCookies = () => {
    const refuse = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse, configurable: true });
  };
  const blockStorage = () => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }
  };
  const fullStorage = () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  };
  const blockAll = () => {
    const refuse = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {}, configurable: true });
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  };

  test.each([
    ['no cookies', blockCookies, true],
    ['cookies that throw', throwingCookies, true],
    ['storage that throws', blockStorage, true],
    ['storage that is full', fullStorage, true],
    ['nothing at all', blockAll, false],
  ] as const)('%s: a grant takes effect; a later refusal holds', async (_, prepare, remembers) => {
    visit = await prepared(prepare);
    const { page } = visit;
    await acceptAll(world, page);
    expect(await stands(world)).toEqual(all('yes'));
    if (remembers) {
      world.strangers.seen.length = 0;
      await page.reload();
      await permits(page, CATEGORIES);
      await released(world, CATEGORIES);
    }
    await change(page, {}, 'reject');
    expect((await state(page)).allowed).toEqual([]);
    await atRest(page);
    expect((await state(page)).allowed).toEqual([]);
    expect(await stands(world)).toEqual(all('no'));
    expect((await history(world)).map(({ decisions }) => decisions[0]!.decision)).toEqual(['given', 'withdrawn']);
    world.strangers.seen.length = 0;
    await page.reload();
    await released(world, []);
    expect(visit.errors).toEqual([]);
  });

  test.each([
    ['no cookies', blockCookies],
    ['nothing at all', blockAll],
  ])('%s: a refusal holds in the page', async (_, prepare) => {
    visit = await prepared(prepare);
    await press(visit.page, 'reject');
    expect(await state(visit.page)).toMatchObject({ choice: 'refused', allowed: [] });
    await released(world, []);
    expect(visit.errors).toEqual([]);
  });

  test('no cookies: a refusal reaches the other tab at once', async () => {
    visit = await prepared(blockCookies);
    const other = await again(world, visit);
    await press(visit.page, 'accept');
    await permits(other.page, CATEGORIES);
    // Only the browser itself can carry it over.
    world.proxy.fault({ path: /^\/v1\//, cut: 'request' });
    await change(other.page, {}, 'reject');
    await permits(visit.page, []);
    await world.proxy.heal();
    await other.page.evaluate(() => dispatchEvent(new Event('online')));
    await atRest(other.page);
    expect(await stands(world)).toEqual(all('no'));
  });

  test('storage lost: the grant holds, a withdrawal is recorded', async () => {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    await visit.page.evaluate(() => localStorage.clear());
    await visit.page.reload();
    await permits(visit.page, CATEGORIES);
    await change(visit.page, {}, 'reject');
    await holds(world, visit, all('no'), ['given', 'withdrawn']);
  });

  test('cookies lost: asked again, and nothing runs', async () => {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    await visit.context.clearCookies();
    world.strangers.seen.length = 0;
    await visit.page.reload();
    await visit.page.waitForSelector('.samtycke-first');
    await released(world, []);
    // The withdrawal reaches the grant's subject.
    await press(visit.page, 'reject');
    await holds(world, visit, all('no'), ['given', 'refused']);
  });
});

/** Protects one visitor in 4 096, whose capability looks like one that the server makes. */
test.each([
  ['elsewhere', false],
  ['below the page', true],
])('a browser without some random API: samtycke %s', async (_, firstParty) => {
  visit = await prepared(
    () => {
      const fill = crypto.getRandomValues.bind(crypto);
      crypto.getRandomValues = (array) => {
        fill(array);
        // As base64url: "c_".
        if (array instanceof Uint8Array && array.length === 32) array.set([0x73, 0xf0]);
        return array;
      };
    },
    { firstParty },
  );
  await acceptAll(world, visit.page);
  const value = (await visit.stored()).cookies[cookie()]!;
  expect(value.split('.')[4]).toMatch(/^c_/);
  await change(visit.page, {}, 'reject');
  await holds(world, visit, all('no'), ['given', 'withdrawn']);
});

describe('a clock that is two days wrong', () => {
  describe.each([-2, 2])('by %i days', (days) => {
    test('wrong clock: a recorded grant holds after a reload', async () => {
      visit = await arrive(world, { visit: false });
      await visit.context.clock.install({ time: Date.now() + days * DAY_MS });
      await visit.page.goto(visit.url);
      await acceptAll(world, visit.page);
      await change(visit.page, { marketing: false });
      await holds(world, visit, { ...all('yes'), marketing: 'no' }, ['given', 'withdrawn', 'given']);
      await change(visit.page, {}, 'reject');
      await holds(world, visit, all('no'), ['given', 'withdrawn', 'given', 'withdrawn+refused']);
      expect(visit.errors).toEqual([]);
    });

    test('clock changed after the click: the server is asked first', async () => {
      visit = await arrive(world);
      await acceptAll(world, visit.page);
      await visit.context.clock.install({ time: Date.now() + days * DAY_MS });
      world.strangers.seen.length = 0;
      const held = world.proxy.hold({ method: 'POST', path: '/v1/cookie' });
      const fresh = await again(world, visit);
      await held.arrived;
      await released(world, []);
      held.release();
      await permits(fresh.page, CATEGORIES);
      await released(world, CATEGORIES);
      await fresh.page.close();
      expect(await stands(world)).toEqual(all('yes'));
    });
  });
});

describe('withdrawn in another browser', () => {
  /** Accepts everything, and returns the subject. */
  async function accepted(): Promise<string> {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    return subjects(world)[0]!;
  }

  test('withdrawn elsewhere: known after 16 minutes, not 15', async () => {
    const subject = await accepted();
    await withdrawElsewhere(world, subject, ['marketing']);
    await visit.context.clock.install({ time: Date.now() + 14 * MINUTE_MS });
    await visit.page.reload();
    await permits(visit.page, CATEGORIES);
    await visit.page.clock.setSystemTime(Date.now() + 16 * MINUTE_MS);
    await visit.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await permits(visit.page, ['preferences', 'statistics']);
    expect(world.proxy.passed({ method: 'POST', path: '/v1/cookie' })).toHaveLength(1);
    expect(await stands(world)).toEqual({ ...all('yes'), marketing: 'no' });
  });

  test('everything withdrawn: refused here too, without a prompt', async () => {
    const subject = await accepted();
    await withdrawElsewhere(world, subject, CATEGORIES);
    await visit.context.clock.install({ time: Date.now() + 16 * MINUTE_MS });
    await visit.page.reload();
    await permits(visit.page, []);
    await holds(world, visit, all('no'), ['given', 'withdrawn']);
    expect((await visit.stored()).cookies[cookie()]).toMatch(/^r\./);
  });

  test('after 25 hours the server is asked before a release', async () => {
    const subject = await accepted();
    await withdrawElsewhere(world, subject, ['marketing']);
    await visit.context.clock.install({ time: Date.now() + 25 * 60 * MINUTE_MS });
    world.strangers.seen.length = 0;
    const held = world.proxy.hold({ method: 'POST', path: '/v1/cookie' });
    await visit.page.reload();
    await held.arrived;
    await released(world, []);
    held.release();
    await permits(visit.page, ['preferences', 'statistics']);
    await released(world, ['preferences', 'statistics']);
  });

  test('after 25 hours offline nothing runs; withdrawing works', async () => {
    await accepted();
    await visit.context.clock.install({ time: Date.now() + 25 * 60 * MINUTE_MS });
    world.strangers.seen.length = 0;
    world.proxy.fault({ path: /^\/v1\//, cut: 'request' });
    await visit.page.reload();
    await released(world, []);
    await visit.page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.withdraw());
    expect((await visit.stored()).cookies[cookie()]).toMatch(/^r\./);
    await world.proxy.heal();
    await visit.page.evaluate(() => dispatchEvent(new Event('online')));
    await holds(world, visit, all('no'), ['given', 'withdrawn']);
  });

  test('a grant that arrives after a refusal is asked again', async () => {
    const subject = await accepted();
    await change(visit.page, { marketing: false });
    await atRest(visit.page);
    world.proxy.fault({ path: '/v1/consents', cut: 'request' });
    await change(visit.page, { marketing: true });
    expect((await state(visit.page)).pending).toBe(true);
    await withdrawElsewhere(world, subject, CATEGORIES);
    await world.proxy.heal();
    await visit.page.evaluate(() => dispatchEvent(new Event('online')));
    await atRest(visit.page);
    await permits(visit.page, []);
    await visit.page.waitForSelector('.samtycke-first');
    expect((await history(world)).at(-1)!.decisions.map(({ outcome }) => outcome)).toEqual(Array(3).fill('superseded'));
    expect(await stands(world)).toEqual(all('no'));
    // A grant that knows of that refusal takes effect.
    await acceptAll(world, visit.page);
    expect(await stands(world)).toEqual(all('yes'));
  });
});

describe('several cookies of the name, and foreign cookies', () => {
  const plant = async (value: string, more: object = {}) =>
    visit.context.addCookies([{ name: cookie(), value, domain: '127.0.0.1', path: '/', ...more }]);

  test('of two choices with one number the refusal holds', async () => {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    const given = (await visit.stored()).cookies[cookie()]!;
    const n = given.split('.')[1];
    await plant(`r.${n}.${Math.floor(Date.now() / DAY_MS).toString(36)}.${world.tenant.notice.slice(7, 15)}`, {
      path: new URL(visit.url).pathname,
    });
    world.strangers.seen.length = 0;
    await visit.page.reload();
    await released(world, []);
    await permits(visit.page, []);
  });

  test.each([
    ['changed', (value: string) => value.replace(/\.(\w)/g, '.A$1')],
    ['cut off', (value: string) => value.slice(0, -10)],
    ['too large', (value: string) => value.replace('g.', `g.${'9'.repeat(200)}`)],
    ['something else', () => 'yes'],
  ])('a value that is %s is no choice: prompts, runs nothing', async (_, damage) => {
    visit = await arrive(world);
    await acceptAll(world, visit.page);
    await plant(damage((await visit.stored()).cookies[cookie()]!));
    world.strangers.seen.length = 0;
    await visit.page.reload();
    await visit.page.waitForSelector('.samtycke-first');
    await released(world, []);
    await permits(visit.page, []);
    expect(visit.errors).toEqual([]);
  });

  test("another user's capability is not confirmed: asked again", async () => {
    const other = await arrive(world);
    await acceptAll(world, other.page);
    const value = (await other.stored()).cookies[cookie()]!;
    const theirs = value.split('.')[4]!;
    await other.context.close();
    const subject = subjects(world)[0]!;
    // Another user's signed token, with another capability: nothing can be renewed or recorded for them.
    visit = await arrive(world, { visit: false });
    const mine = Buffer.from(`${eventId()}`.padEnd(32).slice(0, 32)).toString('base64url');
    await plant(value.replace(theirs, mine));
    await visit.context.clock.install({ time: Date.now() + 25 * 60 * MINUTE_MS });
    world.strangers.seen.length = 0;
    await visit.page.goto(visit.url);
    await visit.page.waitForSelector('.samtycke-first');
    await released(world, []);
    await permits(visit.page, []);
    const before = await world.call<{ events: unknown[] }>('service', 'GET', `/v1/subjects/${subject}/history`);
    expect(before.body.events).toHaveLength(1);
  });
});

describe('below the page itself', () => {
  const jar = async () => {
    const cookies = await visit.context.cookies(visit.url);
    return cookies.filter(({ name }) => name === cookie());
  };
  /** What a script stores is lost: as if Safari's seven days had passed. */
  const readOnlyCookies = () => {
    const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as { get: () => string };
    Object.defineProperty(Document.prototype, 'cookie', { get, set: () => {}, configurable: true });
  };
  const firstParty = { firstParty: true, tag: { 'data-server': '/' } };

  test('the server sets the cookie for a grant and a refusal', async () => {
    visit = await prepared(readOnlyCookies, firstParty);
    const { page } = visit;
    await acceptAll(world, page);
    const [given] = await jar();
    expect(given).toMatchObject({ value: expect.stringMatching(/^g\.1\./), sameSite: 'Lax', path: '/' });
    expect(given!.expires).toBeGreaterThan(Date.now() / 1000 + 300 * 86_400);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await permits(page, CATEGORIES);
    await change(page, {}, 'reject');
    await atRest(page);
    await expect.poll(async () => (await jar()).map(({ value }) => value.slice(0, 2))).toEqual(['r.']);
    await page.evaluate(() => localStorage.clear());
    await holds(world, visit, all('no'), ['given', 'withdrawn']);
    expect(visit.errors).toEqual([]);
  });

  test('a first refusal is set by the server too', async () => {
    visit = await prepared(readOnlyCookies, firstParty);
    await press(visit.page, 'reject');
    await expect.poll(async () => (await jar()).map(({ value }) => value.slice(0, 4))).toEqual(['r.1.']);
    expect(subjects(world)).toEqual([]);
    await visit.page.evaluate(() => localStorage.clear());
    await holds(world, visit, all('no'), []);
  });
});

describe('a page that never reloads', () => {
  test('markup added later follows the choice', async () => {
    visit = await arrive(world, { body: '<main></main>' });
    const { page } = visit;
    const ads = world.strangers.url('ads');
    const route = (path: string) =>
      page.evaluate(
        ([address, to]) => {
          window.history.pushState(null, '', to);
          const image = (word: string) => {
            const made = document.createElement('img');
            made.dataset.samtyckePurpose = word;
            made.dataset.src = `${address}/${word}.gif${to}`;
            return made;
          };
          document.querySelector('main')!.replaceChildren(image('marketing'), image('necessary'));
        },
        [ads, path] as const,
      );
    await page.waitForSelector('.samtycke-first');
    await route('?one');
    await released(world, []);
    await press(page, 'accept');
    await released(world, ['marketing']);
    world.strangers.seen.length = 0;
    await route('?two');
    await released(world, ['marketing']);
    await change(page, {}, 'reject');
    await permits(page, []);
    world.strangers.seen.length = 0;
    await route('?three');
    await released(world, []);
    expect(visit.errors).toEqual([]);
  });

  test('stop() leaves nothing behind; a second tag does nothing', async () => {
    const body = `<img alt="" data-samtycke-purpose="marketing" data-src="${world.strangers.url('ads')}/marketing.gif">
      <img alt="" data-samtycke-purpose="necessary" data-src="${world.strangers.url('ads')}/necessary.gif">`;
    visit = await arrive(world, { head: world.tag(), body });
    const { page } = visit;
    await press(page, 'accept');
    await released(world, ['marketing']);
    expect(seen(world)).toHaveLength(1);
    expect(await page.locator('.samtycke-control').count()).toBe(1);
    expect((await history(world)).length).toBe(1);
    await page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.stop());
    expect(await page.locator('[class*="samtycke"]').count()).toBe(0);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    expect(await page.locator('img[src*="marketing"]').count()).toBe(0);
    const allowed = (id: string) =>
      page.evaluate((word) => (window as unknown as { samtycke: Samtycke }).samtycke.allowed(word), id);
    expect(await allowed(purposes.marketing)).toBe(false);
    const requests = world.proxy.log.length;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(world.proxy.log.length).toBe(requests);
    expect(visit.errors).toEqual([]);
  });
});
