/** Sizes, places and themes of the prompt and the control. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contrast, fairnessOf } from '../../src/ui/fairness.js';
import type { ButtonMeasure } from '../../src/ui/measure.js';
import { click } from './harness/click.js';
import type { Lab } from './lab.js';
import { action, BODY, CONTROL, decisions, FIRST, frames, kinds, openUi, ripe, SECOND, startUiLab } from './ui-lab.js';

const SDK_JS = join(import.meta.dirname, '../..');

let lab: Lab;
beforeAll(async () => {
  lab = await startUiLab();
});
afterAll(() => lab?.close());

const boxOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return { left, top, right, bottom, width, height, isInside };
  });

/** The choice buttons of a layer, as fairness measures them. */
async function drawnIn(page: Page, layer: string): Promise<ButtonMeasure[]> {
  const seen = await page.$$eval(`${layer} .samtycke-foot button`, (buttons) =>
    buttons.map((button) => {
      const { color, backgroundColor, fontSize, fontWeight } = getComputedStyle(button);
      const [width, height] = [(button as HTMLElement).offsetWidth, (button as HTMLElement).offsetHeight];
      const behind = getComputedStyle(button.closest('.samtycke')!).backgroundColor;
      const background = backgroundColor === 'rgba(0, 0, 0, 0)' ? behind : backgroundColor;
      const kind = { element: button.localName, font_size: fontSize, font_weight: fontWeight };
      return {
        action: (button as HTMLElement).dataset.samtyckeAction!,
        background,
        behind,
        colour: color,
        height,
        width,
        ...kind,
      };
    }),
  );
  return seen as ButtonMeasure[];
}

/** Text colours in a layer, each with its background. */
const inks = (page: Page, layer: string) =>
  page.$$eval(`${layer} :is(p, h2, h3, a, button, label, summary)`, (all) =>
    all.map((each) => {
      let at: Element | null = each;
      while (at && getComputedStyle(at).backgroundColor === 'rgba(0, 0, 0, 0)') at = at.parentElement;
      return [
        each.localName,
        getComputedStyle(each).color,
        at ? getComputedStyle(at).backgroundColor : 'none',
      ] as const;
    }),
  );

describe('the prompt', () => {
  test.each([
    [320, 568, 0.6],
    [667, 320, 1],
    [320, 640, 0.6],
  ])('in %i x %i the page and every answer are visible', async (width, height, share) => {
    for (const long of [1, 6]) {
      const { page } = await openUi(lab, `show=prompt&long=${long}`, { context: { viewport: { width, height } } });
      await ripe(page);
      expect((await boxOf(page, FIRST)).height).toBeLessThanOrEqual(height * share + 1);
      for (const name of ['reject', 'accept', 'settings', 'close']) {
        expect((await boxOf(page, action(FIRST, name))).isInside, name).toBe(true);
      }
      const lines = await page.$eval(`${FIRST} .samtycke-body`, (body) => {
        return body.clientHeight / Number.parseFloat(getComputedStyle(body).lineHeight);
      });
      expect(lines).toBeGreaterThanOrEqual(5);
      await page.context().close();
    }
  });

  const places = ['card', 'bar', 'modal'].flatMap((layout) => ['bottom', 'top', 'centre'].map((at) => [layout, at]));
  test.each(places)('%s, %s: refuse and accept are equal, in any colours', async (layout, position) => {
    const css = `:root{--samtycke-background:#fff8f0;--samtycke-text:#221;--samtycke-muted:#554;--samtycke-line:#cba;
      --samtycke-action:#0a5c36;--samtycke-action-text:#fff;--samtycke-radius:0;--samtycke-button-radius:99px;
      --samtycke-button-weight:400;--samtycke-button-border:2px solid #063;--samtycke-padding:2em;--samtycke-margin:2em;
      --samtycke-width:30em;--samtycke-shadow:none;--samtycke-border:3px double #063;--samtycke-size:17px}`;
    for (const style of ['', css]) {
      const html = `<style>${style}</style>${BODY}`;
      const { page } = await openUi(lab, `show=prompt&layout=${layout}&position=${position}`, { html });
      await ripe(page);
      const seen = await drawnIn(page, FIRST);
      expect(fairnessOf(seen).filter(({ ok }) => !ok)).toEqual([]);
      if (style)
        expect(seen[0]).toMatchObject({ background: 'rgb(10, 92, 54)', font_weight: '400', font_size: '17px' });
      await click(page, action(FIRST, 'accept'));
      await expect.poll(() => kinds(page)).toEqual(['accept']);
      await page.context().close();
    }
  });

  test.each(['light', 'dark'] as const)('the theme %s is equal, readable and documented', async (colorScheme) => {
    const [theme, styles] = ['themes/square.css', 'src/ui'].map((path) => join(SDK_JS, path)) as [string, string];
    const css = readFileSync(theme, 'utf8');
    const known = readdirSync(styles)
      .map((file) => readFileSync(join(styles, file), 'utf8'))
      .join();
    for (const [name] of css.matchAll(/--samtycke-[a-z-]+/g)) expect(known).toContain(`var(${name},`);
    for (const [show, layer] of [
      ['prompt', FIRST],
      ['settings', SECOND],
    ] as const) {
      const { page } = await openUi(lab, `show=${show}&on=ads`, {
        html: `<style>${css}</style>${BODY}`,
        context: { colorScheme },
      });
      await ripe(page, layer);
      expect((await drawnIn(page, layer))[0]!.background).toBe(
        colorScheme === 'light' ? 'rgb(11, 83, 148)' : 'rgb(156, 203, 255)',
      );
      expect(fairnessOf(await drawnIn(page, layer)).filter(({ ok }) => !ok)).toEqual([]);
      const pale = (await inks(page, layer)).filter(([, ink, ground]) => contrast(ink, ground) < 4.5);
      expect(pale).toEqual([]);
      await page.context().close();
    }
  });

  test("on a phone the settings' foot leaves room for text", async () => {
    const { page } = await openUi(lab, 'show=settings', { context: { viewport: { width: 320, height: 640 } } });
    await ripe(page, SECOND);
    expect((await boxOf(page, `${SECOND} .samtycke-foot`)).height).toBeLessThanOrEqual(640 * 0.2);
    await page.context().close();
  });

  test('names of cookies and companies keep their order in Arabic', async () => {
    const { page } = await openUi(lab, 'show=settings&language=ar');
    await ripe(page, SECOND);
    expect(
      await page.$$eval(`${SECOND} td:first-child bdi`, (all) => all.map((one) => one.getAttribute('dir'))),
    ).toContain('ltr');
    expect(
      await page.$$eval(`${SECOND} dd`, (all) => all.every((one) => one.firstElementChild?.localName === 'bdi')),
    ).toBe(true);
    await page.context().close();
  });
});

