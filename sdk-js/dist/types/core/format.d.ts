/** Lifetime of the cookie in seconds: less than 13 months. */
export declare const COOKIE_AGE_S: number;
/**
 * A refusal: a number, a day and a notice, and nothing that identifies the user. With a `now` of 0 the user may be
 * asked again at once: a grant followed, and is still being sent.
 */
export declare function formatRefusal(n: number, now: number, notice8: string): string;
/** A grant, without what was withdrawn here since. */
export declare function formatGiven(n: number, text: string, capability: string, withdrawnIndexes: readonly number[]): string;
