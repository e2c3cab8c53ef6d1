/**
 * Reads the consent cookie. Every page loads this file, so the code that writes the cookie is in format.ts.
 *
 * A value that does not match one of the forms exactly is no choice. It can neither release anything nor hide a
 * refusal, because the other cookies of the same name are read too.
 */
import type { Category, Choice, ChoicePurpose } from '../contract.js';

/**
 * The name of a site's cookie. The number is the version of the form; another form gets another name. Sites that share
 * a host must not read each other's cookies, whatever their ports and paths.
 */
export const cookieName = (site: string) => `samtycke-consent-1-${site}`;

/** What the server signed, and the capability of this browser. The browser does not verify the signature. */
export interface Token {
  /** `<payload>.<sig>`, as in the cookie. */
  text: string;
  /** 32 random bytes in base64url. */
  capability: string;
  /** Number of the newest submission that the server had seen. */
  seq: number;
  /** Unix seconds by the server's clock. */
  signed: number;
  /** Unix seconds by the server's clock. From then on the token permits nothing. */
  expires: number;
  /** Indexes of given purposes that were withdrawn here and not yet signed. */
  withdrawnIndexes: number[];
}

/** The choice that this browser stores. A purpose that was withdrawn here later has `given: false`. */
export interface StoredChoice extends Choice {
  /** The cookie's value, as it was read. */
  value: string;
  /** Present only after a grant: a refusal stores nothing that could identify the user. */
  token?: Token;
}

/** The payload stores the first letter. */
const CATEGORIES: Category[] = ['necessary', 'preferences', 'statistics', 'marketing'];
const FORM =
  /^(?:r\.([1-9]\d{0,9})\.(0|[1-9a-z][\da-z]{0,5})\.([\da-f]{8})|g\.([1-9]\d{0,9})\.(([\w-]+)\.[\w-]{86})\.([\w-]{43})(?:\.(\d+(?:-\d+)*))?)$/;
/** The server's limits: the largest choice number and the longest value. */
const NUMBER_MAX = 2 ** 31;
const VALUE_MAX = 4_096;

/** A day in seconds. Refusals are dated by the day, so that the date identifies no user. */
export const DAY_S = 86_400;

/** Decodes unpadded base64url, one character per byte. Throws if it is invalid. */
export function fromBase64url(text: string): string {
  return atob(text.replace(/-/g, '+').replace(/_/g, '/'));
}

/** Parses a value of this site's cookie. Undefined if it is damaged, or signed for another site. Never throws. */
export function parseChoice(value: string, site: string): StoredChoice | undefined {
  const [, refusal, day, notice8, count, text, payload, capability, withdrawnIndexes = ''] = FORM.exec(value) ?? [];
  const n = +(refusal ?? count ?? Number.NaN);
  if (!(n <= NUMBER_MAX) || value.length > VALUE_MAX) return;
  if (refusal) return { value, n, kind: 'refused', at: parseInt(day!, 36) * DAY_S, notice8: notice8!, purposes: [] };
  try {
    const json = fromBase64url(payload!);
    const signed = JSON.parse(json);
    const { v, i, n: notice8, seq, iat, exp } = signed;
    const purposes: ChoicePurpose[] = signed.p.map(([id, letter, bits]: [string, string, number]) => ({
      id,
      category: CATEGORIES.find((category) => category[0] === letter && bits < 16)!,
      given: !!(bits & 1),
      gpc: !!(bits & 2),
      ask: !!(bits & 4),
      google: !!(bits & 8),
    }));
    const without = withdrawnIndexes ? withdrawnIndexes.split('-') : [];
    for (const index of without) purposes[index as unknown as number]!.given = false;
    if (
      v !== 1 ||
      i !== site ||
      // Only the canonical form, and no unknown fields. A time that is not a number would be neither too old nor too
      // new.
      JSON.stringify(signed) !== json ||
      Object.keys(signed).length !== 11 ||
      ![seq, iat, exp].every(Number.isSafeInteger) ||
      !purposes.every((purpose) => purpose.category) ||
      new Set(without).size < without.length
    )
      return;
    const token = {
      text: text!,
      capability: capability!,
      seq,
      signed: iat,
      expires: exp,
      withdrawnIndexes: without.map(Number),
    };
    return { value, n, kind: 'given', at: iat, notice8, purposes, token };
  } catch {}
}

const givenCount = (choice: StoredChoice) => choice.purposes.filter((purpose) => purpose.given).length;

/** The choice that holds: the one with the highest number; of two equals, the one that gives less. */
export function newestChoice(values: readonly string[], site: string): StoredChoice | undefined {
  return values
    .flatMap((value) => parseChoice(value, site) ?? [])
    .sort((a, b) => b.n - a.n || givenCount(a) - givenCount(b))[0];
}

/** The values of the site's cookie in `document.cookie`. There can be several, with different paths or domains. */
export function siteCookieValues(cookies: string, site: string): string[] {
  const name = `${cookieName(site)}=`;
  return cookies.split('; ').flatMap((cookie) => (cookie.startsWith(name) ? cookie.slice(name.length) : []));
}
