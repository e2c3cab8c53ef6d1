import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openGated, permit, startGateLab } from './gated.js';
import type { Lab, Visit } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let lab: Lab;

beforeAll(async () => {
  lab = await startGateLab({ placeholder: 'src/gate/placeholder.ts' });
});
afterAll(() => lab.close());

const film = (style: string, more = '') =>
  `<iframe data-samtycke-purpose="p.film" data-samtycke-src="/frame" title="Film" style="border:0;${style}" ${more}></iframe>`;

type Rect = [left: number, top: number, width: number, height: number];

const rect = ({ page }: Visit, selector: string) =>
  page.evaluate((selector) => {
    const { left, top, width, height } = document.querySelector(selector)!.getBoundingClientRect();
    return [left, top, width, height];
  }, selector) as Promise<Rect>;

/** Two frames, so that everything scheduled has been drawn. */
const drawn = ({ page }: Visit) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))');

const LAYOUTS: [name: string, html: string][] = [
  ['fixed in a corner', film('position:fixed;right:20px;bottom:20px;width:350px;height:450px')],
  ['fixed in the middle', film('position:fixed;top:50%;left:50%;width:40%;height:30vh;transform:translate(-50%,-50%)')],
  [
    'absolute in a static body',
    `<div style="height:3000px"></div>${film('position:absolute;top:420px;width:564px;height:319px')}`,
  ],
  [
    'absolute in a ratio box',
    `<div style="position:relative;padding-bottom:40%;height:0">${film('position:absolute;inset:0;width:100%;height:100%')}</div>`,
  ],
  ['absolute where it stands', `<p>text</p>${film('position:absolute;width:200px;height:100px')}`],
  [
    'growing in a row',
    `<div style="display:flex;gap:8px"><aside style="width:200px">x</aside>${film('flex:1;height:200px')}</div>`,
  ],
  [
    'a column that stretches it',
    `<div style="display:flex;flex-direction:column;width:50%">${film('height:120px')}</div>`,
  ],
  [
    'a cell of a grid',
    `<div style="display:grid;grid-template-columns:1fr 2fr"><p>x</p>${film('width:100%;aspect-ratio:4/3;grid-column:2')}</div>`,
  ],
  ['in the middle', film('display:block;margin:10px auto;width:60%;height:180px')],
  ['on a line of text', `<p>Before ${film('width:160px;height:90px;vertical-align:middle')} after</p>`],
  [
    'with a border of its own',
    `<iframe data-samtycke-purpose="p.film" data-samtycke-src="/frame" title="Film" style="width:300px;padding:7px"></iframe>`,
  ],
  ['by its attributes', film('', 'width="400" height="225"')],
  ['of no stated size', film('')],
  ['a share of an automatic height', `<div style="width:50%">${film('width:100%;height:100%')}</div>`],
  [
    'no wider than its column',
    `<style>iframe { max-width: 100% }</style><div style="width:30%">${film('', 'width="560" height="315"')}</div>`,
  ],
  ['floating', `<p>${film('float:inline-end;width:33%;height:140px;margin:4px')}text</p>`],
  [
    'under a page that is scaled',
    `<div style="transform:scale(.8);transform-origin:0 0">${film('position:absolute;top:40px;left:5%;width:200px;height:150px')}</div>`,
  ],
];

