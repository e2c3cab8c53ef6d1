/** Checks whether refusing is as visible and clickable as accepting. */

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
/** Of a side of a button: rounding only. */
const SIZE_TOLERANCE = 1.02;
const OPACITY_MIN = 0.9;

/** Whether this layer's refusal is less prominent than the clicked grant. If so, warns the page's author. */
export function isUnfair(layer: HTMLElement, yes: HTMLElement): boolean {
  const why = findWeakness(layer, yes);
  const no = layer.querySelector('[data-samtycke-action=reject]');
  if (why)
    console.error(
      `samtycke: no consent is accepted while this page makes refusing less prominent than accepting: ${why}.`,
      no,
    );
  return !!why;
}

/** Tells the author of a test why a click gave nothing. */
export function warnProgram(): void {
  console.warn('samtycke: a program cannot give consent, except with the key of a test site (pk_test_…)');
}

/**
 * Why this layer's refusal is less prominent than the clicked grant, as the page draws them now; undefined if it is
 * not. Our own rules make them equal, so a difference comes from the page.
 */
function findWeakness(layer: HTMLElement, yes: HTMLElement): string | undefined {
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
