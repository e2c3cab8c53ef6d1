import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { HEAD, log, logged, opened, openGated, permit, settle, soon, startGateLab, startTag, told } from './gated.js';
import { click } from './harness/click.js';
import { ADS, type Lab, SITE, VIDEO, type Visit } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let lab: Lab;

beforeAll(async () => {
  lab = await startGateLab({ frameworks: 'test/browser/frameworks.ts' });
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.requests.length = 0;
});

const asked = (host: string) => lab.requests.filter((request) => request.startsWith(`${host}/`));
const frames = (visit: Visit) => visit.page.frames().filter((frame) => frame.url().includes(VIDEO)).length;

describe('a template with children of its own', () => {
  const made = `const template = document.createElement('template');
    template.dataset.samtyckePurpose = 'p.film';
    const film = document.createElement('iframe');
    film.src = '$';`;
  const orders: [string, string][] = [
    ['children first', `${made} template.append(film); document.body.append(template)`],
    ['template first', `${made} document.body.append(template); template.append(film)`],
    [
      'within another',
      `${made} const outer = document.createElement('template'); outer.dataset.samtyckePurpose = 'p.film';
      template.append(film); outer.append(template); document.body.append(outer)`,
    ],
    ['later on', `${made} document.body.append(template); setTimeout(() => template.append(film))`],
    [
      'by innerHTML',
      `const template = document.createElement('template'); template.dataset.samtyckePurpose = 'p.film';
      const box = document.createElement('div'); box.innerHTML = '<iframe src="$"></iframe>';
      template.append(...box.childNodes); document.body.append(template)`,
    ],
  ];
  test.each(orders)('%s: emptied at once, warned once, shown after a grant', async (_, make) => {
    const film = lab.url('/frame', VIDEO);
    const visit = await openGated(lab, '<p>page</p>');
    await visit.page.evaluate(make.replaceAll('$', film));
    await soon(() => expect(told(visit)).not.toEqual([]));
    expect(told(visit).join()).toContain('data-samtycke-src');
    expect(await visit.page.$('template iframe')).toBeNull();
    expect(frames(visit)).toBe(0);

    await permit(visit, 'p.film');
    await soon(() => expect(frames(visit)).toBe(1));
    await permit(visit);
    await soon(() => expect(frames(visit)).toBe(0));
    await settle(visit);
    expect(new Set(told(visit)).size).toBe(1);
  });

  test.each(['reactTemplate', 'vueTemplate'])('%s', async (name) => {
    const film = lab.url('/frame', VIDEO);
    const visit = await openGated(lab, '<main></main>');
    await visit.page.evaluate(
      `import('/lab/frameworks.js').then((made) => made.${name}(document.querySelector('main'), 'p.film', '${film}'))`,
    );
    await visit.page.waitForSelector('.samtycke-embed');
    expect(frames(visit)).toBe(0);
    await permit(visit, 'p.film');
    await soon(() => expect(frames(visit)).toBe(1));
    await soon(() => expect(told(visit)).toHaveLength(1));
  });

  const ASKED: [what: string, make: string, asked: boolean][] = [
    [
      'an iframe that is lazy',
      "made = Object.assign(document.createElement('iframe'), { loading: 'lazy', src: '$' })",
      false,
    ],
    ['a script', "made = Object.assign(document.createElement('script'), { text: 'fetch(\"$\")' })", true],
  ];
  test.each(ASKED)('docs/gate.md is right about %s', async (_, make, isAsked) => {
    const visit = await openGated(lab, '<p>page</p>');
    await visit.page.evaluate(`let ${make.replace('$', lab.url('/pixel.png', VIDEO))};
      const template = document.createElement('template'); template.dataset.samtyckePurpose = 'p.film';
      template.append(made); document.body.append(template)`);
    await soon(() => expect(told(visit)).not.toEqual([]));
    await settle(visit);
    if (isAsked) await soon(() => expect(asked(VIDEO)).toHaveLength(1));
    else expect(asked(VIDEO)).toEqual([]);
  });

  test('content added to a released template is released too', async () => {
    const visit = await openGated(lab, '<template id="gate" data-samtycke-purpose="p.film"><b>one</b></template>', [
      'p.film',
    ]);
    await visit.page.waitForSelector('b');
    await visit.page.evaluate("gate.sync; document.querySelector('#gate').append(document.createElement('i'))");
    await visit.page.waitForSelector('body > i', { state: 'attached' });
    await permit(visit);
    expect(await visit.page.$('body > i, body > b')).toBeNull();
  });
});

