import type { UiContext } from '../contract.js';
/** One choice button as it was drawn: computed values, and lengths in whole CSS pixels. */
export interface ButtonMeasure {
    action: string;
    /** What it lies on. */
    behind: string;
    background: string;
    colour: string;
    element: string;
    font_size: string;
    font_weight: string;
    height: number;
    width: number;
}
/** What was drawn, as it is hashed. */
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
 * What a layer looks like now. Colours rather than contrasts, because contrasts follow from colours. Members are written
 * in the order of their names, and numbers are whole, so that `JSON.stringify` gives the canonical form of RFC 8785.
 */
export declare function measureLayer(root: Element, layer: 1 | 2, { document, options }: UiContext): LayerMeasure;
/** SHA-256 of what was drawn, 64 hex digits; `undefined` where the page has no Web Crypto (plain http). */
export declare function uiHash(what: LayerMeasure): Promise<string | undefined>;
