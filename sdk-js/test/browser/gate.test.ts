import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { launch } from './harness/chromium.js';
import { click } from './harness/click.js';
import { type Lab, SITE, startLab, VIDEO, type Visit } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

type Violation = { id: string; nodes: { html: string; any: { message: string }[] }[] };

const AXE = createRequire(import.meta.url).resolve('axe-core');

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ gate: 'src/gate/index.ts', clear: 'src/gate/clear.ts' });
  lab.put('/frame', { body: '<!doctype html><title>film</title><p>film', type: 'text/html' });
  lab.put('/pixel.png', { body: '', type: 'image/png' });
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.requests.length = 0;
  for (const name of ['a', 'b', 'c', 'd']) lab.put(`/${name}.js`, { body: `log.push('${name}')` });
});

const WORDS = {
  categories: { necessary: 'Necessary', preferences: 'Preferences', statistics: 'Statistics', marketing: 'Marketing' },
  embed: 'Content from {host} needs your yes to {category}.',
  embed_load: 'Show content from {host}',
  embed_link: 'Open at {host}',
};
const DOCUMENT = {
  language: 'en',
  direction: 'ltr',
  words: WORDS,
  purposes: [{ id: 'p.film', category: 'marketing', gpc: true }],
  text: {
    withdraw: 'You can take it back.',
    purposes: [{ id: 'p.film', title: 'Films', description: 'Plays films of others' }],
  },
};

/** The page's own start: `permit('a', 'b')` changes the permissions. */
const start = (nonce = '', port = '') => `<script type="module" ${nonce && `nonce="${nonce}"`}>
  import { createGate } from '/lab/gate.js';
  let permitted = [];
  window.asked = [];
  window.gate = createGate({
    nonce: ${nonce ? `'${nonce}'` : 'undefined'},
    ask: (words, said) => window.asked.push([...words, said]),
    document: async () => (${JSON.stringify(DOCUMENT)}),
    ${port}
  });
  window.permit = (...now) => { permitted = now; window.gate.sync((word) => permitted.includes(word)); };
  window.permit();
  window.started = true;
</script>`;

const head = (nonce = '') => `<head><title>t</title><script ${nonce && `nonce="${nonce}"`}>
  window.log = [];
  document.addEventListener('securitypolicyviolation', (event) => log.push('violation ' + event.violatedDirective));
</script></head>`;

async function open(body: string, headers: Record<string, string> = {}, nonce = '', port = ''): Promise<Visit> {
  return started(await lab.open(lab.page(`${head(nonce)}<body>${body}${start(nonce, port)}</body>`, headers)));
}

async function started(visit: Visit): Promise<Visit> {
  await visit.page.waitForFunction('window.started');
  return visit;
}

const permit = ({ page }: Visit, ...words: string[]) =>
  page.evaluate((words) => (window as unknown as { permit(...words: string[]): void }).permit(...words), words);
const log = ({ page }: Visit) => page.evaluate('log') as Promise<string[]>;
const logged = ({ page }: Visit, ...words: string[]) =>
  page.waitForFunction(
    (words) => words.every((word) => (globalThis as unknown as { log: string[] }).log.includes(word)),
    words,
  );

/** Once a script that needs nothing has run, everything due has been released. */
async function settle(visit: Visit): Promise<void> {
  await visit.page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset.category = 'necessary';
    script.nonce = document.querySelector('script')?.nonce ?? '';
    script.text = 'window.settled = (window.settled ?? 0) + 1';
    document.body.append(script);
  });
  await visit.page.waitForFunction((before) => ((globalThis as { settled?: number }).settled ?? 0) > before, 0);
  await visit.page.evaluate('window.settled = 0');
}