test('a page hydrated after its placeholder stays held', async () => {
  const film = lab.url('/frame', VIDEO);
  const frame = `<iframe data-samtycke-purpose="p.film" data-samtycke-src="${film}" title="Film"></iframe>`;
  const visit = await openGated(lab, `<main><section>${frame}</section></main>`);
  await visit.page.waitForSelector('.samtycke-embed');
  await visit.page.evaluate(
    `import('/lab/frameworks.js').then((made) => made.reactHydrate(document.querySelector('main'), 'p.film', '${film}'))`,
  );
  await visit.page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  await settle(visit);
  await visit.page.waitForSelector('.samtycke-embed');
  expect(await visit.page.$$('.samtycke-embed')).toHaveLength(1);
  expect(asked(VIDEO)).toEqual([]);
  await permit(visit, 'p.film');
  await soon(() => expect(frames(visit)).toBe(1));
  await visit.page.waitForSelector('.samtycke-embed', { state: 'detached' });
  expect(await visit.page.$$('iframe')).toHaveLength(1);
});

describe('lazy loaders', () => {
  /** What most of them do, in a few lines. */
  const LOADER = `<script>
    const lazy = () => { for (const element of document.querySelectorAll('.lazyload')) {
      element.classList.replace('lazyload', 'lazyloaded');
      for (const name of ['src', 'srcset', 'poster']) if (element.dataset[name]) element[name] = element.dataset[name];
    } };
  </script>`;
  const body = `<iframe class="lazyload" data-samtycke-purpose="p.film" data-src="$frame" title="Film"></iframe>
    <img class="lazyload" alt="" data-samtycke-purpose="p.film" data-src="$pixel.png" data-srcset="$pixel.png?2 2x">`;
  const page = (text: string) => text.replaceAll('$', lab.url('/', ADS));

  test('a lazy loader finds no address, without a warning', async () => {
    const visit = await openGated(lab, page(LOADER + body));
    await visit.page.waitForSelector('.samtycke-embed');
    await visit.page.evaluate('lazy()');
    await settle(visit);
    expect(asked(ADS)).toEqual([]);
    expect(told(visit)).toEqual([]);
    await permit(visit, 'p.film');
    await soon(() => expect(asked(ADS)).toEqual(expect.arrayContaining([`${ADS}/frame`, `${ADS}/pixel.png`])));
    await visit.page.evaluate('gate.stop()');
    expect(await visit.page.getAttribute('iframe', 'data-src')).toBe(lab.url('/frame', ADS));
  });

  test('an address that a framework rewrites is held, and counts', async () => {
    const visit = await openGated(lab, page(LOADER + body));
    await visit.page.waitForSelector('.samtycke-embed');
    await visit.page.evaluate(`document.querySelector('iframe').dataset.src = '${lab.url('/frame', VIDEO)}';
      document.querySelector('iframe').className = 'lazyload'; setTimeout(lazy)`);
    await visit.page.waitForSelector('iframe.lazyloaded', { state: 'attached' });
    await settle(visit);
    expect([...asked(VIDEO), ...asked(ADS)]).toEqual([]);
    await permit(visit, 'p.film');
    await soon(() => expect(frames(visit)).toBe(1));
    expect(asked(ADS).filter((request) => request.endsWith('/frame'))).toEqual([]);
  });

  test('an address that a loader set is removed, reported once', async () => {
    const visit = await openGated(lab, page(body));
    await visit.page.waitForSelector('.samtycke-embed');
    await visit.page.evaluate(`document.querySelector('iframe').src = '/frame';
      document.querySelector('img').setAttribute('srcset', '${lab.url('/pixel.png', ADS)} 3x')`);
    await settle(visit);
    expect(await visit.page.$('iframe[src], img[srcset]')).toBeNull();
    expect(visit.page.frames().filter((frame) => frame.url().endsWith('/frame'))).toEqual([]);
    expect(asked(ADS)).toEqual([]);
    await soon(() => expect(told(visit)).toHaveLength(2));
    await visit.page.evaluate("document.querySelector('img').src = '/pixel.png'");
    await settle(visit);
    expect(await visit.page.$('img[src]')).toBeNull();
    expect(told(visit)).toHaveLength(2);
  });

  test('an earlier lazy loader loses what it set', async () => {
    const visit = await openGated(lab, page(`${LOADER}${body}<script>lazy()</script>`));
    await settle(visit);
    expect(await visit.page.$('iframe[src], img[src], img[srcset]')).toBeNull();
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('iframe[src]');
    await permit(visit);
    expect(await visit.page.$('iframe[src], img[src], img[srcset]')).toBeNull();
  });

  test('a lazy loader ignores our own attributes', async () => {
    const visit = await openGated(lab, page(LOADER + body.replaceAll('data-src', 'data-samtycke-src')));
    await visit.page.evaluate('lazy()');
    await settle(visit);
    expect(told(visit)).toEqual([]);
    expect(asked(ADS)).toEqual([]);
    await permit(visit, 'p.film');
    await soon(() => expect(asked(ADS)).toEqual(expect.arrayContaining([`${ADS}/frame`, `${ADS}/pixel.png`])));
  });

  test("an address in the browser's own attribute is held too", async () => {
    const visit = await openGated(
      lab,
      `<iframe data-samtycke-purpose="p.film" src="/frame" title="Film"></iframe>
       <img alt="" data-samtycke-purpose="p.film" src="data:," srcset="/pixel.png 2x">`,
    );
    await visit.page.waitForSelector('.samtycke-embed');
    expect(await visit.page.$('iframe[src], img[srcset]')).toBeNull();
    expect(await visit.page.getAttribute('img', 'src')).toBe('data:,');
    await soon(() => expect(told(visit)).toHaveLength(2));
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('iframe[src="/frame"]');
    expect(await visit.page.getAttribute('img', 'srcset')).toBe('/pixel.png 2x');
    await permit(visit);
    expect(await visit.page.$('iframe[src], img[srcset]')).toBeNull();
  });

  test('href, poster, and an element with two addresses', async () => {
    const visit = await openGated(
      lab,
      `<link rel="stylesheet" data-samtycke-purpose="p.film" data-samtycke-href="/theme.css">
       <video data-samtycke-purpose="p.film" poster="/none.png" data-samtycke-poster="/pixel.png"></video>`,
    );
    await permit(visit, 'p.film');
    await soon(() => expect(lab.requests).toEqual(expect.arrayContaining([`${SITE}/theme.css`, `${SITE}/pixel.png`])));
    await permit(visit);
    expect(await visit.page.getAttribute('video', 'poster')).toBe('/none.png');
    expect(await visit.page.getAttribute('link', 'href')).toBeNull();
  });
});

