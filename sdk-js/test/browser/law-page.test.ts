/** The banner acceptance list, B10 to B14: the page around it, the network, signals, policies, and languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as acts from './acts.js';
import { accept, CONTROL, first, refuse, second, settled } from './acts.js';
import { click } from './harness/click.js';
import { NONCE, purposes, registerToml, STRICT_CSP, startWorld, type World } from './harness.js';

const SWEDISH = join(import.meta.dirname, '../../../sdk-rust/core/languages/sv.json');
const LANGUAGES = ['sv', 'en', 'fi', 'de', 'ar', 'so'];

let world: World;
beforeAll(async () => {
  // The register says itself that the marketing purpose is shared with third parties, which is what a signal denies.
  world = await startWorld({
    notice: { about: 'terminal', languages: LANGUAGES, variants: ['adult', 'teen', 'child'] },
  });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.strangers.forget();
});

const ads = () => world.strangers.url('ads');
const strangersSeen = () => world.strangers.seen.map(({ path }) => path).sort();

/** Protects the prompt and the refusal from faults of the page. */
test('B10 the banner works in a page whose own code fails', async () => {
  const body = `<script nonce="${NONCE}">throw new Error('of the page, at once')</script>
    <script nonce="${NONCE}">this is no JavaScript</script>
    <script nonce="${NONCE}">
      addEventListener('DOMContentLoaded', () => { throw new Error('of the page, later') });
      document.addEventListener('click', () => { throw new Error('of the page, at a click') }, true);
      Promise.reject(new Error('of the page, nobody listens'));
    </script>${acts.gated(ads())}`;
  const { page, context, errors } = await world.newPage({ body });
  await refuse(page);
  await click(page, CONTROL);
  await click(page, second('accept'));
  await settled(page, 'given');
  await vi.waitFor(() => expect(strangersSeen()).toEqual(acts.RELEASED), 10_000);
  expect(errors.filter((error) => !/of the page|SyntaxError|Unexpected identifier/.test(error))).toEqual([]);
  expect(errors.length).toBeGreaterThan(3);
  await context.close();
});

const broken: [string, RegExp][] = [
  ['the entry', /^\/sdk\/banner\.js/],
  ['the question and the record', /^\/sdk\/record\./],
  ['everything', /./],
];

/** Protects against the worst failure: gated markup stays blocked when the banner is blocked or missing. */
test.each(broken)('B10 without %s the tags stay blocked', async (_, path) => {
  for (const fault of [{ answer: { status: 404 } }, { cut: 'request' as const }]) {
    const end = world.proxy.fault({ path, ...fault });
    const { page, context, errors } = await world.newPage({ body: acts.gated(ads()) });
    await page.waitForLoadState('networkidle');
    expect(await page.$('.samtycke-first')).toBeNull();
    expect(strangersSeen()).toEqual([]);
    expect(await acts.kept(page, context)).toEqual(acts.NOTHING_KEPT);
    // The browser reports a missing file. Nothing of ours throws.
    expect(
      errors.filter((error) => !/Failed to load resource|by CORS policy|dynamically imported/.test(error)),
    ).toEqual([]);
    end();
    await context.close();
  }
});

test('B10 without JavaScript tags stay blocked, a link remains', async () => {
  const body = `<a data-samtycke-link href="https://film.example/1">Filmen</a>${acts.gated(ads())}`;
  const { page, context } = await world.newPage({ js: false, body });
  expect(await page.isVisible('a[data-samtycke-link]')).toBe(true);
  expect(strangersSeen()).toEqual([]);
  await context.close();
});