describe('a placeholder is where the frame would be', () => {
  test.each(LAYOUTS)('%s', async (_, html) => {
    const visit = await openGated(lab, `<div>${html}</div><p id="mark">mark</p>`);
    for (const width of [1280, 620]) {
      await visit.page.setViewportSize({ width, height: 700 });
      await permit(visit);
      await visit.page.waitForSelector('.samtycke-embed', { state: 'attached' });
      await drawn(visit);
      const held = [await rect(visit, '.samtycke-embed'), await rect(visit, '#mark')];
      await permit(visit, 'p.film');
      await visit.page.waitForSelector('iframe[src]', { state: 'attached' });
      await visit.page.waitForSelector('.samtycke-embed', { state: 'detached' });
      await drawn(visit);
      const shown = [await rect(visit, 'iframe'), await rect(visit, '#mark')];
      for (const [index, part] of held.flat().entries())
        expect(Math.abs(part - shown.flat()[index]!), `${width}: ${held} and ${shown}`).toBeLessThan(1);
    }
  });

  test.each([
    ['a frame of one pixel', film('width:1px;height:1px')],
    ['a frame that is not displayed', film('display:none')],
  ])('%s: takes no focus', async (_, html) => {
    const visit = await openGated(lab, `${html}<button id="only">only</button>`);
    await visit.page.waitForSelector('.samtycke-embed', { state: 'attached' });
    await drawn(visit);
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.evaluate('document.activeElement.id')).toBe('only');
  });

  test('it follows the window', async () => {
    const visit = await openGated(lab, `<div style="width:50%">${film('width:80%;aspect-ratio:2')}</div>`);
    await visit.page.waitForSelector('.samtycke-embed');
    for (const width of [1000, 500]) {
      await visit.page.setViewportSize({ width, height: 700 });
      await drawn(visit);
      const [, , is, high] = await rect(visit, '.samtycke-embed');
      expect(is).toBeCloseTo((width - 16) * 0.4, 0);
      expect(high).toBeCloseTo(is / 2, 0);
    }
  });

  test.each([
    ['hidden', 'hidden', 'tab.hidden = false'],
    ['style', 'style="display:none"', "tab.style.display = 'flex'"],
  ])('in a tab that is shown later, by %s', async (_, attribute, show) => {
    const visit = await openGated(lab, `<div id="tab" ${attribute}>${film('flex:1;width:564px;height:319px')}</div>`);
    await visit.page.waitForSelector('.samtycke-embed', { state: 'attached' });
    await visit.page.evaluate(show);
    await drawn(visit);
    const held = await rect(visit, '.samtycke-embed');
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('.samtycke-embed', { state: 'detached' });
    const shown = await rect(visit, 'iframe');
    for (const [index, part] of held.entries())
      expect(Math.abs(part - shown[index]!), `${held} ${shown}`).toBeLessThan(1);
  });

  test('of a template: sized as its frame, removed completely', async () => {
    lab.requests.length = 0;
    const visit = await openGated(
      lab,
      `<style>.film { width: 70%; aspect-ratio: 16/9; border: 0 }</style>
       <template data-samtycke-purpose="p.film"><iframe class="film" src="/frame" title="Film"></iframe></template>`,
    );
    await visit.page.waitForSelector('.samtycke-embed');
    const held = await rect(visit, '.samtycke-embed');
    expect(await visit.page.evaluate('frames.length')).toBe(0);
    await permit(visit, 'p.film');
    await visit.page.waitForSelector('iframe.film');
    const shown = await rect(visit, 'iframe.film');
    for (const [index, part] of held.entries())
      expect(Math.abs(part - shown[index]!), `${held} ${shown}`).toBeLessThan(1);
    expect(lab.requests.filter((request) => request.endsWith('/frame'))).toHaveLength(1);
  });
});

test("it follows the page's language, with an isolated host", async () => {
  const visit = await openGated(lab, film('width:500px;height:300px'));
  await visit.page.waitForSelector('.samtycke-embed');
  await visit.page.focus('.samtycke-embed button');
  await visit.page.evaluate(`banner = { ...banner, language: 'ar', direction: 'rtl',
    words: { ...banner.words, embed: 'محتوى {host} يحتاج {category}' } };
    import('/lab/placeholder.js').then(({ update }) => update())`);
  await visit.page.waitForSelector('.samtycke-embed[lang=ar][dir=rtl]');
  expect(await visit.page.textContent('.samtycke-embed p')).toBe('محتوى www.site.localhost يحتاج marketing');
  expect(await visit.page.textContent('.samtycke-embed p bdi')).toBe('www.site.localhost');
  expect(await visit.page.evaluate('document.activeElement.dataset.samtyckeAction')).toBe('embed');
});

test('forced colours: every part has a colour of the system', async () => {
  const visit = await openGated(lab, film('width:500px;height:300px'));
  await visit.page.waitForSelector('.samtycke-embed');
  await visit.page.emulateMedia({ forcedColors: 'active' });
  const colours = await visit.page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const system = (name: string) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    const box = getComputedStyle(document.querySelector('.samtycke-embed')!);
    const button = getComputedStyle(document.querySelector('.samtycke-embed button')!);
    return [
      [box.backgroundColor, system('Canvas')],
      [box.color, system('CanvasText')],
      [box.outlineColor, system('ButtonBorder')],
      [button.color, system('ButtonText')],
      [button.backgroundColor, system('ButtonFace')],
    ];
  });
  for (const [is, system] of colours) expect(is).toBe(system);
});
