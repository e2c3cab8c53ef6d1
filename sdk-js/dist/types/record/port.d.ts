/** What the record needs from the browser. Tests give it another one. */
import type { Rng } from '../core/choose.js';
import type { View } from '../core/permission.js';
/** An answer of the server. A status of 0 is none: no network, or none in time. */
export interface Answer {
    status: number;
    body: AnswerBody;
    /** Seconds that the server asks to be left alone for; 0 where it does not say. */
    retryAfter: number;
}
/** What is read of `RecordAnswer`, and of the answer of `POST /v1/cookie`. */
export interface AnswerBody {
    seq?: number;
    cookie?: string | null;
    /** Whether somebody may be asked now. */
    may_ask?: boolean;
    decisions?: {
        purpose: string;
        scope?: {
            vendor?: string;
        } | null;
        outcome: string;
    }[];
}
/** What became of something that the person said, for the screen. */
export type RecordProgress = 
/** A yes is on record. */
'saved'
/** A yes could not be sent yet. */
 | 'pending'
/** A yes does not hold: to be asked again. */
 | 'again';
/** Everything that the record touches. No call throws. */
export interface RecordPort extends Rng {
    /** Public id of the site: what is signed for another one is not taken over. */
    site: string;
    /** Read anew at each call: other tabs write too. */
    view(): View;
    /** Writes the cookie's value, or takes the cookie away. False where the browser did not take it. */
    writeCookie(value: string | undefined): boolean;
    /** Writes the box's text, or takes it away. */
    writeLocal(text: string | undefined): void;
    /** `POST /v1/<path>`, or the banner's own `tallies`. Never rejects. `n` is the choice's number, for a cookie that the server sets itself. */
    post(path: string, body: object, capability?: string, n?: number): Promise<Answer>;
    /** Runs it while no other tab runs its own. */
    lock(run: () => Promise<void>): Promise<void>;
    /** Calls back after this many milliseconds, unless the page goes away. */
    wait(ms: number, run: () => void): void;
    /** The server's clock says this many Unix seconds now. */
    clockIs(seconds: number): void;
    /** Something that is stored was changed here: this page and the other tabs have to look. */
    changed(): void;
    progress(progress: RecordProgress): void;
}