describe('scripts', () => {
  const mixed = `
    <script type="text/plain" data-samtycke-purpose="p.count" src="/a.js"></script>
    <template data-samtycke-purpose="statistics"><script>log.push('inline 1')</script><script src="/b.js"></script>
      <p id="between">text</p><img alt="" src="/pixel.png"><script>log.push('inline 2 ' + !!between)</script></template>
    <script type="text/plain" data-category="analytics">log.push('inline 3')</script>
    <script type="text/plain" data-cookieconsent="statistics, marketing" src="/c.js"></script>
    <script type="text/plain" data-type="module" data-name="ads">log.push('module ' + import.meta.url.slice(0, 4))</script>
    <script type="text/plain" data-category="marketing" src="/d.js"></script>`;

  test('nothing runs before permission, then all run in order', async () => {
    let go = () => {};
    lab.put('/a.js', { body: "log.push('a')", after: new Promise<void>((done) => (go = done)) });
    const visit = await open(mixed);
    await settle(visit);
    expect(await log(visit)).toEqual([]);
    expect(lab.requests.filter((request) => !/\/pages\/|favicon/.test(request))).toEqual([]);

    await permit(visit, 'p.count', 'statistics', 'marketing');
    await vi.waitFor(() => expect(lab.requests).toContain(`${SITE}/a.js`));
    expect(await log(visit)).toEqual([]);
    go();
    await logged(visit, 'd');
    expect(await log(visit)).toEqual(['a', 'inline 1', 'b', 'inline 2 true', 'inline 3', 'c', 'module http', 'd']);
    expect(await visit.page.evaluate('gate.ran().sort()')).toEqual(['marketing', 'necessary', 'p.count', 'statistics']);
  });

  test('each script runs once, even if given again or moved', async () => {
    const visit = await open(mixed);
    for (let round = 0; round < 2; round += 1) {
      await permit(visit, 'p.count', 'statistics', 'marketing');
      await logged(visit, 'd');
      await settle(visit);
      await permit(visit);
      await settle(visit);
    }
    await permit(visit, 'p.count', 'statistics', 'marketing');
    await visit.page.evaluate(() => document.body.append(...document.querySelectorAll('script')));
    await settle(visit);
    expect(await log(visit)).toHaveLength(8);
  });

  test('an element with two purposes waits for both', async () => {
    const visit = await open(mixed);
    await permit(visit, 'statistics');
    await logged(visit, 'inline 3');
    await settle(visit);
    expect(await log(visit)).toEqual(['inline 1', 'b', 'inline 2 true', 'inline 3']);
    expect(await visit.page.evaluate('gate.ran().sort()')).toEqual(['necessary', 'statistics']);
  });

  test('scripts run after the paint that shows the click', async () => {
    const visit = await open(`<script type="text/plain" data-category="analytics">log.push('ran')</script>
      <button id="yes">yes</button>`);
    await visit.page.evaluate(() => {
      const { log, permit } = globalThis as unknown as { log: string[]; permit(word: string): void };
      document.querySelector('#yes')?.addEventListener('click', async () => {
        permit('statistics');
        requestAnimationFrame(() => log.push('frame'));
        log.push('click');
        await Promise.resolve();
        log.push('microtask');
      });
    });
    await visit.page.click('#yes');
    await logged(visit, 'ran');
    expect(await log(visit)).toEqual(['click', 'microtask', 'frame', 'ran']);
  });

  test('attributes are kept; a wrong integrity does not run', async () => {
    const good = `sha256-${createHash('sha256').update("log.push('b')").digest('base64')}`;
    lab.put('/b.js', { body: "log.push('b')" });
    const visit = await open(`
      <script id="bad" type="text/plain" data-category="analytics" src="/a.js" integrity="sha256-AAAA"></script>
      <script id="good" type="text/plain" data-category="analytics" src="/b.js" integrity="${good}" crossorigin="anonymous"
        referrerpolicy="no-referrer" data-site="7" fetchpriority="low"></script>
      <script type="text/plain" data-category="analytics">log.push('end')</script>`);
    await permit(visit, 'statistics');
    await logged(visit, 'end');
    expect(await log(visit)).toEqual(['b', 'end']);
    expect(await visit.page.evaluate("document.querySelector('#good').outerHTML")).toBe(
      `<script id="good" data-category="analytics" src="/b.js" integrity="${good}" crossorigin="anonymous" referrerpolicy="no-referrer" data-site="7" fetchpriority="low"></script>`,
    );
  });

  test('nodes added later or by innerHTML run', async () => {
    const visit = await open('<main></main>');
    await permit(visit, 'statistics');
    await visit.page.evaluate(() => {
      document.querySelector('main')!.innerHTML = `
        <script type="text/plain" data-category="analytics" data-src="/a.js"></script>
        <script type="text/plain" data-category="analytics" src="/b.js" async></script>
        <script type="text/plain" data-category="marketing">log.push('never')</script>
        <template data-samtycke-purpose="statistics"><script>log.push('inner')</script></template>`;
    });
    await logged(visit, 'a', 'b', 'inner');
    await settle(visit);
    expect((await log(visit)).sort()).toEqual(['a', 'b', 'inner']);
  });

  test('an error in a released script does not stop the others', async () => {
    const visit =
      await open(`<script>window.onerror = () => { throw new Error('handler') }; undefinedFunction()</script>
      <script type="text/plain" data-category="analytics">throw new Error('in a tag')</script>
      <script type="text/plain" data-category="analytics" src="/missing.js"></script>
      <iframe data-samtycke-purpose="statistics" data-src="http://["></iframe>
      <script type="text/plain" data-category="analytics">log.push('still runs')</script>`);
    await permit(visit, 'statistics');
    await logged(visit, 'still runs');
  });

  test('an empty, unknown or negated name is denied', async () => {
    const visit = await open(`<script type="text/plain" data-samtycke-purpose="">log.push('empty')</script>
      <script type="text/plain" data-category="!analytics">log.push('negated')</script>
      <script type="text/plain" data-category="constructor">log.push('prototype')</script>
      <template data-samtycke-purpose=" "><script>log.push('blank')</script></template>`);
    await permit(visit, 'statistics', 'marketing', 'preferences');
    await settle(visit);
    expect(await log(visit)).toEqual([]);
  });
});

