/**
 * The banner by keyboard, for screen readers, with large text, without motion and without script: WCAG 2.2 where it can
 * be measured. bars.test.ts runs axe, which checks other things.
 */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { click, ripe } from './harness/click.js';
import { changedPixels } from './harness/pixels.js';
import { type PageOptions, STRICT_CSP, startWorld, type Visit, type World } from './harness.js';

const BODY = `<a id="one" href="#one">Ett</a><main><h1>Loomer</h1><p>En sida.</p>
<iframe data-src="http://video.localhost/film" data-samtycke-purpose="marketing" title="Film" width="480" height="270"></iframe>
<a id="two" href="#two">Två</a></main>`;
const FIRST = '.samtycke-first';
const SECOND = 'dialog.samtycke-second';
/** Visible long enough to accept answers. */
const CONTROL = '.samtycke-control';
const CONTROLS = 'button, input, summary, a[href]';
const FOCUS_CONTRAST_MIN = 3;
/** Of an outline with square corners: ours are round. */
const FOCUS_SHARE_MIN = 0.75;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

async function asked(options: PageOptions = {}): Promise<Visit> {
  const visit = await world.newPage({ body: BODY, csp: STRICT_CSP, ...options });
  await ripe(visit.page, FIRST);
  return visit;
}

/** What has the focus: its id, its action, or its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return 'page';
    const name = element.id || element.dataset.samtyckeAction || element.textContent || '';
    return element.closest('dialog') ? `dialog ${name}` : name;
  });
}

async function tabbed(page: Page, times: number, key = 'Tab'): Promise<string[]> {
  const seen: string[] = [];
  for (let press = 0; press < times; press += 1) {
    await page.keyboard.press(key);
    seen.push(await focused(page));
  }
  return seen;
}

/** Presses Tab until this has the focus, as a user would. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}`);
}

describe('by keyboard', () => {
  test('the prompt comes first in the Tab order, and takes no focus', async () => {
    const { page } = await asked();
    expect(await focused(page)).toBe('page');
    expect(await tabbed(page, 6)).toEqual(['close', 'reject', 'accept', 'settings', 'one', 'embed']);
    expect(await tabbed(page, 2, 'Shift+Tab')).toEqual(['one', 'settings']);
  });

  test.each([
    ['reject', 'Enter', 'refused'],
    ['reject', 'Space', 'refused'],
    ['accept', 'Enter', 'given'],
    ['accept', 'Space', 'given'],
    ['close', 'Enter', 'deferred'],
    ['settings', 'Escape', 'deferred'],
  ])('%s by %s: %s, and Tab goes on where the question was', async (action, key, choice) => {
    const { page } = await asked();
    await tabTo(page, action);
    await page.keyboard.press(key);
    await page.waitForSelector(FIRST, { state: 'detached' });
    await page.waitForFunction((wanted) => window.samtycke!.state().choice === wanted, choice);
    // The control is placed, with a second button if something is given.
    await page.waitForSelector(CONTROL);
    const stays = choice === 'given' ? ['settings', 'withdraw'] : ['settings'];
    expect(await tabbed(page, stays.length + 1)).toEqual([...stays, 'one']);
  });

  test('the dialog keeps the focus, and Escape is no choice', async () => {
    const { page } = await asked();
    await tabTo(page, 'settings');
    await page.keyboard.press('Enter');
    await page.waitForSelector(SECOND);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('dialog');
    // `page` is the browser's own bar, where Tab goes after the last control.
    for (const stop of await tabbed(page, 40)) expect(stop).toMatch(/^(dialog |page$)/);
    await page.keyboard.press('Escape');
    await page.waitForSelector(SECOND, { state: 'detached' });
    expect(await page.evaluate(() => window.samtycke!.state().choice)).toBe('none');
    // Back at the prompt, where they were opened.
    expect(await focused(page)).toBe('settings');
    expect(await page.isVisible(FIRST)).toBe(true);
  });

  test('Tab reaches every control of the dialog, and only those', async () => {
    const { page } = await asked();
    await tabTo(page, 'settings');
    await page.keyboard.press('Enter');
    await page.waitForSelector(SECOND);
    const all = await page.$$eval(`${SECOND} :is(${CONTROLS})`, (found) => {
      const visible = (found as HTMLElement[]).filter((each) => each.checkVisibility());
      for (const [index, each] of visible.entries()) each.dataset.stop = String(index);
      return visible.length;
    });
    const reached = new Set<string>();
    for (let press = 0; press < all + 2; press += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { top, bottom } = element.getBoundingClientRect();
        const middle = document.elementFromPoint(innerWidth / 2, (top + bottom) / 2);
        const isSeen = top >= 0 && bottom <= innerHeight && !!middle?.closest('dialog');
        return { stop: element.dataset.stop, isSeen };
      });
      if (stop.stop === undefined) continue;
      // Nothing may be under the foot that stays in place (2.4.11).
      expect(stop.isSeen).toBe(true);
      reached.add(stop.stop);
    }
    expect(reached.size).toBe(all);
  });

  test('switch, details and Save work by keyboard; focus returns', async () => {
    const { page } = await asked();
    await tabTo(page, 'settings');
    await page.keyboard.press('Enter');
    await ripe(page, SECOND);
    await tabTo(page, 'dialog samtycke-1');
    await page.keyboard.press('Space');
    expect(await page.isChecked('#samtycke-1')).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.$$eval(`${SECOND} details[open]`, (open) => open.length)).toBe(1);
    await tabTo(page, 'dialog save');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.samtycke!.state().allowed.length === 1);

    await ripe(page, CONTROL);
    await tabTo(page, 'settings');
    await page.keyboard.press('Enter');
    await page.waitForSelector(SECOND);
    expect(await page.isChecked('#samtycke-1')).toBe(true);
    await page.keyboard.press('Escape');
    await page.waitForSelector(SECOND, { state: 'detached' });
    expect(await focused(page)).toBe('settings');
    expect(await page.evaluate(() => window.samtycke!.state().choice)).toBe('given');
  });

  test("an opener of the page's own gets the focus back", async () => {
    const visit = await asked({ body: `${BODY}<button id="own" data-samtycke-action="settings">Val</button>` });
    await click(visit.page, `${FIRST} [data-samtycke-action=reject]`);
    await tabTo(visit.page, 'own');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForSelector(SECOND);
    await visit.page.keyboard.press('Escape');
    await visit.page.waitForSelector(SECOND, { state: 'detached' });
    expect(await focused(visit.page)).toBe('own');
  });

  test.each(['light', 'dark'] as const)('the focus is visible on every control: %s', async (colorScheme) => {
    const { page } = await asked({ colorScheme });
    const looked: Record<string, number> = {};
    for (const action of ['close', 'reject', 'accept', 'settings']) {
      looked[action] = await ring(page, `${FIRST} [data-samtycke-action=${action}]`);
    }
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await page.waitForSelector(SECOND);
    for (const control of ['[data-samtycke-action=close]', 'input', 'summary', '[data-samtycke-action=save]']) {
      looked[`dialog ${control}`] = await ring(page, `${SECOND} ${control}`);
    }
    await click(page, `${SECOND} [data-samtycke-action=reject]`);
    looked.control = await ring(page, '.samtycke-control button');
    for (const [control, share] of Object.entries(looked)) expect(share, control).toBeGreaterThan(FOCUS_SHARE_MIN);
  });
});

/**
 * Pixels that the focus changes by at least 3:1, as a share of an outline two pixels wide (WCAG 2.4.13). The focus is
 * moved as a keyboard moves it.
 */
