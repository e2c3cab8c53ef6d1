/** What an element waits for: ids of purposes, a service of a purpose, or our four categories. */
import type { BannerDocument } from '../contract.js';
/**
 * Reads `data-samtycke-purpose`, or the attribute of vanilla-cookieconsent (`data-category`), Cookiebot
 * (`data-cookieconsent`) or klaro (`data-name`). Several words, separated by spaces or commas, are all needed.
 * `data-samtycke-vendor` limits each to that service.
 */
export declare function neededPurposes(attributes: DOMStringMap): string[];
/** Whether all of them are permitted. An empty attribute is a mistake, and permits nothing. */
export declare function allPermitted(words: readonly string[], allowed: (word: string) => boolean): boolean;
/** Whether this site could ever permit them. */
export declare function canBePermitted({ purposes, words: { categories } }: BannerDocument, words: readonly string[]): boolean;
