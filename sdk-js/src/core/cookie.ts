/**
 * Reads the one cookie. Part of what every page loads, so writing it is in format.ts.
 *
 * A value that is not exactly of one of the forms is no choice: it can neither release anything nor hide a no, for the
 * other cookies of the name are read too.
 */
import type { Category, Choice, ChoicePurpose } from '../contract.js';

/**
 * Name of a site's cookie. The number is the form's: another form gets another name. Sites that share a host must not read
 * each other's, whatever ports or paths they are at.
 */
export const cookieName = (site: string) => `samtycke-consent-1-${site}`;

/** What the server signed, and what opens the record for this browser. The browser itself does not check the signature. */
export interface Token {
  /** `<payload>.<sig>` as it stands in the cookie. */
  text: string;
  /** 32 random bytes in base64url. */
  capability: string;
  /** Number of the newest submission that the server had seen. */
  seq: number;
  /** Unix seconds by the server's clock. */
  signed: number;
  /** Unix seconds by the server's clock from which on it permits nothing. */
  expires: number;
  /** Indices of purposes that it gives and that were withdrawn here since: not signed yet. */
  withdrawnIndexes: number[];
}

/** The choice that is stored in this browser. `given` of its purposes is false where a withdrawal here came later. */
export interface StoredChoice extends Choice {
  /** The cookie's value, as it was read. */
  value: string;
  /** Only of what was given: a refusal keeps nothing that could identify anybody. */
  token?: Token;
}

/** Each is signed as its first letter. */
const CATEGORIES: Category[] = ['necessary', 'preferences', 'statistics', 'marketing'];
const FORM =
  /^(?:r\.([1-9]\d{0,9})\.(0|[1-9a-z][\da-z]{0,5})\.([\da-f]{8})|g\.([1-9]\d{0,9})\.(([\w-]+)\.[\w-]{86})\.([\w-]{43})(?:\.(\d+(?:-\d+)*))?)$/;
/** Largest number of a choice, and longest value: the server's limits. */
const NUMBER_MAX = 2 ** 31;
const VALUE_MAX = 4_096;

/** A day in seconds: refusals are dated no finer, so that the date singles nobody out. */
export const DAY_S = 86_400;

/** The text that unpadded base64url spells, a character for a byte. Throws where it is none. */
export function fromBase64url(text: string): string {
  return atob(text.replace(/-/g, '+').replace(/_/g, '/'));
}

/**
 * The choice that a value of this site's cookie says, or nothing where it is damaged, or was signed for another site. Never
 * throws.
 */
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
      // One spelling, and nothing that is not known. A time that is no number would be neither too old nor too new.
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

/** Which of several choices holds: the one with the highest number, of two equals the one that gives less. */
export function newestChoice(values: readonly string[], site: string): StoredChoice | undefined {
  return values
    .flatMap((value) => parseChoice(value, site) ?? [])
    .sort((a, b) => b.n - a.n || givenCount(a) - givenCount(b))[0];
}

/** Values of the site's cookie in `document.cookie`: there can be several, with other paths or domains. */
export function siteCookieValues(cookies: string, site: string): string[] {
  const name = `${cookieName(site)}=`;
  return cookies.split('; ').flatMap((cookie) => (cookie.startsWith(name) ? cookie.slice(name.length) : []));
}
