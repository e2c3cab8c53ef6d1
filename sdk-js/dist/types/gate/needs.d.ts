/** What an element waits for (ids of purposes, one service of a purpose, or our four categories). */
import type { BannerDocument } from '../contract.js';
/**
 * Reads `data-samtycke-purpose`, or what vanilla-cookieconsent (`data-category`), Cookiebot (`data-cookieconsent`) and
 * klaro (`data-name`) call it. Several words, by blank or comma, are all needed. With `data-samtycke-vendor` each is that
 * service's part of the purpose.
 */
export declare function neededPurposes(attributes: DOMStringMap): string[];
/** Whether all of it is there. Nothing named is nothing permitted: an empty attribute is a mistake, not a yes. */
export declare function allPermitted(words: readonly string[], allowed: (word: string) => boolean): boolean;
/** Whether a site could ever permit them. */
export declare function canBePermitted({ purposes, words: { categories } }: BannerDocument, words: readonly string[]): boolean;
