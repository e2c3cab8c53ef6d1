/**
 * Pages with ordinary and hostile style sheets: the banner looks the same in all of them, and a less prominent refusal
 * accepts no grant.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { THEMES, themeCss } from '../ui-lab/themes.js';
import { click } from './harness/click.js';
import type { Lab } from './lab.js';
import { action, BODY, CONTROL, FIRST, kinds, openUi, ripe, SECOND, startUiLab } from './ui-lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startUiLab();
});
afterAll(() => lab?.close());

const LOOKS =
  'display position visibility opacity color background-color background-image border-top-width border-top-style ' +
  'border-top-color border-radius box-shadow outline-style box-sizing width height min-width min-height margin-top ' +
  'margin-left padding-top padding-left float inset font-size font-weight font-family font-style line-height text-align ' +
  'text-transform text-indent text-decoration-line letter-spacing white-space list-style-type vertical-align cursor ' +
  'transform filter clip-path pointer-events content appearance transition-duration animation-name z-index direction';

/**
 * Computed styles of everything of ours, with pseudo-elements: a page that changes something makes a difference here.
 */
function looks(page: Page, root: string): Promise<Record<string, string>> {
  return page.$eval(
    root,
    (layer, names) => {
      const looks: Record<string, string> = {};
      for (const [index, element] of [layer, ...layer.querySelectorAll('*')].entries()) {
        for (const pseudo of ['', '::before', '::after']) {
          const style = getComputedStyle(element, pseudo);
          const values = names.map((name) => `${name} ${style.getPropertyValue(name)}`);
          looks[`${index} ${element.localName}${pseudo}`] = values.join('; ');
        }
      }
      return looks;
    },
    LOOKS.split(' '),
  );
}

const plain = new Map<string, Record<string, string>>();

/** What differs from a page without any style sheet. */
async function differences(page: Page, root: string): Promise<string[]> {
  if (!plain.has(root)) {
    const opened = await openUi(lab, query(root));
    await ripe(opened.page, root);
    plain.set(root, await looks(opened.page, root));
    await opened.page.context().close();
  }
  const [now, before] = [await looks(page, root), plain.get(root)!];
  return Object.keys(before)
    .filter((name) => now[name] !== before[name])
    .map((name) => {
      const parts = before[name]!.split('; ');
      const other = (now[name] ?? '').split('; ').filter((part) => !parts.includes(part));
      return `${name}: ${other.join('; ')}`;
    });
}

const query = (root: string) =>
  ({ [FIRST]: 'show=prompt', [SECOND]: 'show=settings&vendors=1', [CONTROL]: 'show=control&on=ads' })[root]!;

const opinions: [string, string][] = [
  [
    'Materialize: checkboxes',
    '[type="checkbox"]:not(:checked),[type="checkbox"]:checked{position:absolute;opacity:0;pointer-events:none}',
  ],
  [
    'a theme: buttons',
    'body.theme button:not(.btn),html button:not(#x#y#z){text-transform:uppercase;font-size:11px;opacity:.6;transition:all 9s}',
  ],
  ['first children', '.content *:first-child,:first-child:not(html,head,body),*:nth-child(2){display:none}'],
  ['first children, important', '*:first-child:not(html,head,title,meta){display:none!important}'],
  ['all unset', '*{all:unset}'],
  ['all unset, important', '*:not(script,style,head,title,meta){all:unset!important}'],
  [
    'all initial by id',
    'html *:not(#a#b#c):not(head *,head){all:initial!important;font:9px monospace!important;color:red!important}',
  ],
  [
    'pseudo-elements',
    '*::before,*::after{content:"!!"!important;display:block!important;position:absolute!important;inset:0!important;background:red!important}',
  ],
  [
    'motion',
    '*{transition:all 3s linear!important;animation:spin 2s infinite!important}@keyframes spin{to{transform:rotate(1turn);opacity:0}}',
  ],
  ['hover', 'button:hover,:hover:not(html,body){opacity:.2!important;transform:scale(.5)!important}'],
  [
    'our own names',
    '.samtycke,.samtycke-first,.samtycke-second,.samtycke-control,samtycke-root{display:none!important;opacity:0!important}.samtycke button{visibility:hidden!important}',
  ],
  [
    'popovers and dialogs',
    '[popover],dialog,dialog::backdrop,[popover]:popover-open{display:none!important;top:200vh!important}',
  ],
  ['refusing', '[data-samtycke-action=reject]{display:none!important}'],
];

