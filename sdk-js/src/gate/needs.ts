/** What an element waits for: ids of purposes, a service of a purpose, or our four categories. */
import type { BannerDocument } from '../contract.js';
import { answerIds } from '../core/permission.js';

/**
 * Other tools' words for our four categories. A purpose may have such a name, so our own attribute is not translated.
 */
const OTHER_WORDS: Record<string, string> = {
  analytics: 'statistics',
  ads: 'marketing',
  advertising: 'marketing',
  targeting: 'marketing',
  functional: 'preferences',
  functionality: 'preferences',
};

/**
 * Reads `data-samtycke-purpose`, or the attribute of vanilla-cookieconsent (`data-category`), Cookiebot
 * (`data-cookieconsent`) or klaro (`data-name`). Several words, separated by spaces or commas, are all needed.
 * `data-samtycke-vendor` limits each to that service.
 */
export function neededPurposes(attributes: DOMStringMap): string[] {
  const { samtyckePurpose: own, samtyckeVendor: vendor, category, cookieconsent, name } = attributes;
  const words = (own ?? category ?? cookieconsent ?? name ?? '').split(/[\s,]+/).filter((word) => word);
  if (own !== undefined) return vendor ? words.map((word) => `${word}/${vendor}`) : words;
  return words.map((word) => (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word]! : word));
}

/** Whether all of them are permitted. An empty attribute is a mistake, and permits nothing. */
export function allPermitted(words: readonly string[], allowed: (word: string) => boolean): boolean {
  return words.length > 0 && words.every((word) => word === 'necessary' || allowed(word));
}

/** Whether this site could ever permit them. */
export function canBePermitted({ purposes, words: { categories } }: BannerDocument, words: readonly string[]): boolean {
  return allPermitted(
    words,
    (word) =>
      Object.hasOwn(categories, word) ||
      purposes.some((purpose) => word === purpose.id || answerIds(purpose).includes(word)),
  );
}
