/**
 * Works out what a choice changes in this browser: the cookie's value and the queue. Pure: random numbers are a
 * parameter.
 */
import type { BannerDocument, Decision } from '../contract.js';
import type { StoredChoice } from './cookie.js';
import type { LocalRecord } from './local-record.js';
import { type View } from './permission.js';
/** What the user chose, by purpose, or by service as `<purpose>/<service>`. */
export interface ChoiceInput {
    yes: readonly string[];
    /** Absent: everything. */
    no?: readonly string[] | undefined;
    /** The purposes that are asked now. They were on the screen if there is a `decision`. */
    banner?: BannerDocument | undefined;
    /** The server's prompt for the document that was on the screen. */
    prompt?: string | undefined;
    /** How the user decided. Absent: the page's own code called, which can only withdraw. */
    decision?: Decision;
}
/** A source of random bytes. */
export interface Rng {
    random(length: number): Uint8Array;
}
/** What the choice changes. */
export interface Change {
    n: number;
    local: LocalRecord;
    /** The cookie's new value. Absent: the cookie stays as it is. */
    value?: string;
    /** Purposes that were given or queued, and no longer are. */
    withdrawn: string[];
}
/** The cookie's value with these purposes withdrawn. */
export declare function valueWithout({ token, purposes }: StoredChoice, ids: readonly string[], n: number): string;
/**
 * Works out a choice. A refusal is in `value` at once; a grant is only queued. `highest` is the highest choice number
 * that this page has used, because storage may have been cleared since.
 */
export declare function choose(view: View, input: ChoiceInput, rng: Rng, highest: number): Change;