describe.each([FIRST, SECOND, CONTROL])('%s looks the same', (root) => {
  test.each(opinions)('whatever a page declares for %s', async (_, css) => {
    const html = `<style>${css}</style>${BODY.replace('<body>', '<body class="theme content">')}`;
    const { page } = await openUi(lab, query(root), { html });
    await ripe(page, root);
    await page.mouse.move(200, 700);
    await page.mouse.move(0, 0);
    expect(await differences(page, root)).toEqual([]);
    await page.context().close();
  });

  test.each(THEMES)('in %s', async (theme) => {
    const { page } = await openUi(lab, query(root), { html: `<style>${themeCss(theme)}</style>${BODY}` });
    await ripe(page, root);
    // Themes set the root's font size, which ours follows.
    await page.addStyleTag({ content: ':root{font-size:16px!important}' });
    expect(await differences(page, root)).toEqual([]);
    await page.context().close();
  });
});

/** What a page can still do, by means that beat any style sheet of ours. */
const weaker: [string, (no: HTMLElement) => void][] = [
  ['hidden', (no) => no.style.setProperty('display', 'none', 'important')],
  ['invisible', (no) => no.style.setProperty('visibility', 'hidden', 'important')],
  ['taken out', (no) => no.remove()],
  ['pale', (no) => no.style.setProperty('opacity', '.05', 'important')],
  ['pale together', (no) => no.closest<HTMLElement>('.samtycke')!.style.setProperty('opacity', '.05', 'important')],
  ['off screen', (no) => no.style.setProperty('translate', '-9999px', 'important')],
  ['placed elsewhere', (no) => no.setAttribute('style', 'position:fixed!important;left:-999px!important')],
  ['scaled', (no) => no.style.setProperty('transform', 'scale(.6)', 'important')],
  ['smaller text', (no) => no.style.setProperty('font-size', '9px', 'important')],
  ['thinner', (no) => no.style.setProperty('font-weight', '300', 'important')],
  ['of the ground\u2019s colour', (no) => no.style.setProperty('background', '#fff', 'important')],
  ['its text of its own colour', (no) => no.style.setProperty('color', '#1c2228', 'important')],
  ['clipped', (no) => no.style.setProperty('clip-path', 'inset(50%)', 'important')],
  ['blurred', (no) => no.style.setProperty('filter', 'blur(9px)', 'important')],
  [
    'covered',
    (no) => {
      const { left, top, width, height } = no.getBoundingClientRect();
      const over = document.createElement('div');
      const rules = `display:block;position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
      over.style.cssText = rules.replaceAll(';', '!important;').concat('!important');
      no.closest('.samtycke')!.append(over);
    },
  ],
  [
    'in a layer declared before ours',
    () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('@layer first{[data-samtycke-action=reject]{display:none!important}}');
      document.adoptedStyleSheets.unshift(sheet);
    },
  ],
];

describe('no grant is accepted if refusing is', () => {
  test.each(weaker)('%s: with a warning in the console', async (_, weaken) => {
    for (const [root, name] of [
      [FIRST, 'accept'],
      [SECOND, 'save'],
    ] as const) {
      const { page, console } = await openUi(lab, query(root));
      await ripe(page, root);
      if (root === SECOND) await click(page, '#samtycke-0');
      await page.$eval(action(root, 'reject'), weaken);
      await click(page, action(root, name));
      await expect
        .poll(() => console.join())
        .toMatch(
          /error: samtycke: no consent is accepted while this page makes refusing less prominent than accepting: \S/,
        );
      await page.context().close();
    }
  });

  test('there before the first paint, in its own style sheet', async () => {
    const html = `<style>@layer a{[data-samtycke-action=reject]{opacity:.05!important}}</style>${BODY}`;
    const { page, console } = await openUi(lab, query(FIRST), { html });
    await ripe(page);
    await click(page, action(FIRST, 'accept'));
    await expect.poll(() => console.join()).toContain('its opacity is 0.05');
    expect(await kinds(page)).toEqual([]);
    // Refusing always works.
    await page.$eval(action(FIRST, 'reject'), (no) => (no as HTMLElement).click());
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test('equal buttons accept a grant, also focused or zoomed', async () => {
    for (const [width, height] of [
      [1280, 800],
      [320, 256],
    ] as const) {
      const { page, console } = await openUi(lab, query(FIRST), { context: { viewport: { width, height } } });
      await ripe(page);
      await page.focus(action(FIRST, 'accept'));
      await click(page, action(FIRST, 'accept'));
      await expect.poll(() => kinds(page), { message: console.join() }).toEqual(['accept']);
      await page.context().close();
    }
  });
});
