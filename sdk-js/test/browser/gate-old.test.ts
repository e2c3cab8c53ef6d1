import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HEAD, log, logged, opened, permit, startGateLab, startTag } from './gated.js';
import { ADS, type Lab, type Visit } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let lab: Lab;

beforeAll(async () => {
  lab = await startGateLab({ guard: 'src/guard.ts', clear: 'src/gate/clear.ts' });
  lab.put('/a.js', { body: "log.push('a')" });
});
afterAll(() => lab.close());

/**
 * What Safari 15.4, Chrome 99 or Firefox 97 lack, the oldest that docs/gate.md names; one by one, and then all of it.
 */
const MISSING: Record<string, string> = {
  'URL.canParse': 'delete URL.canParse',
  'constructable style sheets':
    "globalThis.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } }",
  adoptedStyleSheets: 'delete Document.prototype.adoptedStyleSheets',
  'reflected ARIA attributes': 'delete Element.prototype.role; delete Element.prototype.ariaLabel',
  'document.prerendering': 'delete Document.prototype.prerendering',
  'Trusted Types': 'delete globalThis.trustedTypes',
  'a list of databases': 'delete IDBFactory.prototype.databases',
  'service workers': 'delete Navigator.prototype.serviceWorker',
  requestIdleCallback: 'delete globalThis.requestIdleCallback',
  popovers: 'delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.popover',
  'AbortSignal.any and timeout': 'delete AbortSignal.any; delete AbortSignal.timeout',
  'Array methods of 2022 and 2023':
    "for (const name of ['findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name]",
  'Set and Iterator methods, Object.groupBy, Promise.withResolvers, structuredClone':
    'delete Set.prototype.union; delete Iterator.prototype.map; delete Iterator.prototype.some; delete Object.groupBy; delete Promise.withResolvers; delete globalThis.structuredClone',
};

const BODY = `<iframe data-samtycke-purpose="p.film" data-src="/frame" title="Film" width="400" height="300"></iframe>
  <template data-samtycke-purpose="p.film"><script src="/a.js"></script><b>inner</b></template>
  <img id="one" alt="" data-samtycke-purpose="p.film" data-src="/pixel.png">
  <img id="bad" alt="" data-samtycke-purpose="p.film" data-src="http://[">
  <img id="two" alt="" data-samtycke-purpose="p.film" data-src="/pixel.png">
  <script type="text/plain" data-name="p.film">log.push('inline')</script>`;

async function openWithout(removal: string): Promise<Visit> {
  const page = `${HEAD}<body><script>${removal}</script>${BODY}${startTag()}</body>`;
  return opened(await lab.open(lab.page(page)));
}

describe('a browser without', () => {
  test.each([...Object.entries(MISSING), ['all of it', Object.values(MISSING).join(';')]])('%s', async (_, removal) => {
    const visit = await openWithout(removal!);
    await visit.page.waitForSelector('.samtycke-embed button');
    const style = await visit.page.evaluate(() => {
      const box = document.querySelector('.samtycke-embed')!;
      return [getComputedStyle(box).textAlign, box.getAttribute('role'), box.getAttribute('aria-label')];
    });
    expect(style).toEqual(['center', 'group', 'Film']);
    expect(await visit.page.isVisible('iframe')).toBe(false);
    await permit(visit, 'p.film');
    await logged(visit, 'a', 'inline');
    await visit.page.waitForSelector('iframe[src]');
    expect(await visit.page.$$('img[src]')).toHaveLength(2);
    expect(await visit.page.$('#bad[src]')).toBeNull();
    await visit.page.waitForSelector('.samtycke-embed', { state: 'detached' });
    await permit(visit);
    expect(await visit.page.$('b, iframe[src], img[src]')).toBeNull();
    await visit.page.waitForSelector('.samtycke-embed');
    await visit.page.evaluate('gate.stop()');
    await visit.page.waitForSelector('.samtycke-embed', { state: 'detached' });
    expect(await visit.page.$('style')).toBeNull();

    const cleared = await visit.page.evaluate(`(async () => {
      localStorage.film = 1;
      const { clearTerminal } = await import('/lab/clear.js');
      return clearTerminal([{ name: 'film', kind: 'storage' }, { name: '/sw.js', kind: 'worker' }]);
    })()`);
    expect(cleared).toEqual({ cleared: ['film'], left: [{ name: '/sw.js', why: 'not_seen' }] });

    const refused = await visit.page.evaluate(`(async () => {
      const { guard } = await import('/lab/guard.js');
      const blocked = [];
      const down = guard({ rules: [{ hosts: ['${ADS}'], purposes: ['marketing'] }], allowed: () => false,
        report: ({ through }) => blocked.push(through) });
      new Image().src = '${lab.url('/pixel.png', ADS)}';
      new Image().src = 'http://[';
      await fetch('${lab.url('/pixel.png', ADS)}').catch(() => {});
      down();
      return blocked;
    })()`);
    expect(refused).toEqual(['src', 'fetch']);
    expect(visit.errors).toEqual([]);
  });
});

test('a part that fails does not stop the others', async () => {
  const page = `${HEAD}<body><template id="broken" data-samtycke-purpose="p.film"><b>x</b></template>
    <script>Object.defineProperty(broken, 'after', { value() { throw new Error('broken'); } })</script>
    ${BODY}${startTag()}</body>`;
  const visit = await opened(await lab.open(lab.page(page)));
  await permit(visit, 'p.film');
  await logged(visit, 'a', 'inline');
  await visit.page.waitForSelector('body > b');
  await visit.page.waitForSelector('iframe[src]');
  expect(await log(visit)).toEqual(['a', 'inline']);
});

test('a part that fails to load is tried again later', async () => {
  const context = await lab.browser.newContext();
  const page = await context.newPage();
  const visit: Visit = { page, context, console: [], errors: [] };
  let fails = true;
  await page.route(/\/lab\/release/, (route) => (fails ? route.abort() : route.continue()));
  await page.goto(lab.page(`${HEAD}<body>${BODY}${startTag()}</body>`));
  await opened(visit);
  const failed = page.waitForEvent('console', (message) => message.text().includes('release'));
  await permit(visit, 'p.film');
  await failed;
  await page.waitForSelector('iframe[src]');
  await page.waitForFunction("document.querySelectorAll('img[src]').length === 2");
  expect(await log(visit)).toEqual([]);
  fails = false;
  await permit(visit, 'p.film');
  await logged(visit, 'a', 'inline');
});

test('service workers are unregistered by script or scope', async () => {
  const worker = { body: 'self.onfetch = null', type: 'text/javascript', headers: { 'Service-Worker-Allowed': '/' } };
  for (const path of ['/push/sw.js', '/shop/sw.js']) lab.put(path, worker);
  const visit = await lab.open(lab.page('<title>t</title>'));
  const report = await visit.page.evaluate(`(async () => {
    for (const path of ['/push/', '/shop/']) await navigator.serviceWorker.register(path + 'sw.js', { scope: path });
    const { clearTerminal } = await import('/lab/clear.js');
    const entries = [{ name: '/push/*', kind: 'worker' }];
    const reports = [await clearTerminal(entries), await clearTerminal(entries)];
    const left = await navigator.serviceWorker.getRegistrations();
    return [reports, left.map(({ scope }) => new URL(scope).pathname)];
  })()`);
  expect(report).toEqual([
    [
      { cleared: ['/push/'], left: [] },
      { cleared: [], left: [{ name: '/push/*', why: 'not_seen' }] },
    ],
    ['/shop/'],
  ]);
});
