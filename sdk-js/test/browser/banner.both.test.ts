/** The whole path without mocks: the served script in Chromium, the server, its database, and a network that fails. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Samtycke, State } from '../../src/contract.js';
import { verifyCookie } from '../../src/receipt.js';
import { click } from './harness/click.js';
import { NONCE, type PageOptions, purposes, STRICT_CSP, startWorld, type Visit, type World } from './harness.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
afterEach(async () => {
  await world.proxy.heal();
  for (const context of world.browser.contexts()) await context.close();
  world.strangers.forget();
});

const ACCEPT = '[data-samtycke-action="accept"]';
const REJECT = '[data-samtycke-action="reject"]';
const WAIT_MS_MAX = 15_000;

/** A page with a gated third-party script and pixel. */
function gated(options: PageOptions = {}): Promise<Visit> {
  const ads = world.strangers.url('ads');
  const body = `<h1>Loomer</h1>
<template data-samtycke-purpose="statistics"><img alt="" src="${ads}/statistics.gif"></template>
<template data-samtycke-purpose="marketing"><img alt="" src="${ads}/marketing.gif"></template>`;
  return world.newPage({ body, ...options });
}

const state = ({ page }: Visit): Promise<State> =>
  page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.state());

function seen(name: string): number {
  return world.strangers.seen.filter(({ path }) => path === `/${name}.gif`).length;
}

/** The grant is on record; only then is it permitted. */
const given = (visit: Visit) =>
  vi.waitFor(async () => {
    const { choice, pending, allowed } = await state(visit);
    expect([choice, pending, allowed.length > 0]).toEqual(['given', false, true]);
  }, WAIT_MS_MAX);

/** The server's answer for the subject in this browser's cookie. */
async function check(visit: Visit, purpose: string) {
  const value = (await visit.stored()).cookies[world.tenant.cookie] ?? '';
  const { sub } = JSON.parse(Buffer.from(value.split('.')[2] ?? '', 'base64url').toString());
  const answer = await world.call<{ allow: boolean }>('service', 'POST', '/v1/check', { subject: sub, purpose });
  return answer.body.allow;
}

describe('before a choice', () => {
  test.each([
    ['a strict policy with Trusted Types', { csp: STRICT_CSP }],
    ['Global Privacy Control', { gpc: true }],
    ['samtycke below the page', { firstParty: true }],
  ])('nothing is stored, no third party is contacted: %s', async (_name, options: PageOptions) => {
    const visit = await gated(options);
    await visit.page.waitForSelector(REJECT);
    expect(await visit.violations()).toEqual([]);
    expect(visit.errors).toEqual([]);
    expect(await visit.stored()).toEqual({ cookies: {}, local: [], session: [] });
    expect(world.strangers.seen).toEqual([]);
    const hosts = new Set(visit.requests.map(({ url }) => new URL(url).origin));
    expect([...hosts].filter((origin) => ![world.site.url, world.proxy.url].includes(origin))).toEqual([]);
  });
});

