import { type Said } from './event.js';
import { type ReceiptReason } from './invalid.js';
declare const KINDS: readonly ['event', 'publication', 'key_change', 'erasure', 'succession'];
export type { Said } from './event.js';
export type { ReceiptReason } from './invalid.js';
export interface Receipt {
    /** The log committed to exactly this, and nothing of it was erased. Everything else is false. */
    ok: boolean;
    outcome: 'valid' | 'valid_erased' | 'invalid' | 'undecidable';
    reason?: ReceiptReason;
    /** Set only where the outcome is `valid` or `valid_erased`, like everything below. */
    said: Said[];
    /** The log's origin, and where in it. */
    origin?: string;
    index?: bigint;
    size?: bigint;
    kind?: (typeof KINDS)[number];
    /** Which notice was shown, and how. */
    notice?: string;
    language?: string;
    /** Whose it is: a pseudonym. */
    subject?: string;
    /** Hour of the event in milliseconds of Unix time; times are rounded in what holds no person. */
    hour_ms?: number;
    expires_ms?: number;
    /** Index of the leaf that says that the openings were destroyed. */
    erased_at?: bigint;
}
/**
 * Verifies a bundle, as `GET /v1/events/{id}/proof` answers it, against the log's verifier key. Offline, and it never
 * throws. Take the key from somewhere else than the server that you are checking.
 */
export declare function verifyReceipt(bundle: string, vkey: string): Promise<Receipt>;