test('a prerendered page releases nothing before it is shown', async () => {
  lab.put('/count.js', { body: "log.push('counted')" });
  const address = lab.page(`${HEAD}<body>
    <script>let hidden = true;
      Object.defineProperty(document, 'prerendering', { get: () => hidden });
      window.show = () => { hidden = false; document.dispatchEvent(new Event('prerenderingchange')); };</script>
    <script type="text/plain" data-category="analytics" src="/count.js"></script>
    <iframe data-samtycke-purpose="statistics" data-src="/frame"></iframe>
    <template data-samtycke-purpose="statistics"><b>inner</b></template>${startTag(['statistics'])}</body>`);
  const visit = await opened(await lab.open(address));
  await permit(visit, 'statistics');
  await visit.page.waitForFunction(
    "performance.getEntriesByType('resource').some(({ name }) => name.includes('keeper'))",
  );
  await visit.page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  );
  expect(asked(SITE).filter((request) => /count|frame/.test(request))).toEqual([]);
  expect(await visit.page.$('b')).toBeNull();
  await visit.page.evaluate('show()');
  await logged(visit, 'counted');
  await visit.page.waitForSelector('b');
  await soon(() => expect(lab.requests).toContain(`${SITE}/frame`));
});

describe('words', () => {
  test('an unknown purpose warns once, and lists known ones', async () => {
    const visit = await openGated(
      lab,
      `<script type="text/plain" data-samtycke-purpose="statistik">1</script>
       <script type="text/plain" data-name="p.filmer">1</script>
       <iframe data-samtycke-purpose="p.film" data-samtycke-vendor="spolen" data-src="/frame"></iframe>
       <template data-samtycke-purpose=""><b>x</b></template>
       <img alt="" data-samtycke-purpose="p.film" data-samtycke-vendor="rullen" data-src="/pixel.png">
       <script type="text/plain" data-category="analytics">1</script>
       <img alt="" data-name="Anna" data-src="/anna.png">`,
    );
    await soon(() => expect(told(visit)).toHaveLength(4));
    await permit(visit, 'p.count');
    await settle(visit);
    const lines = told(visit);
    expect(lines).toHaveLength(4);
    for (const word of ['"statistik"', '"p.filmer"', '"p.film/spolen"', 'no purpose is named'])
      expect(lines.filter((line) => line.includes(word))).toHaveLength(1);
    expect(lines[0]).toContain('necessary, preferences, statistics, marketing, p.film, p.film/rullen, p.count');
  });

  test('a page with held scripts only loads nothing more', async () => {
    const visit = await openGated(lab, '<script type="text/plain" data-category="analytics">1</script>');
    await visit.page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const loaded = await visit.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
    expect((loaded as string[]).filter((name) => /keeper|release|mistakes/.test(name))).toEqual([]);
  });

  test('one service of a purpose', async () => {
    const visit = await openGated(
      lab,
      `<iframe data-samtycke-purpose="p.film" data-samtycke-vendor="rullen" data-src="/frame" title="Film"></iframe>
       <script type="text/plain" data-samtycke-purpose="p.film" data-samtycke-vendor="spolen">log.push('other')</script>`,
    );
    const text = await visit.page.textContent('.samtycke-embed');
    expect(text).toContain('Rullen AB');
    expect(text).toContain('your yes to marketing');
    expect(text).toContain('Films. Plays films of others');
    await click(visit.page, '.samtycke-embed button');
    expect(await visit.page.evaluate('asked')).toEqual([['p.film/rullen', true]]);
    await permit(visit, 'p.film/rullen');
    await visit.page.waitForSelector('iframe[src]');
    await settle(visit);
    expect(await log(visit)).toEqual([]);
  });
});