async function ring(page: Page, selector: string): Promise<number> {
  const control = page.locator(selector).first();
  await control.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const box = await control.boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  const clip = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 };
  clip.x = Math.max(0, clip.x);
  clip.y = Math.max(0, clip.y);
  const without = await page.screenshot({ clip, caret: 'initial' });
  // A key first: Chromium draws the outline for keyboard users only.
  await page.keyboard.press('Shift');
  await control.evaluate((element) => (element as HTMLElement).focus({ focusVisible: true } as FocusOptions));
  const focusedShot = await page.screenshot({ clip, caret: 'initial' });
  const changed = await changedPixels(world.browser, without, focusedShot, FOCUS_CONTRAST_MIN);
  return changed / (4 * (box.width + box.height));
}

interface Node {
  role: string;
  name: string;
  value: Record<string, unknown>;
}

/** What Chromium tells assistive technology, in reading order, without what it ignores. */
async function told(page: Page): Promise<Node[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = (id: string): Node[] => {
    const { ignored, role, name, properties = [], childIds = [] } = known.get(id)!;
    const below = childIds.filter((child) => known.has(child)).flatMap(read);
    const value = Object.fromEntries(properties.map((property) => [property.name, property.value.value]));
    return ignored ? below : [{ role: String(role?.value), name: String(name?.value ?? ''), value }, ...below];
  };
  return read(nodes[0]!.nodeId);
}

