import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { Child } from './el.js';
import type { UiParts } from './settings.js';

/** The page's own element that opens the settings. If there is one, no control is drawn. */
const PAGES_OWN = '[data-samtycke-action=settings]:not(.samtycke *)';
const FOCUSABLE = ':focus,a[href],button,input,select,textarea,summary,iframe,[tabindex]';

export interface Control {
  element: HTMLElement;
  /** Draws the current state, or everything again if `anew`. False if there is nothing to draw. */
  draw(anew?: boolean): boolean;
}

/**
 * The control is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)): one click gave,
 * so one click withdraws everything. It also says that a browser's signal is honoured. It has no buttons if the page
 * has its own control, or has turned ours off.
 */
export function createControl(
  context: UiContext,
  asked: readonly AskedPurpose[],
  { el, button, rootElement }: UiParts,
  signal: AbortSignal,
  pressed: (event: MouseEvent) => void,
): Control {
  const { labels } = context.document.text;
  const { words } = context.document;
  const element = rootElement(context, 'div', 'control', [], { role: 'region', 'aria-label': labels.reopen });
  let drawn = '';
  let corner = 0;

  function draw(anew?: boolean): boolean {
    const isOwn = context.options.control === 'none' || !!document.querySelector(PAGES_OWN);
    const stands = !isOwn && asked.some(({ purpose }) => context.chosen(purpose.id));
    const isHonoured = context.gpc && asked.some(({ purpose }) => purpose.gpc);
    const places = document.querySelectorAll('[data-samtycke-gpc]');
    for (const place of places) place.textContent = isHonoured ? words.gpc_short : '';
    const children: Child[] = [
      isHonoured && !places.length && el('span', words.gpc_short),
      !isOwn && button('settings', labels.reopen),
      stands && button('withdraw', labels.refuse),
    ].filter(Boolean) as Child[];
    const now = `${isOwn} ${stands} ${isHonoured && !places.length}`;
    placeSoon();
    if (anew || now !== drawn) {
      const hadFocus = element.contains(document.activeElement);
      element.replaceChildren(...(children as Node[]));
      for (const each of element.querySelectorAll('button')) each.onclick = pressed;
      if (hadFocus) element.querySelector('button')?.focus();
      drawn = now;
    }
    return children.length > 0;
  }

  /** Whether it covers the focused element, or something that scrolling cannot bring out from under it. */
  function hides(): boolean {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const isUnder = (each: Element): boolean => {
      const box = each.getBoundingClientRect();
      // The middle of what both cover: there, a menu that is closed is not found.
      const x = Math.max(left, box.left) + Math.min(right, box.right);
      const y = Math.max(top, box.top) + Math.min(bottom, box.bottom);
      return (
        box.left < right &&
        box.right > left &&
        box.top < bottom &&
        box.bottom > top &&
        !element.contains(each) &&
        document.elementsFromPoint(x / 2, y / 2).some((found) => each.contains(found))
      );
    };
    const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement ?? document.documentElement;
    const isMoving = scrollTop > 1 && scrollTop + clientHeight < scrollHeight - 1;
    return [...document.querySelectorAll(isMoving ? ':focus' : FOCUSABLE)].some(isUnder);
  }

  /** Moves it to a corner where it covers nothing. */
  function place(): void {
    // The current corner if it is free, or else the next free one.
    for (let turn = 0; turn < 4; turn += 1) {
      element.dataset.corner = `${(corner + turn) % 4}`;
      if (!hides()) {
        corner = (corner + turn) % 4;
        return;
      }
    }
    element.dataset.corner = `${corner}`;
  }

  let isPlacing = false;
  /** Once per frame, however much happens. */
  function placeSoon(): void {
    if (isPlacing) return;
    isPlacing = true;
    requestAnimationFrame(() => {
      isPlacing = false;
      if (element.getClientRects().length > 0) place();
    });
  }
  for (const event of ['scroll', 'resize', 'focusin'])
    addEventListener(event, placeSoon, { signal, passive: true, capture: true });

  return { element, draw };
}
