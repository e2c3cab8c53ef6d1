declare const KINDS: readonly ['event', 'publication', 'key_change', 'erasure', 'succession'];
/** Why a receipt proves nothing, or less than one would like. */
export type ReceiptReason = 
/** Undecidable: not a verifier key, or a browser without Ed25519. */
'key'
/** Undecidable: signed by another log, or by a key that this one has had since. */
 | 'unknown_log'
/** Undecidable: a committed body of a version that is not known here. */
 | 'body_version'
/** Undecidable: nothing is opened, and so nothing said. */
 | 'nothing_opened'
/** Invalid: not a bundle, or one part of it does not fit. */
 | 'format' | 'leaf' | 'opening' | 'body' | 'expires' | 'notice' | 'proof' | 'inclusion' | 'place' | 'signature' | 'split_view' | 'erasure';
/** What a person said, by a bundle that holds. */
export interface Said {
    purpose: string;
    decision: string;
    /** `effective`, or why it did not act. */
    outcome?: string;
}
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
export {};