test('a grant to all services names each of them', async () => {
  const frame = (attributes: string) => `<iframe ${attributes} data-src="/frame" title="Film"></iframe>`;
  for (const [attributes, word] of [
    ['data-samtycke-purpose="p.film"', 'p.film'],
    ['data-samtycke-purpose="marketing"', 'marketing'],
  ]) {
    const visit = await openGated(lab, frame(attributes!));
    expect(await visit.page.textContent('.samtycke-embed')).toMatch(/Services: Rullen AB/);
    await click(visit.page, '.samtycke-embed button');
    expect(await visit.page.evaluate('asked')).toEqual([[word, true]]);
  }
  const one = await openGated(lab, frame('data-samtycke-purpose="p.film" data-samtycke-vendor="rullen"'));
  expect(await one.page.textContent('.samtycke-embed')).not.toContain('Services');
});

describe('klaro’s markup', () => {
  test("klaro's frames and pictures wait; a shop's do not", async () => {
    const visit = await openGated(
      lab,
      `<iframe data-name="p.film" data-src="/frame" title="Film"></iframe>
       <img id="count" alt="" data-name="p.count" data-src="/pixel.png">
       <img id="anna" alt="" data-name="Anna" data-src="/anna.png">`,
    );
    await visit.page.waitForSelector('.samtycke-embed');
    await visit.page.evaluate("anna.src = anna.dataset.src; anna.src = '/anna-large.png'");
    await settle(visit);
    expect(await visit.page.getAttribute('#anna', 'src')).toBe('/anna-large.png');
    expect(await visit.page.$$('.samtycke-embed')).toHaveLength(1);
    await permit(visit, 'p.film', 'p.count');
    await visit.page.waitForSelector('iframe[src]');
    await visit.page.waitForSelector('#count[src]', { state: 'attached' });
    expect(await visit.page.$('.samtycke-embed')).toBeNull();
    await permit(visit);
    expect(await visit.page.$('iframe[src], #count[src]')).toBeNull();
    expect(told(visit)).toEqual([]);
  });
});
