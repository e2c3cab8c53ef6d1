/**
 * Reads what this browser stores besides the cookie. Every page loads this file; the code that changes the queue is in
 * outbox.ts.
 */

/** One submission that the server has not acknowledged. */
export interface Submission {
  /** UUIDv7: the idempotency identity, for ever. */
  id: string;
  /** Number of the choice that it records. */
  n: number;
  /** Unix seconds by this browser's clock. */
  at: number;
  /** Purposes that it gives. Empty: it only restricts, and is sent first. */
  yes: readonly string[];
  /** Purposes that it restricts. They are denied while it is queued, whatever a token says. */
  no: readonly string[];
  /**
   * Whether the browser signalled then. If not, a signal that is on now is a new one to the server, which nobody has
   * acknowledged: under it nothing is permitted while this is queued.
   */
  gpc: boolean;
  /** Capability of its subject. */
  c: string;
  /** The request's body. It never changes: one id, one body. */
  body: Record<string, unknown>;
}

/** Stored in localStorage from the first grant until the server has acknowledged a withdrawal of everything. */
export interface LocalRecord {
  /** Capability of the subject. */
  c?: string;
  /** The subject's newest `seq` that this browser has seen. */
  s: number;
  /** The queue, oldest first. */
  q: Submission[];
  /** The cookie's value, if the browser refuses cookies. */
  k?: string | undefined;
}

/** Parses the stored text. Damaged parts are left out, which permits nothing. Never throws. */
export function parseLocalRecord(text: string | null | undefined): LocalRecord {
  try {
    const { c, s, q, k } = JSON.parse(text!);
    return { c, s: +s || 0, q: q.filter(({ yes, no }: Submission) => [yes, no].every(Array.isArray)), k };
  } catch {
    return { s: 0, q: [] };
  }
}
