/** What follows from a choice now. Everything that is not plainly permitted is denied. */
import type { BannerPurpose, State } from '../contract.js';
import { type StoredChoice, type Token } from './cookie.js';
import type { LocalRecord } from './local-record.js';
/** All that a permission depends on, read at one moment. */
export interface View {
    stored: StoredChoice | undefined;
    local: LocalRecord;
    /** The browser says no for the person: a signal, never a choice. */
    gpc: boolean;
    /** Unix seconds, by the server's clock as far as this page knows it. */
    now: number;
    /** Unix seconds, by the browser's own clock: what ages here is not made older by what is learned about the clock. */
    clock: number;
    /** The person closed the question, in this tab. */
    deferred: boolean;
    /** What Google's consent types follow waits until Google can be told. */
    held?: boolean | undefined;
}
/** Seconds after which a token is renewed in the background. */
export declare const RENEW_S = 900;
/**
 * Whether the server confirmed the token recently enough to rely on: 24 hours is the published bound for browsers. A token
 * from before what the server has acknowledged since is not: a cookie that the server sets can come in late.
 */
export declare function isConfirmed({ capability, seq, signed }: Token, { local, now }: View): boolean;
/** What a purpose is asked about, and answered: the purpose as a whole, or each of its services as `<purpose>/<service>`. */
export declare const answerIds: ({ id, vendors }: BannerPurpose) => string[];
/**
 * Whether the person has said yes to a purpose, to one of its services, or to a category as a whole, by this browser's word.
 * `strict`: and no signal or missing part stands against it. A purpose is given with all of its services, and a yes to one
 * whose services are not asked by themselves is one to each of them.
 */
export declare function isGiven(word: string, { stored, local, gpc, held }: View, strict?: boolean): boolean;
/** Whether it may be done now. */
export declare function isPermitted(word: string, view: View): boolean;
/** The snapshot that a page sees. */
export declare function stateOf(view: View): State;
