/**
 * Warns the page's author about mistakes in gated markup, once per element. A chunk of its own: only such pages load
 * it.
 */
import type { BannerDocument } from '../contract.js';
/** A template had live children. */
export declare function liveChildren(template: HTMLElement): void;
/** The browser could read the address of a held element. */
export declare function liveAddress(element: HTMLElement): void;
/** No choice can ever permit what this element waits for. */
export declare function unknownPurpose(element: HTMLElement, banner: BannerDocument | undefined): void;
