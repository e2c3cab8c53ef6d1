/** When a layer can be answered, and whether "no" can be seen and pressed as well as "yes". */
/** While a layer has this, it cannot be answered. */
export declare const FRESH = "data-samtycke-fresh";
/** Runs once this page has been painted and in sight for so long. A prerendered page, or a tab in the background, paints nothing. */
export declare function whenSeen(ms: number, run: () => void): void;
/** Takes no answers for a moment; and for a little longer where what opened it lies over one of its buttons, until that moves. */
export declare function freshen(part: HTMLElement, opener?: MouseEvent): void;
/**
 * Why "no" of this layer is weaker than the "yes" that was pressed, as the page draws them now; undefined where it is not.
 * Our own rules make them alike: what is found here was done by the page.
 */
export declare function weakness(layer: HTMLElement, yes: HTMLElement): string | undefined;
