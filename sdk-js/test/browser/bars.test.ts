/** The banner's bars that are not in the acceptance list. Each prints its figure. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as acts from './acts.js';
import { accept, CONTROL, first, isAsked, refuse, second, settled } from './acts.js';
import { click } from './harness/click.js';
import { purposes, startWorld, type World } from './harness.js';

const AXE = createRequire(import.meta.url).resolve('axe-core');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SDK_JS = join(import.meta.dirname, '../..');

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.strangers.forget();
});

const bar = (name: string, figure: string) => console.log(`${name}: ${figure}`);
const ads = () => world.strangers.url('ads');

interface Finding {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** Axe's findings, with the element and the reason. */
async function axe(page: Page): Promise<{ rules: number; found: string[] }> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: Finding[]; passes: unknown[] }> };
    };
    const { violations, passes } = await axe.run({ runOnly: tags });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
    return { rules: passes.length, found };
  }, TAGS);
}

const looks = [
  ['light', 'none'],
  ['dark', 'none'],
  ['light', 'active'],
] as const;

/** Protects users with impairments (EAA; WCAG 2.2 AA). */
describe.each([
  ['ltr', 'sv'],
  ['rtl', 'ar'],
])('axe, %s', (_, locale) => {
  test.each([320, 1280])('finds nothing in layers or placeholder at %i px', async (width) => {
    const words: Record<string, string> = { sv: 'Film', ar: 'فيلم' };
    const body = `<main><h1>Loomer</h1><iframe data-src="${ads()}/film" data-samtycke-purpose="marketing" width="480"
      height="270" title="${words[locale]}"></iframe></main>`;
    const { page, context } = await world.newPage({ locale, body, viewport: { width, height: 800 } });
    await page.waitForSelector(first('reject'));
    await page.waitForSelector('.samtycke-embed button');
    expect(await page.getAttribute('.samtycke-first', 'dir')).toBe(_);
    let rules = 0;
    const see = async (layer: string) => {
      for (const [colorScheme, forcedColors] of looks) {
        await page.emulateMedia({ colorScheme, forcedColors });
        const seen = await axe(page);
        rules += seen.rules;
        expect(seen.found, `${layer}, ${colorScheme}, forced ${forcedColors}`).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(overflow, `${layer} is wider than the page`).toBe(false);
        const wide = await page.$$eval(
          '.samtycke',
          (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length,
        );
        expect(wide, `${layer} scrolls sideways`).toBe(0);
      }
    };
    await see('first layer over a placeholder');
    await click(page, first('settings'));
    await page.waitForSelector(second('save'));
    await page.$$eval('.samtycke-second details', (all) => {
      for (const one of all.slice(0, 2)) one.toggleAttribute('open', true);
    });
    await see('second layer');
    await click(page, second('reject'));
    await settled(page, 'refused');
    await page.waitForSelector(CONTROL);
    await see('placeholder and control');
    bar(`axe ${locale} ${width} px`, `0 findings, ${rules} rules passed in 9 looks`);
    await context.close();
  });
});

/**
 * Protects users of forced colours: unless told otherwise, the browser paints a backplate behind text, over a button's
 * colour.
 */
test('forced colours: a label is visible on its button', async () => {
  const { page, context } = await world.newPage({ forcedColors: 'active' });
  await click(page, first('settings'));
  await page.waitForSelector(second('save'));
  const buttons = await page.$$eval('.samtycke-foot button', (all) =>
    all.map((button) => {
      const { backgroundColor, forcedColorAdjust, color } = getComputedStyle(button) as CSSStyleDeclaration & {
        forcedColorAdjust: string;
      };
      return { forcedColorAdjust, same: color === backgroundColor };
    }),
  );
  // The system's own pair of colours, which it guarantees.
  expect(buttons.filter(({ forcedColorAdjust, same }) => same || forcedColorAdjust !== 'auto')).toEqual([]);
  expect(buttons.length).toBe(6);
  await context.close();
});

/** Protects users whose program refuses for them, and all users from programs that accept. */
test('automatic rejecters refuse; a script cannot accept', async () => {
  const { page, context, url } = await world.newPage({ visit: false, body: acts.gated(ads()) });
  // As a content script does: at every change of the page, before or after everything else has loaded.
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const no = document.querySelector<HTMLElement>('[data-samtycke-action="reject"]');
      if (no) observer.disconnect();
      no?.click();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  const start = performance.now();
  await settled(page, 'refused');
  bar('automatic rejecter', `refused after ${Math.round(performance.now() - start)} ms`);
  await context.close();

  const consents = acts.posts(world, 'consents').length;
  const other = await world.newPage({ body: acts.gated(ads()) });
  await other.page.waitForSelector(first('accept'));
  const press = (selector: string) => other.page.$eval(selector, (button) => (button as HTMLElement).click());
  await press(first('accept'));
  await other.page.$eval(first('accept'), (button) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown'])
      button.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
  });
  await press(first('settings'));
  await other.page.waitForSelector(second('accept'));
  await other.page.$$eval('.samtycke-second input', (all) => {
    for (const input of all) (input as HTMLElement).click();
  });
  await press(second('accept'));
  expect(await acts.state(other.page)).toMatchObject({ choice: 'none', allowed: [] });
  // Saves what the user has switched on: nothing. That is a refusal.
  await press(second('save'));
  await settled(other.page, 'refused');
  expect(acts.posts(world, 'consents')).toHaveLength(consents);
  expect(world.strangers.seen).toEqual([]);
  bar('scripted accept and save', '0 given');
  await other.context.close();
});

