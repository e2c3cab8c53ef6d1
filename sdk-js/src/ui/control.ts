import type { UiContext } from '../contract.js';
import type { AskedPurpose } from './decision.js';
import type { Child } from './el.js';
import type { UiParts } from './settings.js';

/** An element of the page's own that opens the settings: then the page has a place for it, and we draw none. */
const PAGES_OWN = '[data-samtycke-action=settings]:not(.samtycke *)';
const FOCUSABLE = 'a[href],button,input,select,textarea,summary,iframe,[tabindex]';

export interface Control {
  element: HTMLElement;
  /** Draws it as it has to be now, `anew` in any case; false where there is nothing to draw. */
  draw(anew?: boolean): boolean;
}

/**
 * The small thing that is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)): one press
 * gave, so one press takes everything back. Beside it, that a browser's signal is honoured. Without buttons where the page
 * has a way of its own, or has declined ours.
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

  /** Whether it lies on what has the focus, or on something that scrolling cannot bring out from under it. */
  function hides(): boolean {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const focused = document.activeElement;
    if (focused && focused !== document.body && !element.contains(focused)) {
      const box = focused.getBoundingClientRect();
      if (box.left < right && box.right > left && box.top < bottom && box.bottom > top) return true;
    }
    const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement ?? document.documentElement;
    if (scrollTop > 1 && scrollTop + clientHeight < scrollHeight - 1) return false;
    return [0.02, 0.25, 0.5, 0.75, 0.98].some((x) =>
      [0.1, 0.5, 0.9].some((y) =>
        document
          .elementsFromPoint(left + (right - left) * x, top + (bottom - top) * y)
          .some((each) => !element.contains(each) && each.closest(FOCUSABLE)?.matches(':not(body,html)')),
      ),
    );
  }

  /** Moves it to where it hides nothing. */
  function place(): void {
    // Where it is, if it can stay there; else the next corner that is free.
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
  /** Once for however much happens until the next frame. */
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
