/** A user's actions with the banner, and what a test reads from the page afterwards. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Samtycke, State } from '../../src/contract.js';
import { click } from './harness/click.js';
import { WAIT_MS_MAX } from './harness/person.js';
import { expecting, NONCE, type Passed, type World } from './harness.js';

export type Action = 'reject' | 'accept' | 'settings' | 'close' | 'save';

/** A button of the first layer, or of the settings. */
export const first = (action: Action) => `.samtycke-first [data-samtycke-action="${action}"]`;
export const second = (action: Action) => `.samtycke-second [data-samtycke-action="${action}"]`;
export const CONTROL = '.samtycke-control [data-samtycke-action=settings]';
/** The button beside it, if something is given: withdraws everything. */
export const WITHDRAW = '.samtycke-control [data-samtycke-action=withdraw]';

/** Reads the page's `samtycke`, once it is there. */
export async function state(page: Page): Promise<State> {
  await page.waitForFunction(() => 'samtycke' in window);
  return page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.state());
}

export function allowed(page: Page, word: string): Promise<boolean> {
  return page.evaluate((w) => (window as unknown as { samtycke: Samtycke }).samtycke.allowed(w), word);
}

/** Waits until the choice is this one and acknowledged. By time: no wait may depend on frames. */
export async function settled(page: Page, choice: State['choice']): Promise<void> {
  const now = () => page.evaluate(() => (window as unknown as { samtycke?: Samtycke }).samtycke?.state());
  const poll = async () => expect.poll(now, { timeout: WAIT_MS_MAX }).toMatchObject({ choice, pending: false });
  await expecting(page, poll());
}

/**
 * Clicks a button once, after it has been painted. Whether the page received the click is separate from what it does
 * with it.
 */
export async function press(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector);
  await page.evaluate(async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(done));
    await painted();
    await painted();
    const hear = () => Object.assign(window, { [Symbol.for('heard')]: true });
    addEventListener('click', hear, { capture: true, once: true });
  });
  await click(page, selector);
  const heard = await page.evaluate(() => Symbol.for('heard') in window);
  expect(heard, 'the browser told the page of the press').toBe(true);
}

export async function accept(page: Page): Promise<void> {
  await press(page, first('accept'));
  await settled(page, 'given');
}

export async function refuse(page: Page): Promise<void> {
  await press(page, first('reject'));
  await settled(page, 'refused');
}

/**
 * Whether the page prompts. It draws the prompt or the control after it has decided, so once the page is idle, no
 * prompt follows.
 */
export async function isAsked(page: Page): Promise<boolean> {
  await page.waitForSelector(`.samtycke-first, ${CONTROL}`, { state: 'attached' });
  await page.waitForLoadState('networkidle');
  return (await page.$('.samtycke-first')) !== null;
}

/** From now on the browser's cache is off. */
export async function withoutCache(context: BrowserContext): Promise<void> {
  await context.route('**/v1/banner/**', (route) => route.continue());
}

/** Bodies of the requests to a path of the record, oldest first. */
export function sent(world: World, path: string): Record<string, unknown>[] {
  return posts(world, path).map(({ body }) => JSON.parse(body));
}

export function posts(world: World, path: string): Passed[] {
  const own = `/v1/banner/${world.tenant.keys.publishable}/${path}`;
  return world.proxy.passed({ method: 'POST', path: ['tallies', 'prompts'].includes(path) ? own : `/v1/${path}` });
}

/** Everything that a browser can store for a site, read in the page, and its cookies for every host. */
export async function kept(page: Page, context: BrowserContext) {
  const inPage = await page.evaluate(async () => ({
    cookie: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  return { ...inPage, cookies: (await context.cookies()).map(({ name }) => name) };
}

export const NOTHING_KEPT = {
  cookie: '',
  local: [],
  session: [],
  databases: [],
  caches: [],
  workers: 0,
  cookies: [],
};

/** One of each kind of third-party content, all gated. */
export function gated(url: string, purpose = 'marketing'): string {
  const gate = `data-samtycke-purpose="${purpose}"`;
  return `<h1>Loomer</h1>
    <template ${gate}><script src="${url}/template.js" nonce="${NONCE}"></script><img src="${url}/template.gif" alt=""></template>
    <script type="text/plain" ${gate} src="${url}/plain.js" nonce="${NONCE}"></script>
    <iframe data-src="${url}/frame" ${gate} width="320" height="180" title="Film"></iframe>
    <img data-src="${url}/pixel.gif" ${gate} alt="">
    <link rel="stylesheet" data-href="${url}/style.css" ${gate}>`;
}

/** What `gated` requests after a grant. */
export const RELEASED = ['/frame', '/pixel.gif', '/plain.js', '/style.css', '/template.gif', '/template.js'];