describe('policies', () => {
  const strict =
    "default-src 'none'; script-src 'nonce-n'; connect-src 'self'; frame-src *; img-src *; base-uri 'none'";
  const trusted = `${strict}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const body = `
    <template data-samtycke-purpose="statistics"><script nonce="n">log.push('template')</script><script nonce="n" src="/a.js"></script></template>
    <script type="text/plain" data-category="analytics" nonce="n">log.push('plain ' + document.currentScript.nonce)</script>
    <script type="text/plain" data-category="analytics" nonce="n" src="/b.js" async></script>
    <iframe data-samtycke-purpose="p.film" data-src="/frame" width="400" height="300" title="Film"></iframe>`;

  test('parsed templates and scripts need no Trusted Types policy', async () => {
    const visit = await open(body, { 'Content-Security-Policy': trusted }, 'n');
    await visit.page.waitForSelector('.samtycke-embed button');
    await permit(visit, 'statistics', 'p.film');
    await logged(visit, 'plain n', 'a', 'b');
    await vi.waitFor(() => expect(visit.page.frames().some((frame) => frame.url().endsWith('/frame'))).toBe(true));
    expect((await log(visit)).sort()).toEqual(['a', 'b', 'plain n', 'template']);
    expect(visit.errors).toEqual([]);
  });

  test('Trusted Types refuse what docs/gate.md says', async () => {
    const visit = await open(
      `<template id="inline"><script nonce="n">log.push('cloned inline')</script></template>
       <template id="external"><script nonce="n" src="/a.js"></script></template>
       <link rel="stylesheet" data-samtycke-purpose="p.film" data-href="/theme.css">
       <img alt="" data-samtycke-purpose="p.film" data-src="/pixel.png">`,
      { 'Content-Security-Policy': `${trusted}; style-src 'self'` },
      'n',
    );
    await permit(visit, 'p.film');
    await vi.waitFor(() =>
      expect(lab.requests).toEqual(expect.arrayContaining([`${SITE}/theme.css`, `${SITE}/pixel.png`])),
    );
    expect(await log(visit)).toEqual([]);
    const outcome = await visit.page.evaluate(() => {
      const outcomes: string[] = [];
      const attempt = (name: string, act: () => unknown) => {
        try {
          act();
          outcomes.push(`${name} done`);
        } catch (error) {
          outcomes.push(`${name} ${(error as Error).name}`);
        }
      };
      const make = () => Object.assign(document.createElement('script'), { nonce: 'n' });
      const clone = (id: string) => document.querySelector<HTMLTemplateElement>(id)!.content.cloneNode(true);
      attempt('text', () => Object.assign(make(), { text: 'log.push(1)' }));
      attempt('src', () => Object.assign(make(), { src: '/b.js' }));
      attempt('clones', () => document.body.append(clone('#inline'), clone('#external')));
      return outcomes;
    });
    await logged(visit, 'a');
    expect(outcome).toEqual(['text TypeError', 'src TypeError', 'clones done']);
    expect((await log(visit)).filter((line) => !line.startsWith('violation'))).toEqual(['a']);
  });

  test("klaro's data-src without the policy warns once", async () => {
    const klaro = `<script type="text/plain" data-name="p.a" data-src="/a.js" nonce="n"></script>
      <script type="text/plain" data-name="p.a" nonce="n">log.push('after')</script>`;
    const without = await open(klaro, { 'Content-Security-Policy': trusted }, 'n');
    await permit(without, 'p.a');
    await logged(without, 'after');
    expect((await log(without)).filter((line) => !line.startsWith('violation'))).toEqual(['after']);
    expect(without.console.filter((line) => /^samtycke: .*stays blocked/.test(line))).toHaveLength(1);

    const policy = trusted.replace("trusted-types 'none'", 'trusted-types samtycke');
    const with_ = await open(klaro, { 'Content-Security-Policy': policy }, 'n');
    await permit(with_, 'p.a');
    await logged(with_, 'after');
    expect(await log(with_)).toEqual(['a', 'after']);
  });

  test('a script without the nonce does not run', async () => {
    const visit = await open(
      `<script type="text/plain" data-category="necessary">log.push('injected')</script>
       <template data-samtycke-purpose="necessary"><script>log.push('injected too')</script></template>
       <script type="text/plain" data-category="necessary" nonce="n">log.push('ours')</script>`,
      { 'Content-Security-Policy': "script-src 'nonce-n' 'strict-dynamic'" },
      'n',
    );
    await logged(visit, 'ours');
    expect(await log(visit)).toEqual(['ours']);
    expect(visit.console.filter((line) => line.startsWith('samtycke:'))).toHaveLength(2);
  });
});

describe('embeds', () => {
  test('a placeholder asks, and is replaced without a shift', async () => {
    const film = lab.url('/frame', VIDEO);
    const visit = await open(`<style>body{margin:0} .wide{width:100%;aspect-ratio:16/9;border:0}
        .old{position:relative;height:0;padding-bottom:50%} .old iframe{position:absolute;inset:0;width:100%;height:100%;border:0}</style>
      <a data-samtycke-link href="https://film.example/1">Film</a>
      <iframe data-samtycke-purpose="p.film" data-src="${film}" width="560" height="315" title="Film"></iframe><p id="m1">-</p>
      <iframe class="wide" data-samtycke-purpose="p.film" data-src="${film}"></iframe><p id="m2">-</p>
      <div class="old"><iframe data-samtycke-purpose="p.film" data-src="${film}"></iframe></div><p id="m3">-</p>`);
    const places = () =>
      visit.page.evaluate('[m1, m2, m3].map((mark) => Math.round(mark.getBoundingClientRect().top))');
    await visit.page.waitForFunction("document.querySelectorAll('.samtycke-embed').length === 3");
    const held = await places();
    const text = await visit.page.textContent('.samtycke-embed');
    expect(text).toContain('Content from video.localhost');
    expect(text).toContain('your yes to marketing');
    expect(text).toContain('Films. Plays films of others');
    expect(text).toContain('You can take it back.');
    expect(await visit.page.getAttribute('.samtycke-embed a', 'href')).toBe('https://film.example/1');
    expect(await visit.page.isVisible('a[data-samtycke-link]')).toBe(false);
    expect(lab.requests.filter((request) => request.startsWith(VIDEO))).toEqual([]);

    await click(visit.page, '.samtycke-embed button');
    expect(await visit.page.evaluate('asked')).toEqual([['p.film', true]]);
    await visit.page.evaluate("document.querySelector('.samtycke-embed button').click()");
    expect(await visit.page.evaluate('asked.at(-1)')).toEqual(['p.film', false]);
    await permit(visit, 'p.film');
    await vi.waitFor(() => expect(visit.page.frames().filter((frame) => frame.url() === film)).toHaveLength(3));
    expect(await visit.page.$('.samtycke-embed')).toBeNull();
    expect(await visit.page.evaluate('document.adoptedStyleSheets.length')).toBe(0);
    expect(await places()).toEqual(held);
    expect(await visit.page.evaluate('document.activeElement.localName')).toBe('iframe');
  });

  test('a withdrawal removes embeds without history entries', async () => {
    const visit = await open(`
      <iframe data-samtycke-purpose="p.film" data-src="/frame"></iframe>
      <template data-samtycke-purpose="p.film"><section id="all"><iframe src="/frame"></iframe>
        <template data-samtycke-purpose="p.inner"><b id="inner">inner</b></template></section></template>
      <img alt="" src="/small.png" data-samtycke-purpose="p.film" data-src="/pixel.png" data-srcset="/pixel.png 2x">
      <link rel="stylesheet" data-samtycke-purpose="p.film" data-href="/theme.css">`);
    lab.put('/theme.css', { body: 'body { color: rgb(1, 2, 3) }', type: 'text/css' });
    const length = await visit.page.evaluate('history.length');
    await permit(visit, 'p.film', 'p.inner');
    await visit.page.waitForSelector('#inner');
    await visit.page.waitForFunction("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'");
    await vi.waitFor(() => expect(visit.page.frames()).toHaveLength(3));
    const after = await visit.page.evaluate(() => {
      (globalThis as unknown as { permit(...words: string[]): void }).permit('p.inner');
      const image = document.querySelector('img')!;
      return [
        document.querySelector('#all, #inner') === null,
        document.querySelector('iframe')!.hasAttribute('src'),
        image.getAttribute('src'),
        image.getAttribute('srcset'),
        frames[0]!.location.href,
      ];
    });
    expect(after).toEqual([true, false, '/small.png', null, 'about:blank']);
    await visit.page.waitForFunction("getComputedStyle(document.body).color !== 'rgb(1, 2, 3)'");
    expect(await visit.page.evaluate('history.length')).toBe(length);

    await permit(visit, 'p.film', 'p.inner');
    await visit.page.waitForSelector('#inner');
    await vi.waitFor(() =>
      expect(visit.page.frames().filter((frame) => frame.url().endsWith('/frame'))).toHaveLength(2),
    );
  });

  test('what a framework removes and restores is inert between', async () => {
    const visit = await open(`<main><template data-samtycke-purpose="p.film"><b id="content">x</b></template></main>`);
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('#content');
    await visit.page.evaluate("window.main = document.querySelector('main'); main.remove()");
    await visit.page.evaluate('permit()');
    await visit.page.evaluate('document.body.append(main)');
    await settle(visit);
    expect(await visit.page.$('#content')).toBeNull();
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('#content');
  });

  test('an address that runs code is not released', async () => {
    const visit =
      await open(`<iframe data-samtycke-purpose="necessary" data-src="javascript:parent.log.push('ran')"></iframe>
      <a data-samtycke-purpose="necessary" data-href="javascript:log.push('ran')">x</a>`);
    await settle(visit);
    expect(await visit.page.evaluate("document.querySelector('iframe').hasAttribute('src')")).toBe(false);
    expect(await visit.page.evaluate("document.querySelector('a').hasAttribute('href')")).toBe(false);
    expect(await log(visit)).toEqual([]);
  });

  test('stop leaves the page as it was', async () => {
    const visit = await open(
      `<iframe data-samtycke-purpose="p.film" data-src="/frame"></iframe><template data-samtycke-purpose="p.on"><b>x</b></template>`,
    );
    await visit.page.waitForSelector('.samtycke-embed');
    await permit(visit, 'p.on');
    await visit.page.waitForSelector('b');
    await visit.page.evaluate('gate.stop()');
    await visit.page.waitForFunction("!document.querySelector('.samtycke-embed')");
    expect(
      await visit.page.evaluate(
        "document.querySelector('iframe').outerHTML + document.querySelector('template').outerHTML",
      ),
    ).toBe(
      '<iframe data-samtycke-purpose="p.film" data-src="/frame"></iframe><template data-samtycke-purpose="p.on"><b>x</b></template>',
    );
    expect(await visit.page.evaluate("document.querySelector('b')")).toBeNull();
    expect(await visit.page.evaluate('document.adoptedStyleSheets.length')).toBe(0);
  });

  test('an embed with two purposes asks for the missing one', async () => {
    const visit = await open('<iframe data-samtycke-purpose="p.film marketing" data-src="/frame"></iframe>');
    await permit(visit, 'p.film');
    await click(visit.page, '.samtycke-embed button');
    expect(await visit.page.evaluate('asked')).toEqual([['marketing', true]]);
  });

  test('a video whose sources are held plays after permission', async () => {
    const visit = await open(
      `<video preload="auto"><source data-samtycke-purpose="p.film" data-src="/film.webm"></video>`,
    );
    await settle(visit);
    expect(lab.requests.join()).not.toContain('film.webm');
    await permit(visit, 'p.film');
    await vi.waitFor(() => expect(lab.requests).toContain(`${SITE}/film.webm`));
  });

  test('without JavaScript there is a plain link', async () => {
    const context = await lab.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(
      lab.page(`<body><a data-samtycke-link href="https://film.example/1">Film</a>
      <template data-samtycke-purpose="p.film"><iframe src="${lab.url('/frame', VIDEO)}"></iframe></template>`),
    );
    expect(await page.isVisible('a')).toBe(true);
    expect(lab.requests.filter((request) => request.startsWith(VIDEO))).toEqual([]);
  });

  const looks = [
    ['light', 1280, 'ltr', 'none'],
    ['dark', 1280, 'ltr', 'none'],
    ['light', 320, 'rtl', 'none'],
    ['dark', 320, 'rtl', 'active'],
  ] as const;
  test.each(looks)('axe finds nothing in a placeholder: %s, %i px, %s, %s', async (scheme, width, dir, forced) => {
    const port = `document: async () => ({ ...${JSON.stringify(DOCUMENT)}, direction: '${dir}' }),`;
    const visit = await open(
      `<main><h1>Page</h1><iframe data-samtycke-purpose="p.film" data-src="${lab.url('/frame', VIDEO)}" width="560" height="315" title="Film"></iframe>
        <template data-samtycke-purpose="p.film"><iframe src="/frame" width="200" height="100" title="Small"></iframe></template></main>`,
      {},
      '',
      port,
    );
    await visit.page.emulateMedia({ colorScheme: scheme, forcedColors: forced });
    await visit.page.setViewportSize({ width, height: 800 });
    await visit.page.waitForFunction("document.querySelectorAll('.samtycke-embed').length === 2");
    await visit.page.addScriptTag({ path: AXE });
    const found = await visit.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      return (await axe.run()).violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message}`),
      );
    });
    expect(found).toEqual([]);
    expect(await visit.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env.SHOTS)
      await visit.page.screenshot({ path: `${process.env.SHOTS}/embed-${scheme}-${width}-${forced}.png` });
  });

  test('a page with a gate still goes into the back-forward cache', async () => {
    const browser = await launch(true);
    try {
      // The driver loses a page that comes back from that cache, so the page tells the server.
      const address =
        lab.page(`${head()}<body><script type="text/plain" data-category="analytics">log.push('ran')</script>
        <iframe data-samtycke-purpose="p.film" data-src="/frame"></iframe>
        <script>addEventListener('pageshow', ({ persisted }) => fetch('/shown-' + persisted + '-' + log.length))</script>
        ${start()}</body>`);
      const visit = await started(await lab.open(address, browser));
      await permit(visit, 'statistics');
      await logged(visit, 'ran');
      await visit.page.waitForSelector('.samtycke-embed');
      await visit.page.goto(lab.page('<title>other</title>'));
      await visit.page.evaluate('setTimeout(() => history.back())');
      await vi.waitFor(() => expect(lab.requests.join()).toContain('/shown-true'), 20_000);
      expect(lab.requests).toContain(`${SITE}/shown-true-1`);
    } finally {
      await browser.close();
    }
  });
});
