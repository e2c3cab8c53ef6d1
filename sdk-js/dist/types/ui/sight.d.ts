/** When a layer can be answered. */
/** While a layer has this, it cannot be answered. */
export declare const FRESH_ATTRIBUTE = "data-samtycke-fresh";
/** Runs once this page has been painted and in sight for so long. A prerendered page, or a tab in the background, paints nothing. */
export declare function whenSeen(ms: number, run: () => void): void;
/** Takes no answers for a moment; and for a little longer where what opened it lies over one of its buttons, until that moves. */
export declare function ignoreClicksBriefly(part: HTMLElement, opener?: MouseEvent): void;
