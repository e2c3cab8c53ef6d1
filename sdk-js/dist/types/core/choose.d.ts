/** What a choice changes in this browser: the cookie's value and what waits for the server. Pure; chance is a parameter. */
import type { BannerDocument, Decision } from '../contract.js';
import type { StoredChoice } from './cookie.js';
import type { LocalRecord } from './local-record.js';
import { type View } from './permission.js';
/** What the person said, about purposes and, as `<purpose>/<service>`, services. */
export interface ChoiceInput {
    yes: readonly string[];
    /** Absent: everything. */
    no?: readonly string[] | undefined;
    /** What is asked now. It was on the screen where there is a `decision`. */
    banner?: BannerDocument | undefined;
    /** How it was said; absent: by the page's own code, which can only take back. */
    decision?: Decision;
}
/** Where chance comes from. */
export interface Rng {
    random(length: number): Uint8Array;
}
/** What it changes. */
export interface Change {
    n: number;
    local: LocalRecord;
    /** The cookie's new value; absent: it stays as it is. */
    value?: string;
    /** Purposes that were given, or were about to be, and are not any more. */
    withdrawn: string[];
}
/** The value after purposes were taken away here. */
export declare function valueWithout({ token, purposes }: StoredChoice, ids: readonly string[], n: number): string;
/**
 * Works a choice out. A no is in `value` at once; a yes is only queued. `top` is the highest number that this page has
 * used, for storage may have been cleared since.
 */
export declare function choose(view: View, input: ChoiceInput, rng: Rng, highest: number): Change;
