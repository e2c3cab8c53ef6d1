/** The JSON that samtycke reads (docs/grammar.md): what every reader of JSON understands alike, and nothing else. */
import { utf8 } from './bytes';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Limits of a committed body; bytes, and levels of objects and lists. */
const BODY_BYTES_MAX = 16 * 1024;
const DEPTH_MAX = 16;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value of a text that is JSON without a key that stands twice, with ASCII keys, whole numbers in plain digits up to
 * 2^53 - 1, and texts in Unicode form C that have no half of a surrogate pair; else undefined.
 */
export function parseStrict(text: string, bytesMax: number, depthMax: number): Json | undefined {
  try {
    const bytes = utf8(text);
    if (!bytes || bytes.length > bytesMax) return undefined;
    const value: Json = JSON.parse(text);
    return !hasSecondReading(text) && isStrict(value, depthMax) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a text that is strict JSON in its canonical form (RFC 8785); else undefined. */
export function parseCanonical(text: string, bytesMax = BODY_BYTES_MAX): Json | undefined {
  const value = parseStrict(text, bytesMax, DEPTH_MAX);
  return value !== undefined && canonical(value) === text ? value : undefined;
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
      return !/\p{Surrogate}/u.test(value) && value.normalize('NFC') === value;
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

/**
 * Whether a text that JSON.parse accepts has what other readers take otherwise: a key that stands twice in one object, of
 * which the last would win in silence, or a number that is not in plain digits.
 */
export function hasSecondReading(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  // Texts are taken whole, so that what looks like structure inside of them is none.
  for (const [token, string, colon, number] of text.matchAll(
    /("(?:[^"\\]|\\.)*")(\s*:)?|([-+.\d][-+.\deE]*)|[{}[\]]/g,
  )) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (number && !/^(?:0|-?[1-9]\d*)$/.test(number)) return true;
    else if (colon && string) {
      const keys = open.at(-1);
      const key: string = JSON.parse(string);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
