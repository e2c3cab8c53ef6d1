/**
 * The queue of submissions as pure functions: they read no clock, store nothing and send nothing.
 *
 * Refusals go first, and are never dropped for age or number. Grants can be: a grant takes effect only when the server
 * has it, and asking again is better than a grant that the user has forgotten.
 */
import type { LocalRecord, Submission } from './local-record.js';
/** Longest queue. A submission is about 1 KiB, and browsers give a site about 5 MiB. */
export declare const ENTRIES_MAX = 64;
/** The server's limit on how many earlier events an event can name. */
export declare const AFTER_MAX = 16;
/** Age in seconds after which an unsent grant is dropped. The server would not let it take effect either. */
export declare const GRANT_AGE_MAX_S: number;
/** What a response means for a submission. */
export type Disposition = 
/** The server has recorded it. */
'done'
/** The server cannot record this refusal. What was written here holds. */
 | 'over'
/** The server rejected this grant: not given. */
 | 'dropped'
/** To be sent again. */
 | 'retry';
/** Whether it only restricts. */
export declare function isRestriction(entry: Submission): boolean;
/**
 * The record with one more submission. If the queue is too long, the oldest grant is dropped, even if it is the new
 * one.
 */
export declare function enqueue(local: LocalRecord, entry: Submission): LocalRecord;
/** What to send next: the oldest refusal, or else the oldest grant. So no grant is sent while a refusal is queued. */
export declare function next(local: LocalRecord): Submission | undefined;
/**
 * Ids of the events that a new submission comes after. Only a refusal among them can keep a grant from taking effect.
 */
export declare function afterIds(local: LocalRecord): string[];
/** Whether a grant has waited too long. If the clock was set back, the grant looks young, and the server decides. */
export declare function isLate(entry: Submission, now: number): boolean;
/** Whether a status says nothing about the submission. 0: there was no response. */
export declare function isRetry(status: number): boolean;
/** What the response's status means for a submission. */
export declare function dispositionOf(entry: Submission, status: number): Disposition;
/** The number of the newest choice that this browser knows. */
export declare function newestNumber(local: LocalRecord, stored: {
    n: number;
} | undefined): number;
