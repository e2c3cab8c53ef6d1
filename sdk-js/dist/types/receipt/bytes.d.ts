/**
 * Texts that have exactly one spelling: lower-case hex, canonical base64, decimals without leading zeroes. A verifier that
 * accepts two spellings accepts a changed byte.
 */
export type Bytes = Uint8Array<ArrayBuffer>;
/** Bytes of hex; undefined for any other spelling, and for another length than `length` where it is given. */
export declare function fromHex(text: unknown, length?: number): Bytes | undefined;
export declare function toHex(bytes: Uint8Array): string;
/** Bytes of padded base64 (RFC 4648, section 4); undefined for any other spelling. */
export declare function fromBase64(text: string): Bytes | undefined;
/** Bytes of unpadded base64url (RFC 4648, section 5); undefined for any other spelling. */
export declare function fromBase64Url(text: string): Bytes | undefined;
export declare function toBase64Url(bytes: Uint8Array): string;
/** A number of 64 bits in decimal. */
export declare function fromDecimal(text: string): bigint | undefined;
/** UTF-8. Undefined where the text has half a surrogate pair, which has none. */
export declare function utf8(text: string): Bytes | undefined;
export declare function concat(...parts: Uint8Array[]): Bytes;
/** Nothing here is secret, so nothing has to be compared in constant time. */
export declare function equal(a: Uint8Array, b: Uint8Array): boolean;
export declare function sha256(...parts: Uint8Array[]): Promise<Bytes>;
export declare function hmacSha256(key: Bytes, ...parts: Uint8Array[]): Promise<Bytes>;
