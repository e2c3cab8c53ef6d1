import type { UiContext } from '../contract.js';
/** A live region, invisible while it is empty. It must be in the page before it is used. */
export declare function liveRegion(context: UiContext): HTMLElement;
/** Shows a message on top of everything, and removes it later unless another one has replaced it. */
export declare function say(region: HTMLElement, text: string): void;
