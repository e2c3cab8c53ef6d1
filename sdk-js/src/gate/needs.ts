/** What an element waits for (ids of purposes, one service of a purpose, or our four categories). */
import type { BannerDocument } from '../contract.js';
import { answerIds } from '../core/permission.js';

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
 * klaro (`data-name`) call it. Several words, by blank or comma, are all needed. With `data-samtycke-vendor` each is that
 * service's part of the purpose.
 */
export function neededPurposes(attributes: DOMStringMap): string[] {
  const { samtyckePurpose: own, samtyckeVendor: vendor, category, cookieconsent, name } = attributes;
  const words = (own ?? category ?? cookieconsent ?? name ?? '').split(/[\s,]+/).filter((word) => word);
  if (own !== undefined) return vendor ? words.map((word) => `${word}/${vendor}`) : words;
  return words.map((word) => (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word]! : word));
}

/** Whether all of it is there. Nothing named is nothing permitted: an empty attribute is a mistake, not a yes. */
export function allPermitted(words: readonly string[], allowed: (word: string) => boolean): boolean {
  return words.length > 0 && words.every((word) => word === 'necessary' || allowed(word));
}

/** Whether a site could ever permit them. */
export function canBePermitted({ purposes, words: { categories } }: BannerDocument, words: readonly string[]): boolean {
  return allPermitted(
    words,
    (word) =>
      Object.hasOwn(categories, word) ||
      purposes.some((purpose) => word === purpose.id || answerIds(purpose).includes(word)),
  );
}
