/** What an element waits for: ids of purposes, or our four categories. */
/**
 * Reads `data-samtycke-purpose`, or what vanilla-cookieconsent (`data-category`), Cookiebot (`data-cookieconsent`) and
 * klaro (`data-name`) call it. Several words, by blank or comma, are all needed.
 */
export declare function needs(attributes: DOMStringMap): string[];
/** Whether all of it is there. Nothing named is nothing permitted: an empty attribute is a mistake, not a yes. */
export declare function permitted(words: readonly string[], allowed: (word: string) => boolean): boolean;
