/** When a layer can be answered. */

/** While a layer has this, it cannot be answered. */
export const FRESH_ATTRIBUTE = 'data-samtycke-fresh';
/** Somebody has to have seen what they answer: the second press of a double click is not meant for what the first one opened. */
const FRESH_MS = 400;
/** How much longer, where it opened under the pointer. */
const UNDER_POINTER_MS = 600;

/** Runs once this page has been painted and in sight for so long. A prerendered page, or a tab in the background, paints nothing. */
export function whenSeen(ms: number, run: () => void): void {
  requestAnimationFrame(() => setTimeout(() => (document.hidden ? whenSeen(ms, run) : run()), ms));
}

/** Takes no answers for a moment; and for a little longer where what opened it lies over one of its buttons, until that moves. */
export function ignoreClicksBriefly(part: HTMLElement, opener?: MouseEvent): void {
  const since = `${performance.now()}`;
  part.setAttribute(FRESH_ATTRIBUTE, since);
  const end = () => part.getAttribute(FRESH_ATTRIBUTE) === since && part.removeAttribute(FRESH_ATTRIBUTE);
  whenSeen(FRESH_MS, () => {
    const isUnder = [...part.querySelectorAll('button')].some((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      const { clientX: x, clientY: y } = opener ?? { clientX: -1, clientY: -1 };
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    if (!isUnder) return end();
    addEventListener('pointermove', end, { once: true });
    setTimeout(end, UNDER_POINTER_MS);
  });
}
