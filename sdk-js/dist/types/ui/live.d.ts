import type { UiContext } from '../contract.js';
/** A line that is read out when it changes; empty, it is not to be seen. In the page before it is used, as it must be. */
export declare function liveRegion(context: UiContext): HTMLElement;
/** Says something over everything, and takes it away again unless something else has been said since. */
export declare function say(region: HTMLElement, text: string): void;
