/** The demo's `/preview`: a gallery of the banner in every state, on an ordinary page and on a hostile one. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from './harness/chromium.js';
import { type FaultProxy, startProxy } from './harness/proxy.js';
import { type Server, startServer } from './harness/server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
/** Besides the first layer, with which a page of the gallery starts. */
const OTHERS = ['again', 'second', 'control', 'signal'];

let server: Server;
let proxy: FaultProxy;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({}, 'demo');
  proxy = await startProxy(() => server.url);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.remove();
});

async function gallery(query: string): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${proxy.url}/preview?${query}`);
  return { page, errors };
}

/** Guards that do not hold for the large state, once it has been measured. */
async function failures(page: Page): Promise<string[]> {
  await page.waitForSelector('.summary[data-ok]');
  const guards = await page.$$eval('.guards li', (all) =>
    all.map((each) => `${(each as HTMLElement).dataset.ok} ${each.textContent}`),
  );
  expect(guards.length, `${await page.textContent('.summary')}`).toBeGreaterThan(8);
  return guards.filter((each) => !each.startsWith('true'));
}

/** Chooses by hand. */
async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.check(`[name=${name}][value=${value}]`, { force: true });
}

const stage = (page: Page) => page.frameLocator('.large iframe');

test('by hand: hostile page, bar, modal, and back', async () => {
  const { page, errors } = await gallery('lang=sv&language=sv');
  expect(await failures(page)).toEqual([]);
  await choose(page, 'page', 'hostile');
  expect(await failures(page)).toEqual([]);
  expect(
    await stage(page)
      .locator('body')
      .evaluate((body) => getComputedStyle(body).transform),
  ).not.toBe('none');
  for (const layout of ['bar', 'modal']) {
    await choose(page, 'layout', layout);
    expect(await failures(page)).toEqual([]);
    expect(await stage(page).locator(`.samtycke-${layout}`).count()).toBe(1);
  }
  await choose(page, 'page', 'plain');
  expect(await failures(page)).toEqual([]);
  expect(
    await stage(page)
      .locator('body')
      .evaluate((body) => getComputedStyle(body).transform),
  ).toBe('none');
  expect(errors).toEqual([]);
});

test.each(['width=320', 'width=1280'])('every state of the banner holds on a hostile page, %s', async (width) => {
  const { page, errors } = await gallery(`lang=en&language=ar&page=hostile&${width}`);
  expect(await failures(page)).toEqual([]);
  for (const show of OTHERS) {
    await choose(page, 'show', show);
    expect(await failures(page), show).toEqual([]);
  }
  expect(errors).toEqual([]);
});

test('a placeholder is unchanged on a hostile page', async () => {
  const { page, errors } = await gallery('lang=en&language=sv&show=placeholder');
  expect(await failures(page)).toEqual([]);
  await choose(page, 'page', 'hostile');
  expect(await failures(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test('asked again: shows changes, and what refusing withdraws', async () => {
  const { page } = await gallery('lang=en&language=en&show=again');
  expect(await failures(page)).toEqual([]);
  const question = stage(page).locator('.samtycke-first');
  expect(await question.locator('li').count()).toBe(2);
  expect(await question.textContent()).toContain('“Refuse all” also withdraws');
  await choose(page, 'show', 'signal');
  expect(await failures(page)).toEqual([]);
  expect(await stage(page).locator('.samtycke-control span').textContent()).toBeTruthy();
});

test.each(['sv', 'en'])('axe finds nothing in the page itself, %s', async (lang) => {
  const { page } = await gallery(`lang=${lang}`);
  await failures(page);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
  expect(found).toEqual([]);
});
