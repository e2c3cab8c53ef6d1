/**
 * What a first visit loads, with the tag that `samtycke site embed` prints, counted by the browser with headers: at
 * most what the lightest peer loads. Bytes are the same on every machine; time is the bench's (W14).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fetched, fetched } from './harness/fetched.js';
import { WAIT_MS_MAX } from './harness/person.js';
import { embedded, NONCE, startWorld, type World } from './harness.js';

/**
 * vanilla-cookieconsent 3.1.0 loads 16 051 bytes, without texts and record. A world's random ids and keys compress to some
 * bytes more or less.
 */
const BYTES_MAX = 16_050;
/** Entry, document, ui, record, and the server's prompt for what is shown. */
const REQUESTS_MAX = 5;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** Visits until no request is open; with what the page has beside the tag. */
async function firstVisit(options: { locale?: string; lang?: string; csp?: boolean }): Promise<Fetched[]> {
  const tags = embedded(world, options.lang).replaceAll('<script', `<script nonce="${NONCE}"`);
  const site = `/first-${options.locale}-${options.lang}-${options.csp}`;
  world.site.put(site, {
    html: `<!doctype html><html${options.lang ? ` lang="${options.lang}"` : ''}><head><meta charset="utf-8"><title>Loomer</title>
<link rel="icon" href="data:,">${tags}</head><body><h1>Loomer</h1></body></html>`,
    headers: options.csp
      ? {
          'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src ${world.server.url} ${world.proxy.url}; img-src data:`,
        }
      : {},
  });
  const visit = await world.newPage({ path: site, visit: false, locale: options.locale ?? 'sv-SE' });
  const loaded = await fetched(visit.page, visit.url);
  await visit.page.goto(visit.url);
  await visit.page.waitForSelector('.samtycke-first');
  await expect
    .poll(() => loaded.some(({ url, done }) => done && url.endsWith('/prompts')), { timeout: WAIT_MS_MAX })
    .toBe(true);
  await visit.page.waitForLoadState('networkidle');
  expect(visit.errors).toEqual([]);
  await visit.context.close();
  return loaded;
}

test.each([
  { lang: 'sv' },
  { lang: 'sv', csp: true },
  { lang: 'ar', locale: 'ar' },
  // The page has no language, so the browser's decides.
  { locale: 'de-DE' },
])('a first visit is light: %o', async (options) => {
  const loaded = await firstVisit(options);
  const told = loaded.map(({ url, bytes }) => `${bytes} ${url.replace(/^https?:\/\/[^/]*/, '')}`);
  expect(new Set(loaded.map(({ url }) => url)).size, `nothing is loaded twice: ${told}`).toBe(loaded.length);
  expect(loaded.length, told.join('\n')).toBeLessThanOrEqual(REQUESTS_MAX);
  expect(
    loaded.reduce((sum, { bytes }) => sum + bytes, 0),
    told.join('\n'),
  ).toBeLessThanOrEqual(BYTES_MAX);
});
