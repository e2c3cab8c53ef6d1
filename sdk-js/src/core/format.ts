/** Writes what cookie.ts reads. */
import { DAY_S } from './cookie.js';

/** Lifetime of the cookie in seconds: less than 13 months. */
export const COOKIE_AGE_S = 390 * DAY_S;

/**
 * A refusal: a number, a day and a notice, and nothing that identifies the user. With a `now` of 0 the user may be
 * asked again at once: a grant followed, and is still being sent.
 */
export function formatRefusal(n: number, now: number, notice8: string): string {
  return `r.${n}.${Math.floor(now / DAY_S).toString(36)}.${notice8}`;
}

/** A grant, without what was withdrawn here since. */
export function formatGiven(n: number, text: string, capability: string, withdrawnIndexes: readonly number[]): string {
  return `g.${n}.${text}.${capability}${withdrawnIndexes.length ? `.${withdrawnIndexes.join('-')}` : ''}`;
}
