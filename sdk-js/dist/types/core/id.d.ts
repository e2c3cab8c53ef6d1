/** Names that this browser makes. The bytes are those of samtycke-core (`id.rs`). */
/** Unpadded base64url. */
export declare function base64url(bytes: Uint8Array): string;
/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds, with the chance of a version 4 one. */
export declare function eventId(unixMs: number, uuid: string): string;
/** The subject that a capability opens: a hash, so that who knows the subject's name alone can neither read nor change it. */
export declare function subjectOf(capability: string): Promise<string>;