describe('notes for some users', () => {
  test('with GPC, accept all excludes what it denies', async () => {
    const { page } = await openUi(lab, 'show=prompt&gpc=1');
    await ripe(page);
    expect(await page.innerText(FIRST)).toMatch(/^.*Godkänn alla.*Annonser på andra webbplatser/m);
    await click(page, action(FIRST, 'accept'));
    await expect.poll(() => decisions(page)).toMatchObject([{ given: ['statistics'], refused: [] }]);
    await page.waitForSelector(CONTROL);
    expect(await page.innerText(CONTROL)).toMatch(/GPC/);
    await page.context().close();
  });

  test('asked again: shows changes, and what a refusal withdraws', async () => {
    const { page } = await openUi(lab, 'show=prompt&changes=1&on=ads&asked=statistics,health');
    await ripe(page);
    const text = await page.innerText(FIRST);
    for (const word of ['+ Matverket Analytics Inc.', '− Sidräknaren AB', 'Annonser på andra webbplatser.'])
      expect(text).toContain(word);
    await page.context().close();
  });
});

describe('the control', () => {
  test('the control withdraws everything in one click', async () => {
    const { page } = await openUi(lab, 'show=control&on=ads');
    await ripe(page, CONTROL);
    await click(page, action(CONTROL, 'withdraw'));
    expect(await decisions(page)).toMatchObject([
      { kind: 'reject', given: [], refused: ['statistics', 'ads', 'health'] },
    ]);
    await page.waitForSelector(action(CONTROL, 'withdraw'), { state: 'detached' });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.samtyckeAction ?? '')).toMatch(
      /settings|^$/,
    );
    await page.context().close();
  });

  test.each(['', '<p data-samtycke-gpc></p>'])('says that GPC is honoured without buttons: %s', async (place) => {
    const html = BODY.replace('</main>', `${place}</main>`);
    const { page } = await openUi(lab, 'show=control&gpc=1&control=none', { html });
    const where = place ? '[data-samtycke-gpc]' : `${CONTROL} span`;
    await page.waitForFunction((selector) => /GPC/.test(document.querySelector(selector)?.textContent ?? ''), where);
    expect(await page.$$eval(`${CONTROL} button`, (all) => all.length)).toBe(0);
    expect(await page.$$eval(CONTROL, (all) => all.length)).toBe(place ? 0 : 1);
    await page.context().close();
  });

  test.each([320, 1280])("hides neither the focus nor the page's end: %i px", async (width) => {
    const foot = (side: string) => `<a href="#x" style="position:absolute;bottom:20px;${side}:20px">Kontakt</a>`;
    const html = `<body style="margin:0;min-height:3000px;position:relative">${foot('left')}${width > 900 ? foot('right') : ''}</body>`;
    const { page } = await openUi(lab, 'show=control&on=ads', {
      html,
      context: { viewport: { width, height: 640 } },
    });
    await ripe(page, CONTROL);
    await page.evaluate(() => scrollTo(0, 1e6));
    await frames(page, 3);
    const free = async () => {
      const [control, ...links] = [
        await boxOf(page, CONTROL),
        ...(await page.$$eval('a', (all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))),
      ];
      return links.every(
        ({ left, right, top, bottom }) =>
          right <= control!.left || left >= control!.right || bottom <= control!.top || top >= control!.bottom,
      );
    };
    expect(await free()).toBe(true);
    await page.focus('a');
    await frames(page, 3);
    expect(await free()).toBe(true);
    await page.context().close();
  });
});