const of = (nodes: Node[], role: string) => nodes.filter((node) => node.role === role);

describe('as a screen reader is told', () => {
  test('the prompt is a named landmark before the page', async () => {
    const { page } = await asked();
    const nodes = await told(page);
    const region = of(nodes, 'region')[0];
    expect(region?.name).toBe(await page.textContent(`${FIRST} h2`));
    expect(nodes.indexOf(region!)).toBeLessThan(nodes.findIndex(({ role }) => role === 'main'));
    const names = of(nodes, 'button').map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['Stäng utan att välja', 'Neka alla', 'Godkänn alla', 'Välj själv']);
    expect(of(nodes, 'heading')[0]).toMatchObject({ name: region!.name, value: { level: 2 } });
    // A live region must exist before it is used, and be empty.
    expect(of(nodes, 'status')).toMatchObject([{ name: '', value: { live: 'polite' } }]);
    expect(await page.textContent('.samtycke-live')).toBe('');
  });

  test('the focused dialog has a name, and hides the page', async () => {
    const { page } = await asked();
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await page.waitForSelector(SECOND);
    const nodes = await told(page);
    const dialog = of(nodes, 'dialog')[0];
    expect(dialog).toMatchObject({ name: await page.textContent(`${SECOND} h2`), value: { modal: true } });
    // The focus is on the dialog itself: its name is read out first.
    expect(dialog!.value.focused).toBe(true);
    expect(of(nodes, 'main')).toEqual([]);
    expect(of(nodes, 'region')).toEqual([]);
  });

  test('switches and details announce name and state', async () => {
    const { page } = await asked();
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await page.waitForSelector(SECOND);
    const titles = await page.$$eval(`${SECOND} label`, (labels) => labels.map(({ textContent }) => textContent));
    const switches = of(await told(page), 'switch');
    expect(switches.map(({ name }) => name)).toEqual(titles);
    expect(switches.map(({ value }) => value.checked)).toEqual(titles.map(() => 'false'));
    await click(page, '#samtycke-0');
    expect(of(await told(page), 'switch').map(({ value }) => value.checked)).toEqual(['true', 'false', 'false']);
    const folded = of(await told(page), 'DisclosureTriangle');
    expect(new Set(folded.map(({ name }) => name)).size).toBe(folded.length);
    for (const [index, title] of titles.entries()) expect(folded[index]?.name).toContain(title);
    expect(folded[0]?.value.expanded).toBe(false);
  });

  test('saving is announced in the existing live region', async () => {
    const { page } = await asked();
    const region = await page.$('.samtycke-live');
    await click(page, `${FIRST} [data-samtycke-action=accept]`);
    await page.waitForFunction(() => document.querySelector('.samtycke-live')?.textContent);
    const nodes = await told(page);
    const words = await page.textContent('.samtycke-live');
    expect(of(nodes, 'status')).toHaveLength(1);
    expect(nodes.some(({ role, name }) => role === 'StaticText' && name === words)).toBe(true);
    expect(await region?.evaluate((element) => element.isConnected)).toBe(true);
    expect(of(nodes, 'region').map(({ name }) => name)).toEqual(['Samtycken och kakor']);
  });

  test.each([
    ['sv', 'sv', 'ltr'],
    ['en', 'en', 'ltr'],
    ['ar', 'ar', 'rtl'],
  ])('its language is its own, whatever the page says: %s', async (language, lang, dir) => {
    const { page } = await asked({ tag: { 'data-language': language }, locale: 'de' });
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await page.waitForSelector(SECOND);
    for (const root of [FIRST, SECOND, '.samtycke-live', '.samtycke-embed']) {
      expect(
        await page.$eval(root, (element) => [(element as HTMLElement).lang, (element as HTMLElement).dir]),
      ).toEqual([lang, dir]);
    }
  });
});

