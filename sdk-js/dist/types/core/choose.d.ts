/** What a choice changes in this browser: the cookie's value and what waits for the server. Pure; chance is a parameter. */
import type { BannerDocument, Decision } from '../contract.js';
import type { Box } from './box.js';
import type { Stored } from './cookie.js';
import type { View } from './permission.js';
/** What the person said. */
export interface Saying {
    yes: readonly string[];
    /** Absent: everything that is not in `yes`. */
    no: readonly string[] | undefined;
    method: Decision['method'] | 'api';
    /** What is asked now. It was on the screen where there is a `decision`. */
    banner: BannerDocument | undefined;
    decision?: Decision;
}
/** What it changes. */
export interface Change {
    n: number;
    box: Box;
    /** The cookie's new value; absent: it stays as it is. */
    value?: string | undefined;
    /** Purposes that were given, or were about to be, and are not any more. */
    taken: string[];
}
/** The value after purposes were taken away. `empty`: without an identifier where nothing given is left. */
export declare function narrowed(stored: Stored, ids: readonly string[], n: number, now: number, empty: boolean): string;
/**
 * Works a choice out. A no is in `value` at once; a yes is only queued. `top` is the highest number that this page has
 * used, for storage may have been cleared since.
 */
export declare function choose(view: View, saying: Saying, random: (length: number) => Uint8Array, top: number): Change;
