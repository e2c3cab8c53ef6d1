/** Pictures to look at: written to sdk-js/screenshots/, which is not part of the tree. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { THEMES, themeCss } from '../ui-lab/themes.js';
import { first, CONTROL as OPENER, second, WITHDRAW } from './acts.js';
import { click } from './harness/click.js';
import { type PageOptions, startWorld, type World } from './harness.js';
import { BODY, FIRST, openUi, ripe, SECOND, startUiLab } from './ui-lab.js';

const FOLDER = join(import.meta.dirname, '../../screenshots');

let world: World;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  world = await startWorld({ notice: { about: 'terminal', languages: ['sv', 'en', 'de', 'ar', 'ti'] } });
});
afterAll(() => world?.stop());

const HEAD = `<style>
  :root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
  body { margin: 0; background: light-dark(#f6f4ef, #12161a); color: light-dark(#20262c, #e8ebee); }
  header { padding: 1.2rem 6vw; background: light-dark(#20413a, #16302b); color: #fff; font-weight: 700; }
  main { max-inline-size: 62rem; padding: 2rem 6vw; }
  iframe { inline-size: 100%; aspect-ratio: 16 / 9; border: 0; margin-block: 1rem; }
</style>`;

const body = (film: string) => `<header>Loomer</header><main><h1>Hitta hantverkare nära dig</h1>
  <p>Beskriv vad du behöver hjälp med, så får du svar från företag i närheten. Det kostar ingenting.</p>
  <iframe data-src="${film}" data-samtycke-purpose="marketing" title="Så fungerar det"></iframe>
  <p>Över tusen hantverkare i hela landet.</p></main>`;

const views: [string, PageOptions][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['forced', { forcedColors: 'active' }],
  ['320', { viewport: { width: 320, height: 640 } }],
  ['320-dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ['landscape', { viewport: { width: 667, height: 320 } }],
  ['english', { locale: 'en' }],
  ['rtl', { locale: 'ar' }],
  ['rtl-320', { locale: 'ar', viewport: { width: 320, height: 568 } }],
  ['tigrinya', { locale: 'ti' }],
  ['gpc', { gpc: true }],
  ['bar', { tag: { 'data-layout': 'bar' } }],
  ['modal', { tag: { 'data-layout': 'modal' }, colorScheme: 'dark' }],
  ['german', { locale: 'de' }],
  ['german-320', { locale: 'de', viewport: { width: 320, height: 640 } }],
];

test.each(views)('%s', async (name, options) => {
  const { page, context } = await world.newPage({
    viewport: { width: 1280, height: 800 },
    head: HEAD,
    body: body(`${world.strangers.url('film')}/embed`),
    ...options,
  });
  const shoot = (what: string) => page.screenshot({ path: join(FOLDER, `${what}-${name}.png`) });
  await page.waitForSelector(first('reject'));
  await page.waitForSelector('.samtycke-embed button');
  await shoot('layer1');
  await click(page, first('settings'));
  await page.waitForSelector(second('save'));
  await shoot('layer2');
  await page.$eval('.samtycke-second details', (one) => {
    (one as HTMLDetailsElement).open = true;
  });
  await page.click('.samtycke-second input >> nth=1');
  await page.locator('.samtycke-second .samtycke-row').nth(1).scrollIntoViewIfNeeded();
  await shoot('layer2-open');
  await click(page, second('reject'));
  await page.mouse.move(0, 0);
  await page.locator('.samtycke-embed').scrollIntoViewIfNeeded();
  await shoot('placeholder');
  expect(await page.isVisible('.samtycke-embed button')).toBe(true);
  await shoot('control');
  await click(page, OPENER);
  await click(page, second('accept'));
  await page.waitForSelector(WITHDRAW);
  await shoot('control-given');
  await page.goto(
    `${world.server.url}/declaration/${world.tenant.keys.publishable}?language=${options.locale ?? 'sv'}`,
  );
  await shoot('declaration');
  await context.close();
});

/** States that need a history, and pages with style sheets of their own, from the user interface alone. */
const states: [string, string, string][] = [
  ['asked-again', 'show=prompt&changes=1&on=ads&asked=statistics,health', ''],
  ['signal', 'show=prompt&gpc=1', ''],
  ['services', 'show=settings&vendors=1&on=statistics', ''],
  ...THEMES.flatMap((theme): [string, string, string][] => [
    [`theme ${theme}`, 'show=prompt', themeCss(theme)],
    [`theme ${theme} settings`, 'show=settings&on=ads', themeCss(theme)],
  ]),
];

test.each(states)('%s', async (name, query, css) => {
  const lab = await startUiLab();
  const { page } = await openUi(lab, query, { html: `<style>${css}</style>${BODY}` });
  const layer = query.includes('show=settings') ? SECOND : FIRST;
  await ripe(page, layer);
  await page.screenshot({ path: join(FOLDER, `${name.replaceAll(' ', '-')}.png`) });
  expect(await page.locator(`${layer} button`).count()).toBeGreaterThan(2);
  await page.context().close();
  await lab.close();
});