/** Protects sites with server-side rendering: the package can be imported without a window. */
test('every entry of the package can be imported in Node', () => {
  const said = execFileSync(process.execPath, [join(SDK_JS, 'scripts/importable.mjs')], { encoding: 'utf8' });
  expect(said).toMatch(/^[78] entries can be imported/);
  bar('imports in Node', said.trim());
});

/** Protects slow phones: what every page loads before a prompt, and what a prompt costs. */
test('the sizes are within the budgets', () => {
  const said = execFileSync(process.execPath, [join(SDK_JS, 'scripts/size.mjs')], { encoding: 'utf8' });
  for (const line of said.split('\n').filter((text) => / of /.test(text) && /KiB/.test(text))) bar('size', line);
  const over = [...said.matchAll(/([\d.]+) KiB of ([\d.]+) KiB/g)].filter(([, is, may]) => Number(is) > Number(may));
  expect(over).toEqual([]);
});

const failures = [
  ['connection refused', () => world.proxy.refuse()],
  ['the document is not to be had', async () => void world.proxy.fault({ path: /^\/v1\//, answer: { status: 503 } })],
  [
    'it answers nonsense',
    async () => void world.proxy.fault({ path: /^\/v1\//, answer: { status: 200, body: '<p>' } }),
  ],
] as const;

/** Protects users while the server is down: nothing new runs, and choices are kept. */
test.each(failures)('unreachable server: nothing released, choice kept: %s', async (_, fail) => {
  await fail();
  const fresh = await world.newPage({ body: acts.gated(ads()) });
  await fresh.page.waitForLoadState('networkidle');
  expect(await fresh.page.$('.samtycke-first')).toBeNull();
  expect(await acts.kept(fresh.page, fresh.context)).toEqual(acts.NOTHING_KEPT);
  expect(ours(fresh.errors)).toEqual([]);
  await fresh.context.close();
  await world.proxy.heal();

  const people = [await world.newPage(), await world.newPage()] as const;
  await accept(people[0].page);
  await refuse(people[1].page);
  await fail();
  world.strangers.seen.length = 0;
  const [yes, no] = [
    await world.newPage({ context: people[0].context }),
    await world.newPage({ context: people[1].context, body: acts.gated(ads()) }),
  ];
  for (const { page } of [yes, no]) await page.waitForLoadState('networkidle');
  if (_ !== 'connection refused') {
    expect((await acts.state(yes.page)).choice).toBe('given');
    expect((await acts.state(no.page)).choice).toBe('refused');
    expect(await acts.allowed(yes.page, purposes.statistics)).toBe(true);
  }
  expect(ours([...yes.errors, ...no.errors])).toEqual([]);
  expect(world.strangers.seen).toEqual([]);

  await world.proxy.heal();
  for (const { context } of [yes, no]) {
    const after = await world.newPage({ context });
    expect(await isAsked(after.page)).toBe(false);
    await context.close();
  }
  bar(`unreachable, ${_}`, '0 released, 0 errors of ours, both choices kept');
});

/** Protects users whose refusal meets a server that is down. */
test('a choice made while the server is down is sent later', async () => {
  const visit = await world.newPage({ body: acts.gated(ads()) });
  const { page, context } = visit;
  await page.waitForSelector(first('accept'));
  const end = world.proxy.fault({ path: /^\/v1\/(consents|withdrawals|banner\/.*\/tallies)/, cut: 'request' });
  await click(page, first('accept'));
  await vi.waitFor(async () =>
    expect(await acts.state(page)).toMatchObject({ choice: 'given', pending: true, allowed: [] }),
  );
  await page.reload();
  expect(await isAsked(page)).toBe(false);
  expect(world.strangers.seen).toEqual([]);
  end();
  await page.reload();
  await settled(page, 'given');
  await vi.waitFor(() => expect(world.strangers.seen.map(({ path }) => path).sort()).toEqual(acts.RELEASED), 10_000);
  await context.close();
});

/** The browser's own message about a failed request does not count, nor does our hint. */
function ours(errors: string[]): string[] {
  const known = /Failed to load resource|by CORS policy|dynamically imported|samtycke site set/;
  return errors.filter((error) => !known.test(error));
}
