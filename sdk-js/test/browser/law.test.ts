/**
 * The banner acceptance list, B1 to B7: before a choice, the choice itself, and withdrawing it. B8 and on: law-lasting
 * and law-page.
 */

import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { contrast, fairnessOf } from '../../src/ui/fairness.js';
import type { ButtonMeasure } from '../../src/ui/measure.js';
import * as acts from './acts.js';
import { accept, CONTROL, first, refuse, second, settled } from './acts.js';
import { click } from './harness/click.js';
import { NONCE, purposes, registerToml, startWorld, type Visit, type World } from './harness.js';

let world: World;
beforeAll(async () => {
  const policy = 'policy_url = "https://www.loomer.example/policy"\n';
  world = await startWorld({ register: registerToml().replace('policy_version', `${policy}policy_version`) });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.strangers.forget();
});

const ads = () => world.strangers.url('ads');
const strangersSeen = () => world.strangers.seen.map(({ path }) => path).sort();

/** Protects the terminal: nothing is stored in it or read from it before a choice (LEK 9 kap. 28 §). */
test('B1 before a choice: no storage, no third party', async () => {
  const { page, context, requests, errors } = await world.newPage({ body: acts.gated(ads()) });
  const nothing = async () => {
    await page.waitForSelector(first('reject'), { state: 'attached' });
    await page.waitForLoadState('networkidle');
    expect(await acts.kept(page, context)).toEqual(acts.NOTHING_KEPT);
    const origins = new Set(requests.map(({ url }) => new URL(url).origin));
    expect([...origins].sort()).toEqual([world.site.url, world.proxy.url].sort());
    expect(strangersSeen()).toEqual([]);
  };
  await nothing();
  // Continuing is not a choice: not a reload, not scrolling, not looking at the settings, not asking for the film.
  await page.mouse.wheel(0, 2000);
  await page.reload();
  await click(page, first('settings'));
  await page.click('.samtycke-second summary >> nth=0');
  await nothing();
  expect(errors).toEqual([]);

  // The trace works: after a grant the same page contacts every third party in it.
  await click(page, second('accept'));
  await vi.waitFor(() => expect(strangersSeen()).toEqual(acts.RELEASED), 10_000);
  await settled(page, 'given');
  expect((await context.cookies()).map(({ name }) => name)).toContain(world.tenant.cookie);
  await context.close();
});

interface Seen {
  drawn: ButtonMeasure;
  /** Other properties that could make one button stand out. */
  looks: string;
  place: string;
}

/** Reads a layer's choice buttons as a user sees them, independently of the banner's own measuring. */
function look({ page }: Visit, layer: '.samtycke-first' | '.samtycke-second'): Promise<Seen[]> {
  return page.$$eval(`${layer} [data-samtycke-action]:not([data-samtycke-action="close"])`, (buttons) => {
    const colourBehind = (from: Element | null): string => {
      for (let at = from; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
      }
      return 'none';
    };
    return buttons.map((button) => {
      const style = getComputedStyle(button);
      const { width, height, x, y } = button.getBoundingClientRect();
      const same =
        'fontFamily fontStyle textDecorationLine textTransform letterSpacing opacity filter cursor outlineStyle';
      const more =
        'borderTopWidth borderTopStyle borderTopColor borderRadius boxShadow paddingTop paddingLeft transform';
      const looks = `${same} ${more}`.split(' ').map((name) => `${name} ${style[name as 'opacity']}`);
      return {
        drawn: {
          action: (button as HTMLElement).dataset.samtyckeAction ?? '',
          background: colourBehind(button),
          behind: colourBehind(button.parentElement),
          colour: style.color,
          element: button.localName,
          font_size: style.fontSize,
          font_weight: style.fontWeight,
          height: Math.round(height),
          width: Math.round(width),
        },
        looks: [...looks, width.toFixed(1), height.toFixed(1), (button as HTMLButtonElement).type].join(', '),
        place: `${x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight}`,
      };
    });
  });
}

