/**
 * Gives a placeholder the size and place of its embed.
 *
 * Style values are copied where they mean the same for a box as for a frame, so that the box follows the window: an
 * element that is not displayed still has `50%` and `auto`, while a displayed one has pixels. Then both are measured,
 * and if they differ the box gets the frame's pixels until something changes.
 */

const SIDES = ['top', 'right', 'bottom', 'left'];

/** Properties that are copied as written. */
const WRITTEN = [
  ...['position', 'z-index', 'float', 'clear', 'vertical-align', 'box-sizing', 'order', 'align-self', 'justify-self'],
  ...['flex-grow', 'flex-shrink', 'flex-basis', 'aspect-ratio', 'min-width', 'max-width', 'min-height', 'max-height'],
  ...['grid-row-start', 'grid-row-end', 'grid-column-start', 'grid-column-end'],
  ...['border-top-left-radius', 'border-top-right-radius', 'border-bottom-left-radius', 'border-bottom-right-radius'],
  ...SIDES.flatMap((side) => [side, `margin-${side}`, `padding-${side}`, `border-${side}-width`]),
];

/** Properties that are only known of a displayed element, because percentages refer to the frame itself. */
const USED = ['transform', 'transform-origin'];

/** The size of a frame without styles (CSS 2.2, 10.3.2 and 10.6.2). */
const DEFAULT = { width: '300px', height: '150px' };

/** A smaller box is unreadable. What cannot be seen must not take the focus. */
const READABLE_PX = 24;

/** Pixels by which two positions may differ and still count as equal. */
const SAME_PX = 0.5;

/**
 * Keeps the box where the frame would be. `element` contains the frame, or is the frame. Returns a function that stops.
 */
export function keepSize(box: HTMLElement, frame: HTMLElement, element: HTMLElement): () => void {
  let lastState = '';
  let frameRequest = 0;
  const state = () => {
    const { clientWidth, clientHeight } = element.parentElement ?? document.documentElement;
    return [clientWidth, clientHeight, box.getClientRects().length, innerWidth, innerHeight].join();
  };
  const look = () => {
    frameRequest = 0;
    if (!element.isConnected || state() === lastState) return;
    updateBox(box, frame, element);
    lastState = state();
  };
  // Not at once: a change of size inside a resize report is an error that the page would see.
  const change = () => {
    frameRequest ||= requestAnimationFrame(look);
  };
  const observer = new ResizeObserver(change);
  look();
  observer.observe(box);
  if (element.parentElement) observer.observe(element.parentElement);
  addEventListener('resize', change);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frameRequest);
    removeEventListener('resize', change);
  };
}

function updateBox(box: HTMLElement, frame: HTMLElement, element: HTMLElement): void {
  const model = frame === element ? frame : insertModel(frame, element);
  const set = (name: string, value: string) => box.style.setProperty(name, value, 'important');
  box.removeAttribute('style');
  set('display', 'none');
  model.removeAttribute('data-samtycke-held');
  const computed = getComputedStyle(model);
  const { display } = computed;
  const used = USED.map((name) => computed.getPropertyValue(name));
  const right = model.getBoundingClientRect();
  const isDrawn = model.getClientRects().length > 0;
  model.toggleAttribute('data-samtycke-held', true);

  for (const name of WRITTEN) set(name, computed.getPropertyValue(name));
  for (const [index, name] of USED.entries()) set(name, used[index]!);
  const hasRatio = computed.aspectRatio !== 'auto';
  for (const name of ['width', 'height'] as const) {
    const other = name === 'width' ? computed.height : computed.width;
    set(name, computed[name] !== 'auto' ? computed[name] : hasRatio && other !== 'auto' ? 'auto' : DEFAULT[name]);
  }
  // If the text were wider than its container, the user would have to scroll sideways to read it (WCAG 1.4.10).
  if (computed.maxWidth === 'none') set('max-width', /absolute|fixed/.test(computed.position) ? '100vw' : '100%');
  if (model !== element) model.remove();
  // A scrolling inline block is aligned by its lower edge, as a frame is.
  set('display', display === 'inline' ? 'inline-block' : display);
  if (!isDrawn || display === 'none') return;
  setPixels(box, right, set);
  if (Math.min(right.width, right.height) < READABLE_PX) set('visibility', 'hidden');
}

/** Gives the box the frame's pixels if the copied properties were not enough. */
function setPixels(box: HTMLElement, right: DOMRect, set: (name: string, value: string) => void): void {
  const wrong = () => {
    const now = box.getBoundingClientRect();
    const scale = now.width / box.offsetWidth || 1;
    const off = (name: 'width' | 'height' | 'left' | 'top') => (right[name] - now[name]) / scale;
    return { width: off('width'), height: off('height'), left: off('left'), top: off('top'), scale };
  };
  const isOff = (...parts: number[]) => parts.some((part) => Math.abs(part) > SAME_PX);
  const { width, height, scale } = wrong();
  if (isOff(width, height)) {
    set('box-sizing', 'border-box');
    set('flex', 'none');
    for (const name of ['min-width', 'min-height']) set(name, '0');
    set('max-height', 'none');
    set('aspect-ratio', 'auto');
    set('width', `${right.width / scale}px`);
    set('height', `${right.height / scale}px`);
  }
  const { left, top } = wrong();
  if (!isOff(left, top)) return;
  const computed = getComputedStyle(box);
  const from = (value: string) => Number.parseFloat(value) || 0;
  if (computed.position === 'static') set('position', 'relative');
  for (const [name, by, opposite] of [
    ['left', left, 'right'],
    ['top', top, 'bottom'],
  ] as const) {
    set(name, `${from(computed[name]) + by}px`);
    set(opposite, 'auto');
  }
}

/**
 * An empty frame in place of the template's frame, to measure. It requests nothing, and is removed in the same task.
 */
function insertModel(frame: HTMLElement, template: HTMLElement): HTMLElement {
  const model = frame.cloneNode() as HTMLElement;
  for (const { name } of [...model.attributes])
    if (/^(src|srcdoc|name|data-.*)$/.test(name)) model.removeAttribute(name);
  template.after(model);
  return model;
}
