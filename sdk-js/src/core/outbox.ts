/**
 * What waits for the server, as pure functions: nothing here reads a clock, stores or sends.
 *
 * A no goes first and is never given up for being old or many. A yes is: it acts only when the server has it, and asking
 * again costs the person less than a yes that they have forgotten.
 */

import { DAY_S } from './cookie.js';
import type { LocalRecord, Submission } from './local-record.js';

/** Most entries; a submission is about 1 KiB, and browsers give a site some 5 MiB. */
export const ENTRIES_MAX = 64;
/** Most earlier events that one may name (the server's limit). */
export const AFTER_MAX = 16;
/** Seconds after which a grant that could not be sent is given up: the server would not let it act either. */
export const GRANT_AGE_MAX_S = 30 * DAY_S;

/** What an answer means for an entry. */
export type Disposition =
  /** Acknowledged. */
  | 'done'
  /** A no that the server has nothing to do with: what was written here stands. */
  | 'over'
  /** A grant that was turned down: not given. */
  | 'dropped'
  /** To be sent again. */
  | 'retry';

/** Whether it only narrows. */
export function isNo(entry: Submission): boolean {
  return !entry.yes.length;
}

/** The box with one more entry. Where there are too many, the oldest grant leaves: the new one itself if need be. */
export function enqueue(local: LocalRecord, entry: Submission): LocalRecord {
  const q = [...local.q, entry];
  const oldest = q.findIndex((old) => !isNo(old));
  if (q.length > ENTRIES_MAX && oldest >= 0) q.splice(oldest, 1);
  return { ...local, q };
}

/** What to send now: the oldest no, or else the oldest grant. So no grant leaves while a no is open. */
export function next(local: LocalRecord): Submission | undefined {
  return local.q.find(isNo) ?? local.q[0];
}

/** Ids that a new entry comes after. Only a no among them can keep a grant from acting. */
export function afterIds(local: LocalRecord): string[] {
  return local.q
    .filter((entry) => entry.no.length)
    .slice(-AFTER_MAX)
    .map((entry) => entry.id);
}

/** Whether a grant has waited too long. A clock that was put back makes it young again, and the server judges. */
export function isLate(entry: Submission, now: number): boolean {
  return !isNo(entry) && now - entry.at > GRANT_AGE_MAX_S;
}

/** Whether a status says nothing about what was sent. 0: there was no answer. */
export function isRetry(status: number): boolean {
  return status < 200 || (status >= 300 && status < 400) || status >= 500 || [408, 425, 429].includes(status);
}

/** What the answer's status means for an entry. */
export function dispositionOf(entry: Submission, status: number): Disposition {
  if (isRetry(status)) return 'retry';
  if (status < 300) return 'done';
  return isNo(entry) ? ([404, 410, 422].includes(status) ? 'over' : 'retry') : 'dropped';
}

/** The number of the newest choice that this browser knows. */
export function newestNumber(local: LocalRecord, stored: { n: number } | undefined): number {
  return Math.max(stored?.n ?? 0, ...local.q.map((entry) => entry.n));
}
