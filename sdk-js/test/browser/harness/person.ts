/** A user at a site with gated content, and what browser and server have recorded of their choices. */
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Samtycke, State } from '../../../src/contract.js';
import { serverSubject } from '../../unit/world.js';
import { eventId, expecting, type PageOptions, purposes, type Visit, type World } from '../harness.js';
import { click, ripe, WAIT_MS_MAX } from './click.js';

export { WAIT_MS_MAX } from './click.js';

/** By time and not by frame: a background tab draws none. */
const POLLING = { timeout: WAIT_MS_MAX, polling: 50 };

export type Category = keyof typeof purposes;
export const CATEGORIES = Object.keys(purposes) as Category[];

/** The last answer for each category. */
export type Last = Record<Category, 'yes' | 'no'>;
export const all = (word: 'yes' | 'no'): Last => ({ preferences: word, statistics: word, marketing: word });

/** Gated pictures, one for each category. The ungated one comes last: once it loads, the gate is done. */
export function gated(world: World, kind: 'gif' | 'js' = 'gif'): string {
  const at = (word: string) => `${world.strangers.url('ads')}/${word}.${kind}`;
  const waiting = CATEGORIES.map((word) =>
    kind === 'gif'
      ? `<img alt="" data-samtycke-purpose="${word}" data-src="${at(word)}">`
      : `<script type="text/plain" data-samtycke-purpose="${word}" data-src="${at(word)}" nonce="bm9uY2U"></script>`,
  );
  const last = `<img alt="" data-samtycke-purpose="necessary" data-src="${world.strangers.url('ads')}/necessary.gif">`;
  return `<h1>Loomer</h1>${waiting.join('')}${last}`;
}

/** A page of the site with everything gated. */
export function arrive(world: World, options: PageOptions = {}): Promise<Visit> {
  return world.newPage({ body: gated(world), ...options });
}

/** The same page again, in the same browser. */
export async function again(world: World, { context, url }: Visit): Promise<Visit> {
  const { hostname, pathname } = new URL(url);
  return world.newPage({ context, path: pathname, host: hostname });
}

/** Requests to third parties, without the ungated picture. */
export function seen({ strangers }: World): string[] {
  return strangers.seen.map(({ path }) => path.slice(1).replace(/\..*/, '')).filter((word) => word !== 'necessary');
}

/** One of the first layer's buttons. */
export function press(page: Page, action: 'accept' | 'reject', timeout = WAIT_MS_MAX): Promise<void> {
  return click(page, `.samtycke-first [data-samtycke-action="${action}"]`, timeout);
}

/** Accepts everything, and waits until all of it was requested. What is requested later is new. */
export async function acceptAll(world: World, page: Page): Promise<void> {
  await press(page, 'accept');
  await permits(page, CATEGORIES);
  await released(world, CATEGORIES);
}

/** Sets these switches in the settings, and saves; or clicks another button there. */
export async function change(page: Page, to: Partial<Record<Category, boolean>>, action = 'save'): Promise<void> {
  await click(page, '.samtycke-control [data-samtycke-action="settings"]');
  await ripe(page, '.samtycke-second');
  for (const [category, on] of Object.entries(to)) {
    await page.locator(`#samtycke-${CATEGORIES.indexOf(category as Category)}`).setChecked(on);
  }
  await click(page, `.samtycke-second [data-samtycke-action="${action}"]`);
}

/** The page's own API, once the banner is there. */
export async function state(page: Page): Promise<State> {
  await page.waitForFunction(() => 'samtycke' in window);
  return page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.state());
}

/** Waits until nothing is queued for the server. */
export async function atRest(page: Page): Promise<void> {
  const isAtRest = () => (window as unknown as { samtycke?: Samtycke }).samtycke?.state().pending === false;
  await expecting(page, page.waitForFunction(isAtRest, undefined, POLLING));
}

