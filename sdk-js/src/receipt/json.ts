/** JSON as samtycke writes it: no key twice, whole numbers only, one spelling. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const DEPTH_MAX = 16;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value of a text that is JSON in its canonical form (RFC 8785), with whole numbers, ASCII keys and texts in Unicode
 * form C; else undefined.
 */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    // A key that stands twice, a space, another escape or order: none of them survives being written anew.
    return isStrict(value, DEPTH_MAX) && canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 8785 for what `isStrict` accepts: the keys sorted by their UTF-16 units, and the rest as ECMAScript writes it. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

function isStrict(value: Json, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.normalize('NFC') === value;
    case 'number':
      return Number.isSafeInteger(value);
    case 'boolean':
      return true;
    default:
  }
  if (value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isStrict(item, depth - 1));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is meant
  return Object.entries(value).every(([key, item]) => /^[\x00-\x7f]*$/.test(key) && isStrict(item, depth - 1));
}

/** Whether a key stands twice in one object of a text that JSON.parse accepts: the last would win, in silence. */
export function hasKeyTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  // Texts are taken whole, so that what looks like structure inside of them is none.
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (colon && string) {
      const keys = open.at(-1);
      const key: string = JSON.parse(string);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
