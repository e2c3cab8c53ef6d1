/** The adapters and the declaration in a browser: they hydrate what a server rendered, and follow the permission. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BannerDocument } from '../../src/contract.js';
import { Consent } from '../../src/react.js';
import { launch } from './harness.js';

const root = join(import.meta.dirname, '../..');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

/** An application as a site would bundle it. */
async function bundled(source: string): Promise<string> {
  const folder = mkdtempSync(join(root, 'node_modules', '.samtycke-app-'));
  try {
    writeFileSync(join(folder, 'app.ts'), source);
    const build = await rolldown({
      input: join(folder, 'app.ts'),
      platform: 'browser',
      resolve: { alias: { '@samtycke/banner': join(root, 'src') } },
      transform: { define: { 'process.env.NODE_ENV': '"development"', __VUE_PROD_DEVTOOLS__: 'false' } },
      onLog: () => {},
    });
    const { output } = await build.generate({ format: 'es', codeSplitting: false });
    await build.close();
    return output[0].code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pageWith(body: string): Promise<{ page: Page; said: string[] }> {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.setContent(`<!doctype html><title>Adapters</title>${body}`);
  return { page, said };
}

/** The script tag's instance, with one purpose that `permit` switches. */
const PRETEND = `(() => {
  const listeners = new Set();
  let now = false;
  window.samtycke = {
    allowed: (purpose) => purpose === 'statistics' && now,
    subscribe: (listener) => { listeners.add(listener); listener(); return () => listeners.delete(listener); },
    listeners,
  };
  window.permit = (yes) => { now = yes; for (const listener of listeners) listener(); };
  document.dispatchEvent(new Event('samtycke:ready'));
})()`;

interface Pretend {
  permit(yes: boolean): void;
  samtycke: { listeners: Set<unknown> };
  unmount(): void;
}
const permit = (page: Page, yes: boolean) => page.evaluate((now) => (window as unknown as Pretend).permit(now), yes);
const subscribed = (page: Page) =>
  page.evaluate(() => {
    const { unmount, samtycke } = window as unknown as Pretend;
    unmount();
    return samtycke.listeners.size;
  });

describe.each([
  [
    'react',
    `import { createElement, StrictMode } from 'react';
     import { hydrateRoot } from 'react-dom/client';
     import { Consent } from '@samtycke/banner/react';
     const app = createElement(Consent, { purpose: 'statistics', fallback: 'ask' }, 'chart');
     const at = hydrateRoot(document.getElementById('app'), createElement(StrictMode, null, app));
     window.unmount = () => at.unmount();`,
    renderToString(createElement(Consent, { purpose: 'statistics', fallback: 'ask' }, 'chart')),
  ],
  [
    'vue',
    `import { createSSRApp } from 'vue';
     import { useConsent } from '@samtycke/banner/vue';
     const app = createSSRApp({ setup: () => { const may = useConsent('statistics'); return () => may.value ? 'chart' : 'ask'; } });
     app.mount('#app');
     window.unmount = () => app.unmount();`,
    'ask',
  ],
])('%s', (_name, source, rendered) => {
  test.each([
    ['before', true],
    ['after', false],
  ])('follows the permission, with a script tag that runs %s it', async (_when, first) => {
    const { page, said } = await pageWith(`<div id="app">${rendered}</div>`);
    const text = (wanted: string) =>
      page.waitForFunction((now) => document.getElementById('app')?.textContent === now, wanted, { timeout: 5_000 });
    if (first) await page.evaluate(PRETEND);
    await page.addScriptTag({ type: 'module', content: await bundled(source) });
    await text('ask');
    if (!first) await page.evaluate(PRETEND);
    await permit(page, true);
    await text('chart');
    await permit(page, false);
    await text('ask');
    expect(await subscribed(page)).toBe(0);
    expect(said).toEqual([]);
    await page.close();
  });
});

test('the declaration is a table, and what is in it is text', async () => {
  const { page, said } = await pageWith('<div id="place"></div>');
  const hostile = '<img src=x onerror="document.title=`owned`">';
  const words = (id: string, cookies?: { name: string; lifetime: string; party: string }[]) => ({
    ...{ id, title: `Title of ${id}`, description: hostile, data: '', retention: '', recipients: '', basis: '' },
    ...(cookies ? { cookies } : {}),
  });
  const document: Partial<BannerDocument> = {
    language: 'ar',
    direction: 'rtl',
    purposes: [
      {
        id: 'stats',
        category: 'statistics',
        gpc: false,
        own_statement: false,
        consent_mode: [],
        reask_s: 0,
        terminal: [],
        vendors: [],
      },
    ],
    text: {
      purposes: [words('stats', [{ name: '_a*', lifetime: '30 days', party: hostile }]), words('empty')],
      others: [words('login', [{ name: 'session', lifetime: 'Session', party: 'first' }])],
    } as unknown as BannerDocument['text'],
    words: {
      categories: {
        necessary: 'Necessary',
        preferences: 'Preferences',
        statistics: 'Statistics',
        marketing: 'Marketing',
      },
      cookies: 'Kept here',
      cookie_name: 'Name',
      cookie_lifetime: 'Lifetime',
      cookie_party: 'By',
    } as unknown as BannerDocument['words'],
  };
  await page.evaluate((given) => Object.assign(window, { given }), document);
  const source = `import { declaration } from '@samtycke/banner/declaration';
    document.getElementById('place').append(declaration(window.given)); window.done = true;`;
  await page.addScriptTag({ type: 'module', content: await bundled(source) });
  await page.waitForFunction(() => 'done' in window, undefined, { timeout: 5_000 });
  expect(await page.locator('caption').allTextContents()).toEqual([
    'Kept here: Title of stats (Statistics)',
    'Kept here: Title of login (Necessary)',
  ]);
  expect(await page.locator('th[scope=col]').count()).toBe(6);
  expect(await page.locator('td').allTextContents()).toEqual([
    '_a*',
    '30 days',
    hostile,
    'session',
    'Session',
    'first',
  ]);
  expect(await page.locator('#place > div').getAttribute('dir')).toBe('rtl');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe('Adapters');
  expect(said).toEqual([]);
  await page.close();
});
