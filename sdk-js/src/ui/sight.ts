/** When a layer accepts answers. */

/** While a layer has this attribute, it accepts no answer. */
export const FRESH_ATTRIBUTE = 'data-samtycke-fresh';
/**
 * The user must have seen what they answer: the second click of a double click is not meant for what the first one
 * opened.
 */
const FRESH_MS = 400;
/** The extra time if a button opened under the pointer. */
const UNDER_POINTER_MS = 600;

/**
 * Runs once this page has been painted and visible for so long. A prerendered page, or a tab in the background, paints
 * nothing.
 */
export function whenSeen(ms: number, run: () => void): void {
  requestAnimationFrame(() => setTimeout(() => (document.hidden ? whenSeen(ms, run) : run()), ms));
}

/**
 * Ignores clicks for a moment; and a little longer if the click that opened the layer is over one of its buttons, until
 * the pointer moves.
 */
export function ignoreClicksBriefly(part: HTMLElement, opener?: MouseEvent): void {
  const since = `${performance.now()}`;
  part.setAttribute(FRESH_ATTRIBUTE, since);
  const end = () => part.getAttribute(FRESH_ATTRIBUTE) === since && part.removeAttribute(FRESH_ATTRIBUTE);
  whenSeen(FRESH_MS, () => {
    const isUnder = [...part.querySelectorAll('button')].some((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return (
        !!opener &&
        opener.clientX >= left &&
        opener.clientX <= right &&
        opener.clientY >= top &&
        opener.clientY <= bottom
      );
    });
    if (!isUnder) return end();
    addEventListener('pointermove', end, { once: true });
    setTimeout(end, UNDER_POINTER_MS);
  });
}
