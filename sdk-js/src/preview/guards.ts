import type { BannerDocument } from '../contract.js';
import { contrast, fairness } from '../ui/fairness.js';
import type { Guard, Scene } from './state.js';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for the edge of a control, 2.5.8 for a target. */
const TEXT_CONTRAST_MIN = 4.5;
const EDGE_CONTRAST_MIN = 3;
const TARGET_PX_MIN = 24;

const ROOTS: Record<Scene['show'], string> = {
  first: '.samtycke-first',
  again: '.samtycke-first',
  second: '.samtycke-second',
  placeholder: '.samtycke-embed',
  control: '.samtycke-control',
  signal: '.samtycke-control',
};
const CONTROLS = 'button, input, summary, a[href]';

const violations: string[] = [];
if (typeof document !== 'undefined') {
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
}

/**
 * What this origin stores in the browser, and which hosts the page has contacted. Cookies ignore ports, so this counts
 * names.
 */
export interface Kept {
  cookies: string[];
  keys: string[];
}

export async function whatIsKept(): Promise<Kept> {
  const databases = (await indexedDB.databases?.()) ?? [];
  return {
    cookies: document.cookie.split('; ').filter(Boolean),
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...databases.map(({ name }) => name ?? '')],
  };
}

export const isDrawn = (show: Scene['show']): boolean => !!document.querySelector(ROOTS[show]);

/** Measures what is on the stage now. */
export async function guardsOf(show: Scene['show'], banner: BannerDocument, before: Kept): Promise<Guard[]> {
  const root = document.querySelector<HTMLElement>(ROOTS[show]);
  if (!root) return [guard('drawn', false, '0')];
  const asks = show === 'first' || show === 'again' || show === 'second';
  // A new layer accepts no answer for a moment. Nothing is answered here, and the buttons are measured as they will be.
  root.removeAttribute('data-samtycke-fresh');
  return [
    ...(asks ? fairness(root).map(({ name, ok, detail }) => guard(name, ok, detail)) : []),
    textContrast(root),
    ...edgeContrast(root),
    targets(root),
    fits(root),
    order(asks, root),
    ...(show === 'placeholder' ? [] : [onTop(root)]),
    named(root, banner),
    ...(await quiet(before)),
  ];
}

function guard(name: string, ok: boolean, figure: string | number): Guard {
  return { name, ok, figure: String(figure) };
}

/** Text that is on the screen. Collapsed text is measured by its colours when it is expanded. */
function texts(root: Element): HTMLElement[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const parents = new Set<HTMLElement>();
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode as Text;
    if (parentElement && data.trim()) parents.add(parentElement);
  }
  return [...parents];
}

function ground(element: Element | null): string {
  const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
  return /^rgba\(.*, 0\)$|^transparent$/.test(colour) ? ground(element!.parentElement) : colour;
}

function textContrast(root: Element): Guard {
  const ratios = texts(root).map((element) => contrast(getComputedStyle(element).color, ground(element)));
  const least = Math.min(...ratios);
  return guard('text contrast', least >= TEXT_CONTRAST_MIN, `${least.toFixed(2)}:1 (${ratios.length})`);
}

/** The edge of a switch, which pseudo-elements draw. */
function edgeContrast(root: Element): Guard[] {
  const inputs = [...root.querySelectorAll('input')];
  if (inputs.length === 0) return [];
  const least = Math.min(
    ...inputs.map((input) => contrast(getComputedStyle(input, '::before').borderTopColor, ground(input))),
  );
  return [guard('switch contrast', least >= EDGE_CONTRAST_MIN, `${least.toFixed(2)}:1`)];
}

/** The criterion exempts links in a text. */
function targets(root: Element): Guard {
  const sizes = [...root.querySelectorAll<HTMLElement>('button, input, summary')].map((each) => {
    const { width, height } = each.getBoundingClientRect();
    return Math.min(width, height);
  });
  const least = Math.min(...sizes);
  return guard('target size', least >= TARGET_PX_MIN, `${Math.floor(least)} px (${sizes.length})`);
}

/** Nothing is wider than the window or its own box; what is taller can be scrolled. */
function fits(root: HTMLElement): Guard {
  const page = document.documentElement;
  const box = root.getBoundingClientRect();
  const wide = [root, ...root.querySelectorAll<HTMLElement>('button, p, h2, h3, li, label, dl, table')].filter(
    (each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline',
  );
  const scrolls = root.scrollHeight <= root.clientHeight + 1 || getComputedStyle(root).overflowY === 'auto';
  const inside = box.left >= 0 && box.right <= page.clientWidth + 1 && box.top >= -1;
  const ok = wide.length === 0 && inside && scrolls && page.scrollWidth <= innerWidth;
  return guard('text fits', ok, `${Math.ceil(box.width)} x ${Math.ceil(box.height)} / ${innerWidth} x ${innerHeight}`);
}

/** By Tab: the prompt comes before the page, a dialog holds the focus, and the rest is in order. */
function order(asks: boolean, root: HTMLElement): Guard {
  const all = [...document.querySelectorAll<HTMLElement>(CONTROLS)].filter((each) => each.checkVisibility());
  const own = [...root.querySelectorAll<HTMLElement>(CONTROLS)].filter((each) => each.checkVisibility());
  const sorted = own.every((each) => each.tabIndex === 0);
  const first = all.indexOf(own[0]!) + 1;
  if (root.localName === 'dialog') {
    const ok = root.matches(':modal') && root.contains(document.activeElement) && sorted;
    return guard('focus order', ok, `${own.length} / ${own.length}, ${document.activeElement?.localName}`);
  }
  const ok = sorted && own.length > 0 && (!asks || (first === 1 && !root.contains(document.activeElement)));
  return guard('focus order', ok, `${first}–${first + own.length - 1} / ${all.length}`);
}

/** Nothing of the page covers a button or takes its clicks. */
function onTop(root: HTMLElement): Guard {
  const buttons = [...root.querySelectorAll('button')];
  const reached = buttons.filter((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  return guard(
    'on top',
    buttons.length > 0 && reached.length === buttons.length,
    `${reached.length} / ${buttons.length}`,
  );
}

function named(root: HTMLElement, { language, direction }: BannerDocument): Guard {
  const label = root.getAttribute('aria-labelledby');
  const name = label ? document.getElementById(label)?.textContent : root.ariaLabel;
  const isNamed = [...root.querySelectorAll<HTMLElement>('button, summary, input')].every(
    (each) => each.ariaLabel || each.textContent?.trim() || (each as HTMLInputElement).labels?.[0]?.textContent,
  );
  const ok = !!name && isNamed && root.lang === language && root.dir === direction;
  return guard('named', ok, `${root.lang}, ${root.dir}: ${name}`);
}

async function quiet(before: Kept): Promise<Guard[]> {
  const now = await whatIsKept();
  const cookies = now.cookies.filter((each) => !before.cookies.includes(each));
  const keys = now.keys.filter((each) => !before.keys.includes(each));
  const asked = performance.getEntriesByType('resource');
  const strangers = asked.filter(({ name }) => new URL(name).origin !== location.origin);
  return [
    guard('no cookie', cookies.length === 0, cookies.length),
    guard('no storage', keys.length === 0, keys.length),
    guard('no third party', strangers.length === 0, `${strangers.length} / ${asked.length}`),
    guard('strict policy', violations.length === 0, [violations.length, ...violations.slice(0, 3)].join(' ')),
  ];
}