/** Waits until the page permits exactly these. */
export async function permits(page: Page, words: Category[]): Promise<void> {
  const ids = words.map((word) => purposes[word]).sort();
  const isPermitted = (wanted: string) =>
    [...((window as unknown as { samtycke?: Samtycke }).samtycke?.state().allowed ?? ['?'])].sort().join() === wanted;
  await expecting(page, page.waitForFunction(isPermitted, ids.join(), POLLING));
}

/** Waits until exactly these third parties were requested. */
export async function released(world: World, words: Category[]): Promise<void> {
  await vi.waitFor(() => {
    expect(world.strangers.seen.some(({ path }) => path.startsWith('/necessary.gif'))).toBe(true);
    expect([...new Set(seen(world))].sort()).toEqual([...words].sort());
  }, WAIT_MS_MAX);
}

export interface Event {
  event_id: string;
  type: string;
  subject: string;
  decisions: { purpose: string; decision: string; outcome: string; state: string }[];
}

/** The subjects whose capabilities this test's pages have sent. */
export function subjects({ proxy }: World): string[] {
  const requests = proxy.passed({ method: 'POST', path: /^\/v1\/(consents|withdrawals|cookie)$/ });
  for (const { body } of requests) expect(JSON.parse(body)).not.toHaveProperty('subject');
  return [...new Set(requests.map(({ headers }) => serverSubject(headers['samtycke-capability'] as string)))];
}

/** Ids that this test's pages have submitted. */
function sent({ proxy }: World): string[] {
  const bodies = proxy.passed({ method: 'POST', path: /^\/v1\/(consents|withdrawals)$/ });
  return bodies.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
}

/** Everything in the server's log about this test's subjects. */
export async function history(world: World): Promise<Event[]> {
  const events: Event[] = [];
  for (const subject of subjects(world)) {
    const answer = await world.call<{ events: Event[] }>('service', 'GET', `/v1/subjects/${subject}/history`);
    expect(answer.status).toBe(200);
    events.push(...answer.body.events.map((event) => ({ ...event, subject })));
  }
  return events;
}

/** What the server answers for each category now: true if one of those subjects gave it. */
export async function stands(world: World): Promise<Last> {
  const last = all('no');
  for (const subject of subjects(world)) {
    for (const word of CATEGORIES) {
      const check = { subject, purpose: purposes[word] };
      const { body } = await world.call<{ allow: boolean }>('service', 'POST', '/v1/check', check);
      if (body.allow) last[word] = 'yes';
    }
  }
  return last;
}

/** The controller's staff withdraws these for a user. */
export async function withdrawElsewhere(world: World, subject: string, words: Category[]): Promise<void> {
  const answer = await world.call('service', 'POST', '/v1/withdrawals', {
    event_id: eventId(),
    subject,
    decisions: words.map((word) => ({ purpose: purposes[word], decision: 'withdrawn' })),
  });
  expect(answer.status).toBeLessThan(300);
}

/**
 * The end of every fault test, on both sides: a last refusal holds, a last grant holds, and the log has each submission
 * once. `log` is the decisions of each event in the log, oldest first.
 */
export async function holds(world: World, visit: Visit, last: Last, log: string[]): Promise<void> {
  const given = CATEGORIES.filter((word) => last[word] === 'yes');
  await atRest(visit.page);
  await permits(visit.page, given);
  expect(await stands(world), 'the server').toEqual(last);
  const events = await history(world);
  const words = events.map(({ decisions }) => [...new Set(decisions.map(({ decision }) => decision))].join('+'));
  expect(words, 'the log').toEqual(log);
  const ids = events.map(({ event_id }) => event_id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids, 'whatever was sent').toEqual(expect.arrayContaining(sent(world)));

  world.strangers.seen.length = 0;
  const fresh = await again(world, visit);
  await released(world, given);
  await permits(fresh.page, given);
  expect(await fresh.page.locator('.samtycke-first').count(), 'nobody is asked again').toBe(0);
  await fresh.page.close();
}
