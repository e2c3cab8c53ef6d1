/**
 * What waits for the server, as pure functions: nothing here reads a clock, stores or sends.
 *
 * A no goes first and is never given up for being old or many. A yes is: it acts only when the server has it, and asking
 * again costs the person less than a yes that they have forgotten.
 */
import type { LocalRecord, Submission } from './local-record.js';
/** Most entries; a submission is about 1 KiB, and browsers give a site some 5 MiB. */
export declare const ENTRIES_MAX = 64;
/** Most earlier events that one may name (the server's limit). */
export declare const AFTER_MAX = 16;
/** Seconds after which a grant that could not be sent is given up: the server would not let it act either. */
export declare const GRANT_AGE_MAX_S: number;
/** What an answer means for an entry. */
export type Disposition = 
/** Acknowledged. */
'done'
/** A no that the server has nothing to do with: what was written here stands. */
 | 'over'
/** A grant that was turned down: not given. */
 | 'dropped'
/** To be sent again. */
 | 'retry';
/** Whether it only narrows. */
export declare function isNo(entry: Submission): boolean;
/** The box with one more entry. Where there are too many, the oldest grant leaves: the new one itself if need be. */
export declare function enqueue(local: LocalRecord, entry: Submission): LocalRecord;
/** What to send now: the oldest no, or else the oldest grant. So no grant leaves while a no is open. */
export declare function next(local: LocalRecord): Submission | undefined;
/** Ids that a new entry comes after. Only a no among them can keep a grant from acting. */
export declare function afterIds(local: LocalRecord): string[];
/** Whether a grant has waited too long. A clock that was put back makes it young again, and the server judges. */
export declare function isLate(entry: Submission, now: number): boolean;
/** Whether a status says nothing about what was sent. 0: there was no answer. */
export declare function isRetry(status: number): boolean;
/** What the answer's status means for an entry. */
export declare function dispositionOf(entry: Submission, status: number): Disposition;
/** The number of the newest choice that this browser knows. */
export declare function newestNumber(local: LocalRecord, stored: {
    n: number;
} | undefined): number;