/** Refuse and accept are equal but for their words, and what was measured is fair. */
function expectEqual(seen: Seen[], choices: string[]): void {
  const of = (action: string) => seen.find(({ drawn }) => drawn.action === action) as Seen;
  const [no, yes] = [of('reject'), of('accept')];
  for (const action of choices) {
    const other = of(action);
    expect({ ...other.drawn, action: '' }).toEqual({ ...no.drawn, action: '' });
    expect(other.looks).toBe(no.looks);
    expect(other.place).toBe('true');
  }
  for (const colours of [
    (d: ButtonMeasure) => [d.colour, d.background],
    (d: ButtonMeasure) => [d.background, d.behind],
  ]) {
    const [a, b] = [no, yes].map(({ drawn }) => contrast(...(colours(drawn) as [string, string]))) as [number, number];
    expect(Math.min(a, b)).toBeGreaterThan(4.5);
    expect(Math.abs(a - b) / Math.max(a, b)).toBeLessThanOrEqual(0.05);
  }
  const findings = fairnessOf(seen.map(({ drawn }) => drawn));
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
}

/** The hash that the record must have, computed here from what the test saw. */
function hashOf(seen: Seen[], layer: 1 | 2, width: number): string {
  const drawn = {
    buttons: seen.map((one) => one.drawn),
    language: 'sv',
    layer,
    notice: world.tenant.notice,
    theme: 'auto',
    v: 1,
    variant: 'adult',
    viewport: Math.floor(width / 100),
  };
  return createHash('sha256').update(JSON.stringify(drawn)).digest('hex');
}

const screens = (['light', 'dark'] as const).flatMap((scheme) => [320, 1280].map((width) => [scheme, width] as const));

/** Protects the free choice: refusing is never harder to see or to click than accepting (PTS 2023, EDPB 03/2022). */
test.each(screens)('B2 refuse and accept are equal, and hashed: %s, %i px', async (scheme, width) => {
  const visit = await world.newPage({ colorScheme: scheme, viewport: { width, height: 800 } });
  const { page, context } = visit;
  await page.waitForSelector(first('accept'));
  // The pointer over one of them would be measured as well.
  await page.mouse.move(0, 0);
  const layer1 = await look(visit, '.samtycke-first');
  expectEqual(layer1, ['reject', 'accept']);
  await accept(page);
  const consents = () => acts.sent(world, 'consents');
  expect(consents().at(-1)).toMatchObject({ ui_hash: hashOf(layer1, 1, width), method: 'button' });

  await click(page, CONTROL);
  await page.waitForSelector(second('save'));
  await page.mouse.move(0, 0);
  const layer2 = await look(visit, '.samtycke-second');
  expectEqual(layer2, ['reject', 'accept', 'save']);
  await click(page, second('save'));
  await vi.waitFor(() =>
    expect(consents().at(-1)).toMatchObject({ ui_hash: hashOf(layer2, 2, width), method: 'toggle_save' }),
  );

  // What was sent is what the server can prove.
  const event = consents().at(-1)?.event_id;
  await vi.waitFor(async () => {
    const proof = await world.call('auditor', 'GET', `/v1/events/${event}/proof`);
    expect(JSON.stringify(proof.body)).toContain(hashOf(layer2, 2, width));
  }, 10_000);
  await context.close();
});

/** Protects against consent by inaction (Planet49, C-673/17). */
test('B3 every switch is off until the user switches it on', async () => {
  const { page, context } = await world.newPage();
  await page.waitForSelector(first('settings'));
  expect(await page.$$('.samtycke-first input')).toEqual([]);
  await click(page, first('settings'));
  const toggles = () =>
    page
      .waitForSelector(second('save'))
      .then(() =>
        page.$$eval('.samtycke-second input', (all) => all.map((input) => (input as HTMLInputElement).checked)),
      );
  expect(await toggles()).toEqual([false, false, false]);
  const before = acts.sent(world, 'consents').length;
  await click(page, second('save'));
  await settled(page, 'refused');
  expect(acts.sent(world, 'consents')).toHaveLength(before);

  await click(page, CONTROL);
  expect(await toggles()).toEqual([false, false, false]);
  // A switch alone gives nothing: only what is saved counts.
  await page.click('.samtycke-second input >> nth=1');
  await click(page, second('close'));
  expect((await acts.state(page)).choice).toBe('refused');
  await click(page, CONTROL);
  expect(await toggles()).toEqual([false, false, false]);
  await page.click('.samtycke-second input >> nth=1');
  await click(page, second('save'));
  await settled(page, 'given');
  expect((await acts.state(page)).allowed).toEqual([purposes.statistics]);
  await context.close();
});

