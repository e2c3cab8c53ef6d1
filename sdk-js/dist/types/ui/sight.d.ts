/** When a layer accepts answers. */
/** While a layer has this attribute, it accepts no answer. */
export declare const FRESH_ATTRIBUTE = "data-samtycke-fresh";
/**
 * Runs once this page has been painted and visible for so long. A prerendered page, or a tab in the background, paints
 * nothing.
 */
export declare function whenSeen(ms: number, run: () => void): void;
/**
 * Ignores clicks for a moment; and a little longer if the click that opened the layer is over one of its buttons, until
 * the pointer moves.
 */
export declare function ignoreClicksBriefly(part: HTMLElement, opener?: MouseEvent): void;
