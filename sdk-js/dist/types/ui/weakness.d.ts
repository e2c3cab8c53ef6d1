/** Checks whether refusing is as visible and clickable as accepting. */
/** Whether this layer's refusal is less prominent than the clicked grant. If so, warns the page's author. */
export declare function isUnfair(layer: HTMLElement, yes: HTMLElement): boolean;
/** Tells the author of a test why a click gave nothing. */
export declare function warnProgram(): void;