const leaving: [string, (visit: Visit) => Promise<void>][] = [
  ['the X', ({ page }) => click(page, first('close'))],
  ['Escape', ({ page }) => page.press(first('settings'), 'Escape')],
];

/** Protects users who do not want to answer now: closing is neither a grant nor a refusal, and costs nothing. */
test.each(leaving)('B4 closing by %s is deferred, never given', async (_, leave) => {
  const tallies = () => acts.posts(world, 'tallies').filter(({ body }) => body.includes('"deferred"'));
  const [counted, consents] = [tallies().length, acts.posts(world, 'consents').length];
  const visit = await world.newPage({ body: acts.gated(ads()) });
  const { page, context } = visit;
  await page.waitForSelector(first('reject'));
  await leave(visit);
  await page.waitForSelector('.samtycke-first', { state: 'detached' });
  await vi.waitFor(() => expect(tallies()).toHaveLength(counted + 1));
  await vi.waitFor(() => expect(tallies().at(-1)?.status).toBe(204));
  expect(await acts.state(page)).toMatchObject({ choice: 'deferred', pending: false, allowed: [] });
  expect(await acts.kept(page, context)).toEqual({ ...acts.NOTHING_KEPT, session: [world.tenant.box] });
  expect(await page.evaluate(() => sessionStorage.getItem(sessionStorage.key(0)!))).toBe('d');
  expect(acts.posts(world, 'consents')).toHaveLength(consents);
  expect(strangersSeen()).toEqual([]);
  // Not again in this tab, and from the beginning in the next.
  await page.reload();
  expect(await acts.isAsked(page)).toBe(false);
  const other = await world.newPage({ context });
  expect(await acts.isAsked(other.page)).toBe(true);
  await context.close();
});

/**
 * Protects the informed choice: who asks, for what, and that it can be withdrawn, in the first view (PTS 2023; L3,
 * L19).
 */
test('B5 the first layer says who, what for, how to withdraw', async () => {
  const { page, context } = await world.newPage();
  await page.waitForSelector(first('reject'));
  const region = page.getByRole('region').filter({ has: page.locator('[data-samtycke-action="reject"]') });
  expect(await region.getAttribute('aria-labelledby')).toBe(await region.locator('h2').getAttribute('id'));
  const text = await region.innerText();
  expect(text).toContain('inställningar, statistik och marknadsföring');
  expect(text).toContain('Loomer AB');
  expect(text).toMatch(/ta tillbaka ditt samtycke/);
  const links = await page.$$eval('.samtycke-first a', (all) => all.map((link) => (link as HTMLAnchorElement).href));
  expect(links).toEqual(['https://www.loomer.example/policy']);

  await click(page, first('settings'));
  const all = await page.locator('.samtycke-second').innerText();
  expect(all).toContain('Loomer AB');
  await page.$$eval('.samtycke-second details', (every) => {
    for (const one of every) one.toggleAttribute('open', true);
  });
  const table = await page.$$eval('.samtycke-second td', (cells) => cells.map((cell) => cell.textContent));
  for (const word of ['_stats*', 'stats-queue', 'stranger', '13 månader', '30 dagar']) expect(table).toContain(word);
  await context.close();
});

