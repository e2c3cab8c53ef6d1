/** Reads what waits for the server. Part of what every page loads; changing it is in outbox.ts. */
/** One submission that the server has not acknowledged. */
export interface Submission {
    /** UUIDv7: the idempotency identity, for ever. */
    id: string;
    /** Number of the choice that it records. */
    n: number;
    /** Unix seconds by this browser's clock. */
    at: number;
    /** Purposes that it gives. Empty: it is a no, and is sent first. */
    yes: readonly string[];
    /** Purposes that it narrows: not permitted while it is open, whatever a token says. */
    no: readonly string[];
    /** Capability of the subject that it is about. */
    c: string;
    /** The request's body. Never changed: one id, one body. */
    body: Record<string, unknown>;
}
/** What is kept in localStorage from the first grant until a withdrawal of everything has been acknowledged. */
export interface LocalRecord {
    /** Capability of the subject. */
    c?: string;
    /** The subject's newest `seq` that this browser has seen. */
    s: number;
    /** What waits, oldest first. */
    q: Submission[];
    /** The cookie's value, where the browser takes no cookies. */
    k?: string | undefined;
}
/** The box that a text says. What is damaged is left out: it permits nothing by being missing. Never throws. */
export declare function parseLocalRecord(text: string | null | undefined): LocalRecord;