describe('a grant', () => {
  test('is recorded, then acts, in every tab, and after a reload', async () => {
    const visit = await gated();
    const other = await gated({ context: visit.context });
    await click(visit.page, ACCEPT);
    await given(visit);
    await given(other);
    expect(await check(visit, purposes.statistics)).toBe(true);
    // The log's key verifies the browser's cookie, without a call.
    const value = (await visit.stored()).cookies[world.tenant.cookie] ?? '';
    const cookie = await verifyCookie(value, world.tenant.vkey, { site: world.tenant.site });
    expect(cookie).toMatchObject({ ok: true, withdrawnSince: [] });
    expect(cookie.allowed).toContain(purposes.statistics);
    await vi.waitFor(() => expect([seen('statistics'), seen('marketing')]).toEqual([2, 2]), WAIT_MS_MAX);
    await visit.page.reload();
    await vi.waitFor(() => expect(seen('statistics')).toBe(3), WAIT_MS_MAX);
    expect(await visit.page.isVisible(ACCEPT)).toBe(false);
  });

  test('a grant waits while the server is down, then takes effect', async () => {
    const before = seen('statistics');
    const visit = await gated();
    const held = world.proxy.hold({ method: 'POST', path: '/v1/consents' });
    await click(visit.page, ACCEPT);
    await held.arrived;
    await world.server.kill9();
    held.release();
    await vi.waitFor(async () => expect(await state(visit)).toMatchObject({ pending: true, allowed: [] }), WAIT_MS_MAX);
    expect(seen('statistics')).toBe(before);
    await world.server.start();
    await visit.page.reload();
    await given(visit);
    expect(await check(visit, purposes.statistics)).toBe(true);
    await vi.waitFor(() => expect(seen('statistics')).toBe(before + 1), WAIT_MS_MAX);
  });

  // The response breaks off, as when the user leaves the page.
  test.each([
    ['is lost', 'answer', 0],
    ['breaks off', 'middle', 201],
  ] as const)('is recorded once, and stands, when the answer %s', async (_, cut, status) => {
    const visit = await gated();
    world.proxy.fault({ method: 'POST', path: '/v1/consents', cut, times: 1 });
    await click(visit.page, ACCEPT);
    await given(visit);
    const sent = world.proxy.passed({ method: 'POST', path: '/v1/consents' }).slice(-2);
    const ids = sent.map(({ body }) => JSON.parse(body).event_id);
    expect(sent[0]?.status).toBe(status);
    expect(ids[0]).toBe(ids[1]);
  });

  test('is written by the server where it is reached below the page', async () => {
    const visit = await gated({ firstParty: true });
    const answer = visit.page.waitForResponse((response) => response.url().endsWith('/v1/consents'));
    await click(visit.page, ACCEPT);
    expect(await (await answer).headerValue('set-cookie')).toMatch(new RegExp(`^${world.tenant.cookie}=g\\.`));
    await given(visit);
  });
});

describe('a refusal', () => {
  test('is stored without anything that identifies the user', async () => {
    const visit = await gated();
    await click(visit.page, REJECT);
    await vi.waitFor(async () => expect((await state(visit)).choice).toBe('refused'), WAIT_MS_MAX);
    const { cookies, local } = await visit.stored();
    expect(cookies[world.tenant.cookie]).toMatch(/^r\.1\.[0-9a-z]+\.[0-9a-f]{8}$/);
    expect(local).toEqual([]);
    await visit.page.reload();
    await vi.waitFor(async () => expect((await state(visit)).choice).toBe('refused'), WAIT_MS_MAX);
    expect(await visit.page.isVisible(REJECT)).toBe(false);
    expect(world.strangers.seen).toEqual([]);
    // A refusal is counted, and is no subject's event.
    const told = world.proxy.passed({ method: 'POST', path: /\/tallies$/ }).map(({ body }) => JSON.parse(body).choice);
    expect(told).toContain('refused');
  });

  test('after a grant it acts at once, without a network', async () => {
    const visit = await gated();
    await click(visit.page, ACCEPT);
    await given(visit);
    await world.proxy.refuse();
    await visit.page.evaluate(() => (window as unknown as { samtycke: Samtycke }).samtycke.withdraw());
    expect((await state(visit)).allowed).toEqual([]);
  });
});

test('with the server unreachable nothing is released', async () => {
  world.proxy.fault({ path: /^\/v1\//, cut: 'request' });
  const visit = await gated();
  await vi.waitFor(
    () => expect(world.proxy.passed({ path: /^\/v1\/banner\// }).length).toBeGreaterThan(0),
    WAIT_MS_MAX,
  );
  expect(await state(visit)).toMatchObject({ choice: 'none', allowed: [] });
  expect(world.strangers.seen).toEqual([]);
});

test('a page declares its storage under a strict policy', async () => {
  const script = `<script type="module" src="${world.proxy.url}/sdk/declaration.js" data-key="${world.tenant.keys.publishable}" nonce="${NONCE}"></script>`;
  const body = `<h1>Cookies</h1><div data-samtycke-declaration>elsewhere</div>`;
  const visit = await world.newPage({ tag: false, csp: STRICT_CSP, head: script, body });
  await visit.page.waitForSelector('[data-samtycke-declaration] table');
  expect(await visit.page.locator('td code').allTextContents()).toContain('_stats*');
  expect(await visit.violations()).toEqual([]);
  expect(visit.errors).toEqual([]);
});
