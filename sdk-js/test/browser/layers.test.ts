/**
 * The prompt's place in a page: on top of everything, inserted again when removed, and answered only by users who have
 * seen it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { click } from './harness/click.js';
import type { Lab } from './lab.js';
import {
  action,
  BODY,
  CONTROL,
  counted,
  FIRST,
  frames,
  kinds,
  openUi,
  ripe,
  SCRIPT,
  SECOND,
  startUiLab,
} from './ui-lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startUiLab();
});
afterAll(() => lab?.close());

/** Whether every answer of the prompt is in the window, with nothing over it. */
function isOnTop(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll('.samtycke-first button')];
    const fresh = document.querySelector('.samtycke-first');
    fresh?.removeAttribute('data-samtycke-fresh');
    return (
      buttons.length > 0 &&
      buttons.every((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      })
    );
  });
}

describe('a removed banner is inserted again', () => {
  const removals: [string, () => void][] = [
    ['removed by itself', () => document.querySelector('samtycke-root')!.remove()],
    ['the question alone', () => document.querySelector('.samtycke-first')!.parentElement!.remove()],
    [
      'with another body',
      () => {
        const body = document.createElement('body');
        body.innerHTML = '<h1>Page 2</h1>';
        document.body.replaceWith(body);
      },
    ],
    ['with an emptied body', () => document.body.replaceChildren('New')],
    [
      'with an emptied document element',
      () => document.documentElement.replaceChildren(document.createElement('body')),
    ],
    [
      'with another document element',
      () => {
        const html = document.createElement('html');
        html.innerHTML = '<head></head><body><h1>New</h1></body>';
        document.documentElement.replaceWith(html);
      },
    ],
    [
      'with document.open',
      () => {
        document.open();
        document.write('<!doctype html><title>New</title><h1>New</h1>');
        document.close();
      },
    ],
    [
      'without the style sheets',
      () => {
        document.adoptedStyleSheets = [];
        document.querySelector('samtycke-root')!.remove();
      },
    ],
  ];
  test.each(removals)('%s, within a frame, and counted once', async (_, remove) => {
    const { page, errors } = await openUi(lab, 'show=prompt');
    await ripe(page);
    await page.evaluate(remove);
    await frames(page, 1);
    expect(await isOnTop(page)).toBe(true);
    expect(await page.$eval(FIRST, (layer) => getComputedStyle(layer).position)).toBe('fixed');
    expect(await counted(page)).toBe(1);
    expect(errors).toEqual([]);
    await click(page, action(FIRST, 'reject'));
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test.each(removals.slice(0, 5))('the control too: %s', async (_, remove) => {
    const { page } = await openUi(lab, 'show=control&on=ads');
    await ripe(page, CONTROL);
    await page.evaluate(remove.toString().includes('first') ? removals[0]![1] : remove);
    await frames(page, 1);
    await click(page, action(CONTROL, 'settings'));
    await page.waitForSelector(SECOND);
    await page.context().close();
  });

  test('open settings stay open, with their switches', async () => {
    const { page } = await openUi(lab, 'show=settings');
    await ripe(page, SECOND);
    await click(page, '#samtycke-1');
    await page.evaluate(removals[0]![1]);
    await frames(page, 1);
    expect(await page.$eval(SECOND, (dialog) => dialog.matches(':modal'))).toBe(true);
    await click(page, action(SECOND, 'save'));
    await expect.poll(() => page.evaluate(() => window.lab!.decisions[0]?.given)).toEqual(['ads']);
    await page.context().close();
  });
});

describe('the banner is above the page', () => {
  const pages: [string, string, boolean?][] = [
    ['transform', 'body{transform:translateZ(0)}main{height:4000px}'],
    ['filter', 'body{filter:grayscale(1)}main{height:4000px}'],
    ['contain', 'html,body{contain:paint layout}main{height:4000px}'],
    ['zoom', 'html{zoom:.9}'],
    ['perspective on html', 'html{perspective:900px;will-change:transform}main{height:4000px}'],
    ['an overlay of the highest index', '#over{position:fixed;inset:0;z-index:2147483647;background:#fff}'],
    ['a header of the highest index', '#over{position:fixed;inset:0 0 auto;height:100%;z-index:2147483647}'],
  ];
  test.each(pages)('%s', async (_, css) => {
    const html = `<style>${css}</style>${BODY.replace('<main>', '<div id="over"></div><main>')}`;
    const { page } = await openUi(lab, 'show=prompt', { html });
    await ripe(page);
    expect(await isOnTop(page)).toBe(true);
    await click(page, action(FIRST, 'accept'));
    await expect.poll(() => kinds(page)).toEqual(['accept']);
    await page.context().close();
  });

  test('with an inert body', async () => {
    const { page } = await openUi(lab, 'show=prompt');
    await page.evaluate(() => document.body.toggleAttribute('inert', true));
    await ripe(page);
    await click(page, action(FIRST, 'reject'));
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test('without popovers the place is the same', async () => {
    const before = () => {
      // @ts-expect-error: as a browser of 2022 has it.
      delete HTMLElement.prototype.showPopover;
      // @ts-expect-error: as a browser of 2022 has it.
      delete HTMLElement.prototype.popover;
    };
    const html = `<style>#over{position:fixed;inset:0;z-index:99999}</style>${BODY.replace('<main>', '<div id="over"></div><main>')}`;
    const { page } = await openUi(lab, 'show=prompt', { html, before });
    await ripe(page);
    expect(await isOnTop(page)).toBe(true);
    await page.context().close();
  });

  test('without dialogs and adopted sheets, as in Firefox 97', async () => {
    const before = () => {
      // @ts-expect-error: as a browser of 2022 has it.
      delete HTMLDialogElement.prototype.showModal;
      // @ts-expect-error: as a browser of 2022 has it.
      delete HTMLDialogElement.prototype.close;
      // @ts-expect-error: as a browser of 2022 has it.
      delete window.HTMLDialogElement;
      // @ts-expect-error: as a browser of 2022 has it.
      delete Document.prototype.adoptedStyleSheets;
      // @ts-expect-error: as a browser of 2022 has it.
      delete HTMLElement.prototype.showPopover;
    };
    const { page, errors } = await openUi(lab, 'show=prompt', { before });
    await ripe(page);
    await click(page, action(FIRST, 'settings'));
    await ripe(page, SECOND);
    expect(await page.isVisible(action(SECOND, 'save'))).toBe(true);
    await page.keyboard.press('Escape');
    await page.waitForSelector(SECOND, { state: 'detached' });
    expect(await page.isVisible(FIRST)).toBe(true);
    await ripe(page);
    await click(page, action(FIRST, 'accept'));
    await expect.poll(() => kinds(page)).toEqual(['accept']);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('with a modal of the page', () => {
  const DIALOG = `<dialog id="d"><button id="in">Ja, jag är vuxen</button></dialog>`;
  const html = BODY.replace('</main>', `</main>${DIALOG}<dialog id="e"><button id="in2">Till</button></dialog>`);

  test.each(['before', 'after'])('a dialog opened %s the prompt contains it meanwhile', async (when) => {
    const { page } = await openUi(lab, 'show=nothing', { html });
    const open = () => page.evaluate(() => document.querySelector<HTMLDialogElement>('#d')!.showModal());
    const ask = () => page.evaluate(() => window.lab!.ui.prompt());
    await (when === 'before' ? open().then(ask) : ask().then(open));
    await ripe(page);
    await frames(page, 1);
    expect(await page.$eval('samtycke-root', (root) => root.parentElement!.id)).toBe('d');
    expect(await isOnTop(page)).toBe(true);
    // And another over it.
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#e')!.showModal());
    await frames(page, 1);
    expect(await page.$eval('samtycke-root', (root) => root.parentElement!.id)).toBe('e');
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#e')!.close());
    await frames(page, 1);
    expect(await page.$eval('samtycke-root', (root) => root.parentElement!.id)).toBe('d');
    await click(page, action(FIRST, 'settings'));
    await page.waitForSelector(SECOND);
    await page.keyboard.press('Escape');
    await page.waitForSelector(SECOND, { state: 'detached' });
    await ripe(page);
    await click(page, action(FIRST, 'reject'));
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    expect(await page.$eval('samtycke-root', (root) => root.parentElement!.localName)).toBe('html');
    expect(await page.$eval('#d', (dialog) => (dialog as HTMLDialogElement).open)).toBe(true);
    // The question and the settings each say that they were seen; the record asks for one prompt.
    expect(await counted(page)).toBe(2);
    await page.context().close();
  });

  test('that traps the focus, as older libraries do', async () => {
    const trap = `<div id="m" role="dialog" style="display:none;position:fixed;inset:0;transform:translate(0)"><button id="in">Stäng</button></div>`;
    const { page } = await openUi(lab, 'show=prompt', { html: BODY.replace('</main>', `</main>${trap}`) });
    await page.evaluate(() => {
      const modal = document.querySelector<HTMLElement>('#m')!;
      modal.style.display = 'block';
      modal.setAttribute('aria-modal', 'true');
      document.addEventListener('focusin', ({ target }) => {
        if (modal.isConnected && !modal.contains(target as Node)) modal.querySelector('button')!.focus();
      });
    });
    await ripe(page);
    await page.focus(action(FIRST, 'reject'));
    await page.keyboard.press('Enter');
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test('removed while the prompt is in it', async () => {
    const { page } = await openUi(lab, 'show=prompt', { html });
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#d')!.showModal());
    await frames(page, 1);
    await page.evaluate(() => document.querySelector('#d')!.remove());
    await frames(page, 1);
    expect(await isOnTop(page)).toBe(true);
    await page.context().close();
  });
});

describe('when the prompt accepts answers', () => {
  const widths = [320, 800, 900, 1000, 1024, 1100, 1280, 1366, 1440];
  const presses = widths.flatMap((width) => [60, 250].map((gap) => [width, gap] as const));
  test.each(presses)('a double click on settings answers nothing: %i px, %i ms', async (width, gap) => {
    const { page } = await openUi(lab, 'show=prompt', { context: { viewport: { width, height: 800 } } });
    await ripe(page);
    const box = (await page.locator(action(FIRST, 'settings')).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const press = async (clickCount: number) => {
      await page.mouse.down({ clickCount });
      await page.mouse.up({ clickCount });
    };
    await press(1);
    await page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), gap);
    await press(2);
    await ripe(page, SECOND);
    expect(await kinds(page)).toEqual([]);
    // And a click of its own does.
    await click(page, action(SECOND, 'reject'));
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test('a key that is held down answers nothing', async () => {
    const { page } = await openUi(lab, 'show=prompt');
    await ripe(page);
    await page.focus(action(FIRST, 'settings'));
    await page.keyboard.down('Enter');
    await page.waitForSelector(SECOND);
    await page.focus(action(SECOND, 'accept'));
    for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter');
    await ripe(page, SECOND);
    for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter');
    expect(await kinds(page)).toEqual([]);
    await page.keyboard.up('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(() => kinds(page)).toEqual(['accept']);
    await page.context().close();
  });

  /** As in a background tab, until `look()`. */
  const unseen = () => {
    let hidden = true;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    const look = () => {
      hidden = false;
    };
    Object.assign(window, { look });
  };

  test('answers after a moment; a program may refuse at once', async () => {
    const { page } = await openUi(lab, 'show=prompt', { before: unseen });
    await page.waitForSelector(`${FIRST}[data-samtycke-fresh]`);
    for (const name of ['accept', 'reject', 'settings']) {
      await page.focus(action(FIRST, name));
      await page.keyboard.press('Enter');
      const box = (await page.locator(action(FIRST, name)).boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    }
    expect(await kinds(page)).toEqual([]);
    expect(await page.$(SECOND)).toBeNull();
    await page.$eval(action(FIRST, 'reject'), (button) => (button as HTMLElement).click());
    await expect.poll(() => kinds(page)).toEqual(['reject']);
    await page.context().close();
  });

  test('a prompt is counted when visible, not in a hidden tab', async () => {
    const { page } = await openUi(lab, 'show=prompt', { before: unseen });
    await frames(page, 5);
    expect(await counted(page)).toBe(0);
    expect(await page.$(`${FIRST}[data-samtycke-fresh]`)).not.toBeNull();
    await page.evaluate(() => (window as unknown as { look(): void }).look());
    await ripe(page);
    expect(await counted(page)).toBe(1);
    await page.context().close();
  });

  test('a script in the head prompts once the body is there', async () => {
    let send = (_: unknown) => {};
    const after = new Promise((done) => {
      send = done;
    });
    lab.put('/late.js', { body: '', after });
    const html = `<script src="/late.js"></script>${BODY}`;
    const script = '<script type="module" async src="/lab/lab.js"></script>';
    const { page } = await openUi(lab, 'show=prompt', { html, script, early: true });
    // By time: a page without a body draws no frames.
    await page.waitForFunction(() => 'lab' in window, undefined, { polling: 50 });
    expect(await page.evaluate(() => document.body)).toBeNull();
    send(0);
    await page.waitForSelector('main');
    await ripe(page);
    expect(await isOnTop(page)).toBe(true);
    expect(await page.$$eval(FIRST, (all) => all.length)).toBe(1);
    expect(await counted(page)).toBe(1);
    await page.context().close();
  });
});

describe('the settings', () => {
  test.each([
    ['Escape', (page: Page) => page.keyboard.press('Escape')],
    ['the X', (page: Page) => click(page, action(SECOND, 'close'))],
  ])('%s returns to the prompt, which was hidden meanwhile', async (_, leave) => {
    const { page } = await openUi(lab, 'show=prompt');
    await ripe(page);
    await click(page, action(FIRST, 'settings'));
    await ripe(page, SECOND);
    expect(await page.isVisible(FIRST)).toBe(false);
    await leave(page);
    await page.waitForSelector(SECOND, { state: 'detached' });
    expect(await page.isVisible(FIRST)).toBe(true);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.samtyckeAction)).toBe('settings');
    expect(await kinds(page)).toEqual([]);
    await ripe(page);
    await click(page, action(FIRST, 'close'));
    await expect.poll(() => kinds(page)).toEqual(['close']);
    await page.context().close();
  });

  test('settings opened before the prompt return to it', async () => {
    const { page } = await openUi(lab, 'show=settings');
    await page.evaluate(() => window.lab!.ui.prompt());
    await ripe(page, SECOND);
    expect(await page.isVisible(FIRST)).toBe(false);
    await page.keyboard.press('Escape');
    expect(await page.isVisible(FIRST)).toBe(true);
    await page.context().close();
  });

  test('switch a service, or all of a purpose', async () => {
    const { page } = await openUi(lab, 'show=settings&vendors=1');
    await ripe(page, SECOND);
    await page.$$eval('.samtycke-second details', (all) => {
      for (const one of all) one.toggleAttribute('open', true);
    });
    const on = () => page.$$eval('[id^=samtycke-1]', (all) => all.map((one) => (one as HTMLInputElement).checked));
    await click(page, '#samtycke-1-1');
    expect(await on()).toEqual([true, false, true]);
    await click(page, '#samtycke-1-1');
    expect(await on()).toEqual([false, false, false]);
    await click(page, '#samtycke-1');
    expect(await on()).toEqual([true, true, true]);
    await click(page, '#samtycke-1-0');
    await click(page, action(SECOND, 'save'));
    await expect
      .poll(() => page.evaluate(() => window.lab!.decisions))
      .toMatchObject([{ given: ['ads/pixla'], refused: ['statistics', 'ads/exempel', 'health'] }]);
    await page.context().close();
  });

  test("a program's click gives nothing, except in a test site", async () => {
    const press = (page: Page, selector: string) => page.$eval(selector, (one) => (one as HTMLElement).click());
    for (const testing of [false, true]) {
      const { page, console } = await openUi(lab, `show=prompt${testing ? '&testing=1' : ''}`);
      await ripe(page);
      await press(page, action(FIRST, 'settings'));
      await page.waitForSelector(SECOND);
      await press(page, '#samtycke-0');
      await press(page, action(SECOND, 'accept'));
      if (testing) {
        await expect.poll(() => kinds(page)).toEqual(['accept']);
      } else {
        expect(await kinds(page)).toEqual([]);
        expect(await page.isChecked('#samtycke-0')).toBe(false);
        expect(await page.textContent('.samtycke-live')).toMatch(/Ett program kan inte godkänna/);
        expect(console.join()).toMatch(/warning: samtycke: .*pk_test_/);
        await press(page, action(SECOND, 'reject'));
        await expect.poll(() => kinds(page)).toEqual(['reject']);
      }
      await page.context().close();
    }
  });
});

test('nothing is left behind', async () => {
  const { page } = await openUi(lab, 'show=prompt', { script: SCRIPT });
  await page.evaluate(() => window.lab!.ui.unmount());
  await frames(page, 2);
  expect(
    await page.evaluate(() => [document.querySelectorAll('samtycke-root').length, document.adoptedStyleSheets.length]),
  ).toEqual([0, 0]);
  await page.context().close();
});
