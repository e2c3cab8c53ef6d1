/** Tells a page's author what the gate has found, once for each element. Its own chunk: only such pages load it. */
import type { BannerDocument } from '../contract.js';
/** A template had children of its own. */
export declare function liveChildren(template: HTMLElement): void;
/** The address of what is held was in sight of the browser. */
export declare function liveAddress(element: HTMLElement): void;
/** Waits for something that nobody can ever permit. */
export declare function unknownPurpose(element: HTMLElement, banner: BannerDocument | undefined): void;
