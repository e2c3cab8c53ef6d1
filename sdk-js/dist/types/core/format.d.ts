/** Seconds that the cookie lives: under 13 months, however short they are. */
export declare const COOKIE_AGE_S: number;
/**
 * A refusal. It holds a number, a day and a notice, and nothing that tells one person from another. A `now` of 0 makes it
 * one that may be asked again at once: a yes came after it, and is still on its way.
 */
export declare function formatRefusal(n: number, now: number, notice8: string): string;
/** What was given, less what was withdrawn here since. */
export declare function formatGiven(n: number, text: string, capability: string, withdrawnIndexes: readonly number[]): string;
