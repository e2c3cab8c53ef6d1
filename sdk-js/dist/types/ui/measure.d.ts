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
/** The choice buttons of a layer as they are on the screen now. */
export declare function measureButtons(root: Element): ButtonMeasure[];
/**
 * Measures a layer. Colours instead of contrasts, because contrasts follow from colours. Members are in alphabetical
 * order, and numbers are whole, so that `JSON.stringify` gives the canonical form of RFC 8785.
 */
export declare function measure(root: Element, layer: 1 | 2, { document, options }: UiContext): LayerMeasure;
/** SHA-256 of the measured layer, 64 hex digits; `undefined` if the page has no Web Crypto (plain http). */
export declare function hash(what: LayerMeasure): Promise<string | undefined>;
