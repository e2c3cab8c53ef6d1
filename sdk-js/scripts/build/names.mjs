/**
 * Public block lists hide whatever looks like another product's banner, by address, id or class. A banner of ours that is
 * hidden cannot be answered, so these shapes are kept out of what we publish.
 */
const patterns = [
  /cookie-?(banner|bar|box|consent|law|message|modal|notice|notification|overlay|policy|popup|wall|warning)/i,
  /(gdpr|ccpa|tcf|cmp)[-_.]?(banner|consent|cookie|modal|notice|popup)/i,
  /consent[-_.]?(banner|bar|box|manager|management|modal|notice|overlay|popup|wall)/i,
  /[-_.](consent-banner|cookie-banner)/i,
  /^(cc|cmp|gdpr|cookie|cookies)[-_.]/i,
  /^(cmp|gdpr|cookieconsent|cookies?\.js)(\.js)?$/i,
];

/** What is a class, an id, a part of an address or a file name in a text. */
const shapes = [
  /(?:class|id|className)\s*=\s*["'`]([^"'`]+)["'`]/g,
  /(?:classList\.(?:add|toggle|remove)|getElementById)\(\s*["'`]([^"'`]+)["'`]/g,
  /\.(-?[_a-zA-Z][\w-]*)[^{};()]*\{[^}]*:[^}]*\}/g,
  /#(-?[_a-zA-Z][\w-]*)[^{};()]*\{[^}]*:[^}]*\}/g,
  /["'`](\/[\w./-]+)["'`]/g,
];

/** @param {Iterable<[string, string]>} files name and text; @returns {string[]} one line for each name that is matched */
export function banned(files) {
  const found = new Set();
  for (const [file, text] of files) {
    for (const part of file.split('/')) judge(part, file);
    for (const shape of shapes) {
      for (const [, value] of text.matchAll(shape)) {
        for (const word of value.split(/[\s/]+/)) judge(word, file);
      }
    }
  }
  function judge(word, file) {
    if (word && patterns.some((pattern) => pattern.test(word))) found.add(`${file}: ${word}`);
  }
  return [...found].sort();
}
