/** The harness itself: what the other tests rely on works, and the bad network is as bad as it says. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventId, expecting, purposes, STRICT_CSP, startWorld, subject, type World } from './harness.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(() => world.proxy.heal());

function consent(person: string) {
  return {
    event_id: eventId(),
    subject: person,
    notice: world.tenant.notice,
    language: 'sv',
    method: 'button',
    based_on: 0,
    decisions: [{ purpose: purposes.statistics, decision: 'given' }],
  };
}

describe('the server', () => {
  test('the server keeps what it acknowledged after kill -9', async () => {
    const person = subject();
    const recorded = await world.call('service', 'POST', '/v1/consents', consent(person));
    expect(recorded.status).toBe(201);
    const { url, pid } = world.server;
    await world.server.kill9();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await world.server.start();
    expect(world.server.url).toBe(url);
    expect(world.server.pid).not.toBe(pid);
    const check = { subject: person, purpose: purposes.statistics };
    const answer = await world.call('service', 'POST', '/v1/check', check);
    expect(answer.body).toMatchObject({ allow: true, reason: 'CONSENT_VALID' });
  });
});

describe('the network', () => {
  const check = () => fetch(`${world.proxy.url}/healthz`, { signal: AbortSignal.timeout(5_000) });

  test('a response can be lost after the server has committed', async () => {
    world.proxy.fault({ path: '/v1/consents', cut: 'answer', times: 1 });
    const body = JSON.stringify(consent(subject()));
    const headers = { Authorization: `Bearer ${world.tenant.keys.service}`, 'Content-Type': 'application/json' };
    const send = () => fetch(`${world.proxy.url}/v1/consents`, { method: 'POST', headers, body });
    await expect(send()).rejects.toThrow();
    const again = await send();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(world.proxy.passed({ path: '/v1/consents' }).map(({ status }) => status)).toEqual([0, 201]);
  });

  test('a connection is refused, and accepted again', async () => {
    await world.proxy.refuse();
    await expect(check()).rejects.toThrow();
    await world.proxy.accept();
    expect((await check()).status).toBe(200);
  });

  test('the proxy holds, delays or answers a request', async () => {
    const held = world.proxy.hold({ path: '/healthz' });
    const asked = check();
    expect((await held.arrived).method).toBe('GET');
    held.release();
    expect((await asked).status).toBe(200);
    world.proxy.fault({ path: /^\/health/, times: 1, answer: { status: 503, headers: { 'Retry-After': '7' } } });
    expect((await check()).headers.get('retry-after')).toBe('7');
    const end = world.proxy.fault({ delay_ms: 200 });
    const start = performance.now();
    await check();
    expect(performance.now() - start).toBeGreaterThan(190);
    end();
  });
});

describe('the browser', () => {
  test('a page reports requests, refusals and storage', async () => {
    const pixel = world.strangers.url('ads');
    const visit = await world.newPage({
      tag: false,
      csp: STRICT_CSP,
      body: `<h1>Here</h1><img src="${pixel}/one.gif">`,
    });
    expect(await visit.violations()).toEqual([expect.stringMatching(/^img-src http:\/\/ads\.\d+\.localhost/)]);
    expect(world.strangers.seen).toEqual([]);
    expect(await visit.stored()).toEqual({ cookies: {}, local: [], session: [] });
    await visit.context.close();

    const open = await world.newPage({ tag: false, body: `<img src="${pixel}/two.gif">` });
    expect(world.strangers.seen.map(({ path }) => path)).toEqual(['/two.gif']);
    expect(open.requests.map(({ type }) => type)).toEqual(['document', 'image']);
    await open.context.close();
  });

  test("requests of an earlier test's page are not noted", async () => {
    const pixel = world.strangers.url('ads');
    world.strangers.forget();
    const late = await world.newPage({ tag: false, body: `<img src="${pixel}/late.gif">` });
    expect(await late.page.$eval('img', (image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    expect(world.strangers.seen).toEqual([]);
    await late.context.close();
  });

  test('a page can have GPC, no JavaScript, dark, or a place', async () => {
    const gpc = await world.newPage({ tag: false, gpc: true, colorScheme: 'dark', locale: 'de-DE' });
    const said = await gpc.page.evaluate(() => [
      (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
      matchMedia('(prefers-color-scheme: dark)').matches,
      navigator.language,
    ]);
    expect(said).toEqual([true, true, 'de-DE']);
    await gpc.context.close();
    const still = await world.newPage({ tag: false, js: false, body: '<noscript>still</noscript>' });
    expect(await still.page.textContent('noscript')).toBe('still');
    await still.context.close();
  });

  test('no other machine can be reached', async () => {
    const { page, context, requests } = await world.newPage({ tag: false, host: 'www' });
    await expect(page.evaluate(() => fetch('http://example.com/'))).rejects.toThrow();
    expect(requests.at(-1)?.url).toBe('http://example.com/');
    await context.close();
  });

  test('two tabs share a browser; tests reach the server too', async () => {
    const first = await world.newPage({ tag: false });
    const second = await world.newPage({ tag: false, context: first.context });
    await first.page.evaluate(() => localStorage.setItem('shared', 'yes'));
    expect(await second.page.evaluate(() => localStorage.getItem('shared'))).toBe('yes');
    const path = `/v1/logs/${world.tenant.origin.split('/').at(-1)}/checkpoint`;
    const status = await first.page.evaluate(async (address) => (await fetch(address)).status, path);
    expect(status).toBe(200);
    expect(world.proxy.passed({ path })[0]?.headers['sec-fetch-site']).toBe('same-origin');
    await first.context.close();
  });
});

test('a failed wait reports storage and requests', async () => {
  const { page, context } = await world.newPage();
  await page.evaluate(() => localStorage.setItem('basket', '1'));
  const wait = page.waitForFunction(() => false, undefined, { timeout: 1 });
  await expect(expecting(page, wait)).rejects.toThrow(/Timeout 1ms.*"basket": "1".*"errors": \[\]/s);
  await context.close();
});
