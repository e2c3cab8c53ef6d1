import type { UiContext } from '../contract.js';

/** One choice button as drawn: computed values, and lengths in whole CSS pixels. */
export interface ButtonMeasure {
  action: string;
  /** The background behind it. */
  behind: string;
  background: string;
  colour: string;
  element: string;
  font_size: string;
  font_weight: string;
  height: number;
  width: number;
}

/** The measured layer, as it is hashed. */
export interface LayerMeasure {
  buttons: ButtonMeasure[];
  language: string;
  layer: 1 | 2;
  notice: string;
  theme: string;
  v: 1;
  variant: string;
  /** Width of the window in whole hundreds of CSS pixels: 3 is a phone. */
  viewport: number;
}

/** The visible colour behind an element: the nearest background that is not transparent. */
function seen(element: Element | null): string {
  const colour = element ? getComputedStyle(element).backgroundColor : 'none';
  return /a.+ 0\)$/.test(colour) ? seen(element!.parentElement) : colour;
}

/** The choice buttons of a layer as they are on the screen now. */
export function measureButtons(root: Element): ButtonMeasure[] {
  return [...root.querySelectorAll<HTMLElement>('.samtycke-foot button')].map((button) => {
    const { color, fontSize, fontWeight } = getComputedStyle(button);
    return {
      action: button.dataset.samtyckeAction!,
      background: seen(button),
      behind: seen(button.parentElement),
      colour: color,
      element: button.localName,
      font_size: fontSize,
      font_weight: fontWeight,
      height: button.offsetHeight,
      width: button.offsetWidth,
    };
  });
}

/**
 * Measures a layer. Colours instead of contrasts, because contrasts follow from colours. Members are in alphabetical
 * order, and numbers are whole, so that `JSON.stringify` gives the canonical form of RFC 8785.
 */
export function measure(root: Element, layer: 1 | 2, { document, options }: UiContext): LayerMeasure {
  return {
    buttons: measureButtons(root),
    language: document.language,
    layer,
    notice: document.notice,
    theme: options.theme,
    v: 1,
    variant: document.variant,
    viewport: (innerWidth / 100) | 0,
  };
}

/** SHA-256 of the measured layer, 64 hex digits; `undefined` if the page has no Web Crypto (plain http). */
export async function hash(what: LayerMeasure): Promise<string | undefined> {
  const digest = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(JSON.stringify(what)));
  return digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