/** Text that its box cuts off, and whatever makes the page wider than its window. */
function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.scrollWidth;
    if (width > innerWidth) found.push(`page: ${width} > ${innerWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>('.samtycke, .samtycke *, .samtycke-embed *')) {
      if (!element.checkVisibility() || !element.textContent?.trim()) continue;
      const style = getComputedStyle(element);
      if (style.display === 'inline' || element.clientWidth === 0) continue;
      const wide = element.scrollWidth - element.clientWidth;
      const tall = style.overflowY === 'hidden' || style.overflowY === 'clip' || element.localName === 'button';
      const name = `${element.localName}.${element.className || element.dataset.samtyckeAction || ''}`;
      if (wide > 1) found.push(`${name}: ${wide} px wide of its box`);
      if (tall && element.scrollHeight > element.clientHeight + 1) found.push(`${name}: cut below`);
    }
    return found;
  });
}

/** Every button can be scrolled into the window. */
function unreachable(page: Page, root: string): Promise<string[]> {
  return page.$$eval(`${root} button, ${root} input`, (controls) =>
    (controls as HTMLElement[]).flatMap((control) => {
      control.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return control.contains(at) ? [] : [control.dataset.samtyckeAction ?? control.id];
    }),
  );
}

const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`;

describe('with larger text', () => {
  const cases: [string, PageOptions & { css?: string; text?: number }][] = [
    ['text at 200 %, 1280 px', { viewport: { width: 1280, height: 800 }, text: 32 }],
    ['text at 200 %, 320 px', { viewport: { width: 320, height: 640 }, text: 32 }],
    ['page at 400 %: 320 x 256', { viewport: { width: 320, height: 256 } }],
    ['wide text spacing, 1280 px', { viewport: { width: 1280, height: 800 }, css: SPACING }],
    ['wide text spacing, 320 px', { viewport: { width: 320, height: 640 }, css: SPACING }],
    [
      'wide text spacing, right to left',
      { viewport: { width: 320, height: 640 }, css: SPACING, tag: { 'data-language': 'ar' } },
    ],
  ];
  test.each(cases)('nothing is cut off or scrolls sideways: %s', async (_, { css, text, ...options }) => {
    const { page, context } = await asked({ csp: '', ...options });
    if (text) {
      // The browser's own setting, which media queries see too.
      const session = await context.newCDPSession(page);
      await session.send('Page.setFontSizes', { fontSizes: { standard: text } });
    }
    if (css) await page.addStyleTag({ content: css });
    expect(await lost(page)).toEqual([]);
    expect(await unreachable(page, FIRST)).toEqual([]);
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await ripe(page, SECOND);
    for (const summary of await page.$$(`${SECOND} summary`)) {
      await summary.evaluate((element) => (element as HTMLElement).click());
    }
    expect(await lost(page)).toEqual([]);
    expect(await unreachable(page, SECOND)).toEqual([]);
  });
});

describe('without', () => {
  test.each(['reduce', 'no-preference'] as const)('motion: nothing is animated (%s)', async (reducedMotion) => {
    const { page } = await asked({ reducedMotion });
    const moving = () =>
      page.evaluate(() => [
        document.getAnimations().length,
        [...document.querySelectorAll('.samtycke, .samtycke *')].filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return transitionDuration !== '0s' || animationName !== 'none';
        }).length,
      ]);
    expect(await moving()).toEqual([0, 0]);
    await click(page, `${FIRST} [data-samtycke-action=settings]`);
    await page.waitForSelector(SECOND);
    expect(await moving()).toEqual([0, 0]);
    await click(page, '#samtycke-0');
    expect(await moving()).toEqual([0, 0]);
  });

  test('without the script links work, and gated markup stays off', async () => {
    const stranger = world.strangers.url('video');
    const visit = await world.newPage({
      js: false,
      body: `<a id="one" href="#two">Ett</a>
<template data-samtycke-purpose="marketing"><p id="held">Film</p><img src="${stranger}/a.gif" alt=""></template>
<script type="text/plain" data-category="marketing" src="${stranger}/a.js"></script>
<img data-samtycke-purpose="marketing" data-src="${stranger}/b.gif" alt="">
<iframe data-samtycke-purpose="marketing" data-src="${stranger}/film" title="Film"></iframe>
<p><a data-samtycke-link href="${stranger}/film">Filmen hos video</a></p><h2 id="two">Två</h2>`,
    });
    const before = world.strangers.seen.length;
    const { page } = visit;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#two$/, { timeout: 10_000 });
    expect(await page.locator('#held').count()).toBe(0);
    expect(await page.locator('.samtycke, .samtycke-embed').count()).toBe(0);
    expect(world.strangers.seen.length).toBe(before);
    expect(visit.requests.filter(({ url }) => url.startsWith(stranger))).toEqual([]);
    await page.click('[data-samtycke-link]');
    expect(page.url()).toBe(`${stranger}/film`);
  });

  test('without the script the declaration still lists storage', async () => {
    const visit = await world.newPage({ js: false, path: `/declaration/${world.tenant.keys.publishable}?lang=sv` });
    expect(await visit.page.getAttribute('html', 'lang')).toBe('sv');
    expect(await visit.page.locator('table').count()).toBeGreaterThan(0);
  });
});
