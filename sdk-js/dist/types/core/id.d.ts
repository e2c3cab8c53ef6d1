/** Names that this browser makes. The bytes are those of samtycke-core (`id.rs`). */
/** Unpadded base64url. */
export declare function base64url(bytes: Uint8Array): string;
/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds and ten bytes of chance. */
export declare function eventId(unixMs: number, random: Uint8Array): string;
