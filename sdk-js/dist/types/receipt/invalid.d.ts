/** Why a receipt proves nothing, or less than one would like. */
export type ReceiptReason = 
/** Undecidable: not a verifier key, or a browser without Ed25519. */
'key'
/** Undecidable: signed by another log, or by a key that this one has had since. */
 | 'unknown_log'
/** Undecidable: a committed body of a kind or version that is not known here. */
 | 'body_version'
/** Undecidable: nothing is opened, and so nothing said. */
 | 'nothing_opened'
/** Invalid: not a bundle, or one part of it does not fit. */
 | 'format' | 'leaf' | 'opening' | 'body' | 'expires' | 'salt' | 'notice' | 'proof' | 'checkpoint' | 'inclusion' | 'place' | 'signature' | 'split_view' | 'erasure';
/** Ends the walk: something is wrong. */
export declare class Invalid extends Error {
    readonly why: ReceiptReason;
    constructor(why: ReceiptReason);
}
export declare function expect(holds: boolean, why: ReceiptReason): asserts holds;
