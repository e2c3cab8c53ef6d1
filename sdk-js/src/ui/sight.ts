/** When a layer can be answered, and whether "no" can be seen and pressed as well as "yes". */

/** While a layer has this, it cannot be answered. */
export const FRESH = 'data-samtycke-fresh';
/** Somebody has to have seen what they answer: the second press of a double click is not meant for what the first one opened. */
const FRESH_MS = 400;
/** How much longer, where it opened under the pointer. */
const UNDER_POINTER_MS = 600;

/** Runs once this page has been painted and in sight for so long. A prerendered page, or a tab in the background, paints nothing. */
export function whenSeen(ms: number, run: () => void): void {
  requestAnimationFrame(() => setTimeout(() => (document.hidden ? whenSeen(ms, run) : run()), ms));
}

/** Takes no answers for a moment; and for a little longer where what opened it lies over one of its buttons, until that moves. */
export function freshen(part: HTMLElement, opener?: MouseEvent): void {
  const since = `${performance.now()}`;
  part.setAttribute(FRESH, since);
  const end = () => part.getAttribute(FRESH) === since && part.removeAttribute(FRESH);
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

const ALIKE = [
  'color',
  'background-color',
  'font-size',
  'font-weight',
  'opacity',
  'visibility',
  'filter',
  'clip-path',
  'mask-image',
  'text-indent',
  '-webkit-text-fill-color',
];
/** Of a side of a button: rounding, not intent. */
const SIZE_TOLERANCE = 1.02;
const OPACITY_MIN = 0.9;

/**
 * Why "no" of this layer is weaker than the "yes" that was pressed, as the page draws them now; undefined where it is not.
 * Our own rules make them alike: what is found here was done by the page.
 */
export function weakness(layer: HTMLElement, yes: HTMLElement): string | undefined {
  const no = layer.querySelector<HTMLElement>('[data-samtycke-action=reject]');
  if (!no) return 'it is gone';
  const [a, b] = [no.getBoundingClientRect(), yes.getBoundingClientRect()];
  const isAbout = (one: number, other: number) => one * SIZE_TOLERANCE >= other;
  if (!a.width || !a.height) return 'it is not drawn';
  if (!isAbout(a.width, b.width) || !isAbout(a.height, b.height)) return 'it is smaller';
  const [mine, theirs] = [getComputedStyle(no), getComputedStyle(yes)];
  const other = ALIKE.find((name) => mine.getPropertyValue(name) !== theirs.getPropertyValue(name));
  if (other) return `its ${other} is ${mine.getPropertyValue(other)}`;
  if (mine.visibility !== 'visible') return 'it is hidden';
  for (let at: HTMLElement | null = no; layer.contains(at); at = at!.parentElement) {
    if (+getComputedStyle(at!).opacity < OPACITY_MIN) return 'it is pale';
  }
  const isHit = () => {
    const { left, top, width, height } = no.getBoundingClientRect();
    return no.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  if (isHit()) return;
  no.scrollIntoView({ block: 'nearest' });
  return isHit() ? undefined : 'it cannot be pressed where it is';
}
