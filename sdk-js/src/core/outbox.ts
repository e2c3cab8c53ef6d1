/**
 * The queue of submissions as pure functions: they read no clock, store nothing and send nothing.
 *
 * Refusals go first, and are never dropped for age or number. Grants can be: a grant takes effect only when the server
 * has it, and asking again is better than a grant that the user has forgotten.
 */

import { DAY_S } from './cookie.js';
import type { LocalRecord, Submission } from './local-record.js';

/** Longest queue. A submission is about 1 KiB, and browsers give a site about 5 MiB. */
export const ENTRIES_MAX = 64;
/** The server's limit on how many earlier events an event can name. */
export const AFTER_MAX = 16;
/** Age in seconds after which an unsent grant is dropped. The server would not let it take effect either. */
export const GRANT_AGE_MAX_S = 30 * DAY_S;

/** What a response means for a submission. */
export type Disposition =
  /** The server has recorded it. */
  | 'done'
  /** The server cannot record this refusal. What was written here holds. */
  | 'over'
  /** The server rejected this grant: not given. */
  | 'dropped'
  /** To be sent again. */
  | 'retry';

/** Whether it only restricts. */
export function isRestriction(entry: Submission): boolean {
  return !entry.yes.length;
}

/**
 * The record with one more submission. If the queue is too long, the oldest grant is dropped, even if it is the new
 * one.
 */
export function enqueue(local: LocalRecord, entry: Submission): LocalRecord {
  const q = [...local.q, entry];
  const oldest = q.findIndex((old) => !isRestriction(old));
  if (q.length > ENTRIES_MAX && oldest >= 0) q.splice(oldest, 1);
  return { ...local, q };
}

/** What to send next: the oldest refusal, or else the oldest grant. So no grant is sent while a refusal is queued. */
export function next(local: LocalRecord): Submission | undefined {
  return local.q.find(isRestriction) ?? local.q[0];
}

/**
 * Ids of the events that a new submission comes after. Only a refusal among them can keep a grant from taking effect.
 */
export function afterIds(local: LocalRecord): string[] {
  return local.q
    .filter((entry) => entry.no.length)
    .slice(-AFTER_MAX)
    .map((entry) => entry.id);
}

/** Whether a grant has waited too long. If the clock was set back, the grant looks young, and the server decides. */
export function isLate(entry: Submission, now: number): boolean {
  return !isRestriction(entry) && now - entry.at > GRANT_AGE_MAX_S;
}

/** Whether a status says nothing about the submission. 0: there was no response. */
export function isRetry(status: number): boolean {
  return status < 200 || (status >= 300 && status < 400) || status >= 500 || [408, 425, 429].includes(status);
}

/** What the response's status means for a submission. */
export function dispositionOf(entry: Submission, status: number): Disposition {
  if (isRetry(status)) return 'retry';
  if (status < 300) return 'done';
  return isRestriction(entry) ? ([404, 410, 422].includes(status) ? 'over' : 'retry') : 'dropped';
}

/** The number of the newest choice that this browser knows. */
export function newestNumber(local: LocalRecord, stored: { n: number } | undefined): number {
  return Math.max(stored?.n ?? 0, ...local.q.map((entry) => entry.n));
}
