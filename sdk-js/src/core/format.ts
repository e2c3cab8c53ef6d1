/** Writes what cookie.ts reads. */
import { DAY_S } from './cookie.js';

/** Seconds that the cookie lives: under 13 months, however short they are. */
export const COOKIE_AGE_S = 390 * DAY_S;

/**
 * A refusal. It holds a number, a day and a notice, and nothing that tells one person from another. A `now` of 0 makes it
 * one that may be asked again at once: a yes came after it, and is still on its way.
 */
export function formatRefusal(n: number, now: number, notice8: string): string {
  return `r.${n}.${Math.floor(now / DAY_S).toString(36)}.${notice8}`;
}

/** What was given, less what was withdrawn here since. */
export function formatGiven(n: number, text: string, capability: string, withdrawnIndexes: readonly number[]): string {
  return `g.${n}.${text}.${capability}${withdrawnIndexes.length ? `.${withdrawnIndexes.join('-')}` : ''}`;
}
