/** Identifiers that this browser creates, byte for byte as samtycke-core (`id.rs`) does. */
/** Unpadded base64url. */
export declare function base64url(bytes: Uint8Array): string;
/** A UUID of version 7 (RFC 9562, 5.7) from Unix milliseconds and ten random bytes. */
export declare function eventId(unixMs: number, random: Uint8Array): string;