/** Protects withdrawal: withdrawing is as easy as giving, from every page (GDPR Art. 7(3)). */
test('B6 withdrawing takes no more clicks than giving', async () => {
  const { page, context } = await world.newPage();
  let clicks = 0;
  const counted = async (target: Page, selector: string) => {
    clicks += 1;
    await click(target, selector);
  };
  await counted(page, first('accept'));
  await settled(page, 'given');
  const toGive = clicks;

  for (const body of ['<h1>One</h1>', '<main style="height: 4000px">Long</main>', '']) {
    const next = await world.newPage({ context, body });
    await next.page.waitForSelector(CONTROL);
    for (const control of [CONTROL, acts.WITHDRAW]) {
      const box = await next.page.locator(control).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    // From the page: as many clicks to withdraw as to give.
    clicks = 0;
    await counted(next.page, acts.WITHDRAW);
    await settled(next.page, 'refused');
    expect(clicks).toBe(toGive);
    expect((await acts.state(next.page)).allowed).toEqual([]);
    await next.page.waitForSelector(acts.WITHDRAW, { state: 'detached' });
    // And the settings are there for users who want to undo it, or to withdraw a part.
    await click(next.page, CONTROL);
    await acts.press(next.page, second('accept'));
    await settled(next.page, 'given');
  }
  await context.close();
});

/** Protects withdrawal at sites that have their own place for it, as PTS wants it in the footer. */
test.each(['auto', 'none'])('B6 an own element opens the settings: control %s', async (control) => {
  const body = '<h1>Loomer</h1><a id="own" href="/nowhere" data-samtycke-action="settings"><b>Kakor</b></a>';
  const { page, context, url } = await world.newPage({ body, tag: { 'data-control': control } });
  await accept(page);
  expect(await page.$(CONTROL)).toBeNull();
  await page.click('#own b');
  await click(page, second('reject'));
  await settled(page, 'refused');
  expect(page.url()).toBe(url);
  await context.close();
});

/** A stub of the tag: handles the queue as Google's does, and reports what it saw. */
const TAG = `<template data-samtycke-purpose="${purposes.statistics}"><script nonce="${NONCE}">
  const pass = (entry) => report(JSON.stringify(entry.length ? Array.from(entry) : entry));
  dataLayer.forEach(pass);
  const push = dataLayer.push;
  dataLayer.push = (...entries) => { entries.forEach(pass); return push.apply(dataLayer, entries); };
  gtag('event', 'page_view');
  document.cookie = '_stats1=1; Path=/';
  document.cookie = '_stats2=1; Path=/';
  document.cookie = 'basket=1; Path=/';
  localStorage.setItem('stats-queue', '1');
</script></template>`;

/** Protects users who change their mind: cookies are gone, and scripts do not run again (L23). */
test('B7 a withdrawal clears cookies, tags, and tells Google', async () => {
  const tag = { 'data-google': '' };
  const body = TAG + acts.gated(ads(), purposes.statistics);
  const { page, context } = await world.newPage({ visit: false, tag, body });
  const said: string[] = [];
  await context.exposeFunction('report', (entry: string) => said.push(entry));
  const url = `${world.site.url}/withdrawal`;
  world.site.put('/withdrawal', { html: `<!doctype html><title>W</title>${world.tag(tag)}${body}` });
  await page.goto(url);
  await accept(page);
  await vi.waitFor(() => expect(strangersSeen()).toEqual(acts.RELEASED), 10_000);
  await vi.waitFor(() => expect(said.join()).toContain('page_view'));
  const names = async () => (await context.cookies(url)).map(({ name }) => name).sort();
  expect(await names()).toEqual(['_stats1', '_stats2', 'basket', world.tenant.cookie]);

  const reloaded = page.waitForEvent('load');
  await click(page, CONTROL);
  await click(page, second('reject'));
  await reloaded;
  await settled(page, 'refused');
  expect(await names()).toEqual(['basket', world.tenant.cookie]);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

  const commands = said.map((entry) => JSON.parse(entry) as [string, string, Record<string, string>]);
  const short = commands.map(([what, how, types]) => `${what} ${how} ${types?.analytics_storage ?? ''}`.trim());
  expect(short).toEqual([
    'consent default denied',
    'consent update denied',
    'consent update granted',
    'event page_view',
    'consent update denied',
  ]);
  world.strangers.seen.length = 0;
  const next = await world.newPage({ context, tag, body });
  expect(await acts.isAsked(next.page)).toBe(false);
  expect(strangersSeen()).toEqual([]);
  const queue = await next.page.evaluate(() =>
    (window as unknown as { dataLayer: IArguments[] }).dataLayer.map((entry) => Array.from(entry)),
  );
  expect(JSON.stringify(queue)).not.toContain('granted');
  expect(queue[0]?.slice(0, 2)).toEqual(['consent', 'default']);
  await context.close();
});

test('B7 a refusal leaves other cookies and the page alone', async () => {
  const { page, context } = await world.newPage({
    body: `<script nonce="${NONCE}">document.cookie = 'basket=1'</script>`,
  });
  await page.evaluate(() => Object.assign(window, { here: true }));
  await refuse(page);
  expect(await page.evaluate(() => 'here' in window)).toBe(true);
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['basket', world.tenant.cookie]);
  await context.close();
});
