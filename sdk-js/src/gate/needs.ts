/** What an element waits for: ids of purposes, or our four categories. */

/** Words of other tools for our four categories. A purpose may bear such a name, so the own attribute is taken as it is. */
const OTHER_WORDS: Record<string, string> = {
  analytics: 'statistics',
  ads: 'marketing',
  advertising: 'marketing',
  targeting: 'marketing',
  functional: 'preferences',
  functionality: 'preferences',
};

/**
 * Reads `data-samtycke-purpose`, or what vanilla-cookieconsent (`data-category`), Cookiebot (`data-cookieconsent`) and
 * klaro (`data-name`) call it. Several words, by blank or comma, are all needed.
 */
export function needs(attributes: DOMStringMap): string[] {
  const { samtyckePurpose: own, category, cookieconsent, name } = attributes;
  const words = (own ?? category ?? cookieconsent ?? name ?? '').split(/[\s,]+/).filter((word) => word);
  return own === undefined
    ? words.map((word) => (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word]! : word))
    : words;
}

/** Whether all of it is there. Nothing named is nothing permitted: an empty attribute is a mistake, not a yes. */
export function permitted(words: readonly string[], allowed: (word: string) => boolean): boolean {
  return words.length > 0 && words.every((word) => word === 'necessary' || allowed(word));
}