/** Protects against a banner that leaks visits: one origin, and neither fonts nor pictures. */
test.each([false, true])('B11 contacts the configured origin only: first party %s', async (firstParty) => {
  const { page, context, requests, url } = await world.newPage({ firstParty });
  await refuse(page);
  await click(page, CONTROL);
  await page.click('.samtycke-second summary >> nth=0');
  await click(page, second('accept'));
  await settled(page, 'given');
  await click(page, CONTROL);
  await click(page, second('reject'));
  await settled(page, 'refused');
  await page.reload();
  await page.waitForLoadState('networkidle');
  const others = requests.filter(({ url: asked }) => asked !== url);
  const origin = firstParty ? world.site.url : world.proxy.url;
  expect(new Set(others.map(({ url: asked }) => new URL(asked).origin))).toEqual(new Set([origin]));
  expect(others.every(({ url: asked }) => /^\/(sdk|v1)\//.test(new URL(asked).pathname))).toBe(true);
  const types = new Set(others.map(({ type }) => type));
  expect([...types].filter((type) => !/^(script|fetch|ping|preflight)$/.test(type))).toEqual([]);
  expect(strangersSeen()).toEqual([]);
  await context.close();
});

describe('B12 Global Privacy Control', () => {
  /** Protects users whose browser objects for them: the signal is honoured, shown, and not questioned. */
  test('GPC is shown as honoured, and keeps its purposes off', async () => {
    const { page, context } = await world.newPage({ gpc: true, body: acts.gated(ads()) });
    await page.waitForSelector(first('reject'));
    const words = JSON.parse(readFileSync(SWEDISH, 'utf8')).ui.gpc;
    expect(await page.locator('.samtycke-first').innerText()).toContain(words);
    await click(page, first('settings'));
    expect(await page.locator('.samtycke-second').innerText()).toContain(words);
    expect(await page.locator('.samtycke-second input:checked').count()).toBe(0);
    await click(page, second('close'));
    expect(await acts.state(page)).toMatchObject({ gpc: true, allowed: [] });
    expect(strangersSeen()).toEqual([]);
    await context.close();
  });

  test('GPC denies an earlier grant, and restores nothing', async () => {
    const { page, context } = await world.newPage();
    await accept(page);
    expect(await acts.allowed(page, purposes.marketing)).toBe(true);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
    });
    const next = await world.newPage({ context, body: acts.gated(ads()) });
    expect(await acts.isAsked(next.page)).toBe(false);
    expect(await acts.allowed(next.page, purposes.marketing)).toBe(false);
    expect(await acts.allowed(next.page, purposes.statistics)).toBe(true);
    await click(next.page, CONTROL);
    await next.page.waitForSelector(second('save'));
    const on = await next.page.$$eval('.samtycke-second input', (all) =>
      all.map((input) => (input as HTMLInputElement).checked),
    );
    expect(on).toEqual([true, true, false]);
    expect(strangersSeen()).toEqual([]);
    await context.close();
  });

  test('an explicit grant in sight of GPC counts, as recorded', async () => {
    const { page, context } = await world.newPage({ gpc: true, body: acts.gated(ads()) });
    // "Accept all" excludes what the browser objects to, and the prompt says which.
    await accept(page);
    expect(await acts.allowed(page, purposes.statistics)).toBe(true);
    expect(await acts.allowed(page, purposes.marketing)).toBe(false);
    expect(JSON.stringify(acts.sent(world, 'consents').at(-1))).not.toContain(purposes.marketing);
    expect(strangersSeen()).toEqual([]);
    // The user can still give it separately.
    await click(page, CONTROL);
    await page.locator('#samtycke-2').setChecked(true);
    await click(page, second('save'));
    await vi.waitFor(async () => expect(await acts.allowed(page, purposes.marketing)).toBe(true), 10_000);
    const body = acts.sent(world, 'consents').at(-1) as { signals: object; decisions: object[] };
    expect(body.signals).toEqual({ gpc: true });
    expect(body.decisions).toContainEqual({ purpose: purposes.marketing, decision: 'given', gpc_acknowledged: true });
    expect(body.decisions).toContainEqual({ purpose: purposes.statistics, decision: 'given' });
    await vi.waitFor(() => expect(strangersSeen()).toEqual(acts.RELEASED), 10_000);
    const next = await world.newPage({ context });
    expect(await acts.allowed(next.page, purposes.marketing)).toBe(true);
    await context.close();
  });

  test('with nothing left to ask there is no prompt', async () => {
    const nothingShared = registerToml().replaceAll('third_party_sharing = true\n', '');
    const everything = nothingShared.replaceAll(
      /(id = "loomer\.cookies-[\s\S]*?special_category = "no"\n)/g,
      '$1third_party_sharing = true\n',
    );
    const small = await startWorld({ register: everything, notice: { about: 'terminal', languages: ['sv'] } });
    try {
      const { page, context } = await small.newPage({ gpc: true });
      expect(await acts.isAsked(page)).toBe(false);
      expect(await acts.kept(page, context)).toEqual(acts.NOTHING_KEPT);
      await click(page, CONTROL);
      await page.waitForSelector(second('accept'));
      const without = await small.newPage();
      expect(await acts.isAsked(without.page)).toBe(true);
    } finally {
      await small.stop();
    }
  });
});

describe('B13 policies', () => {
  /** Protects sites with a strict policy: they need not weaken it for the banner. */
  test('the strictest policy with Trusted Types is not violated', async () => {
    const body = `<h1>Loomer</h1><template data-samtycke-purpose="statistics">
      <script nonce="${NONCE}">window.released = true</script></template>`;
    const { page, context, violations, errors } = await world.newPage({ csp: STRICT_CSP, body });
    await refuse(page);
    await click(page, CONTROL);
    await page.click('.samtycke-second summary >> nth=0');
    await page.keyboard.press('Escape');
    await click(page, CONTROL);
    await click(page, second('accept'));
    await settled(page, 'given');
    await page.waitForFunction(() => 'released' in window);
    await click(page, CONTROL);
    expect(await page.locator('.samtycke-second').evaluate((dialog) => getComputedStyle(dialog).position)).toBe(
      'fixed',
    );
    expect(await violations()).toEqual([]);
    const reloaded = page.waitForEvent('load');
    await click(page, second('reject'));
    await reloaded;
    await settled(page, 'refused');
    expect(await page.evaluate(() => 'released' in window)).toBe(false);
    expect(await violations()).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  /** Protects sites that pin the code: only the published code runs. */
  test('the hashed file runs with its integrity only', async () => {
    const list = (await (await fetch(`${world.proxy.url}/sdk/integrity.json`)).json()) as Record<string, string>;
    const name = Object.keys(list).find((file) => /^banner\.[0-9a-f]+\.js$/.test(file)) ?? '';
    const tag = { src: `${world.proxy.url}/sdk/${name}`, integrity: list[name] ?? '', crossorigin: 'anonymous' };
    const body = acts.gated(ads());
    const { page, context, errors } = await world.newPage({ csp: `${STRICT_CSP}; img-src *; frame-src *`, tag, body });
    await refuse(page);
    expect(errors).toEqual([]);
    await context.close();

    const code = await (await fetch(tag.src)).text();
    const headers = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
    world.proxy.fault({ path: `/sdk/${name}`, answer: { status: 200, headers, body: `${code};window.tampered = 1` } });
    const other = await world.newPage({ tag, body });
    await other.page.waitForLoadState('networkidle');
    expect(await other.page.evaluate(() => ['tampered', 'samtycke'].filter((word) => word in window))).toEqual([]);
    expect(other.errors.join()).toMatch(/integrity/);
    expect(strangersSeen()).toEqual([]);
    await other.context.close();
  });
});

describe('B14 languages', () => {
  const shown = async (locale: string, variant?: string) => {
    const tag = variant ? { 'data-variant': variant } : {};
    const { page, context } = await world.newPage({ locale, tag });
    await page.waitForSelector(first('reject'));
    const region = page.locator('.samtycke-first');
    const [lang, dir, text] = await region.evaluate((root) => [
      root.getAttribute('lang'),
      root.getAttribute('dir'),
      (root as HTMLElement).innerText,
    ]);
    const overflow = await page.evaluate(() => window.document.documentElement.scrollWidth > innerWidth);
    return { page, context, lang, dir, text: text ?? '', overflow, no: await page.innerText(first('reject')) };
  };

  /** Protects the informed choice of users who do not read the site's first language. */
  test.each(LANGUAGES)("the prompt is in the page's language: %s", async (language) => {
    const { context, lang, dir, no, text, overflow } = await shown(language);
    expect([lang, dir, overflow]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr', false]);
    const no_ = { sv: 'Neka alla', en: 'Refuse all', fi: '', de: '', ar: '', so: '' }[language];
    if (no_) expect(no).toBe(no_);
    else expect(text).not.toMatch(/Neka alla|Refuse all|Godk\u00e4nn/);
    expect(text).toContain('Loomer AB');
    await context.close();
  });

  /** Protects children: they get texts of their own, in Swedish, and the record says which (L16). */
  test('teenagers and children get texts of their own', async () => {
    const texts = new Set<string>();
    for (const variant of ['adult', 'teen', 'child']) {
      const { page, context, lang, text } = await shown('sv', variant);
      expect(lang).toBe('sv');
      texts.add(text);
      await accept(page);
      expect(acts.sent(world, 'consents').at(-1)).toMatchObject({ language: 'sv', variant });
      await context.close();
    }
    expect(texts.size).toBe(3);
    // In a language without such texts the adults' are shown, and the record says so.
    const { page, context } = await shown('fi', 'child');
    await accept(page);
    expect(acts.sent(world, 'consents').at(-1)).toMatchObject({ language: 'fi', variant: 'adult' });
    await context.close();
  });
});
