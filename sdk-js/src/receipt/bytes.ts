/**
 * Texts that have exactly one spelling: lower-case hex, canonical base64, decimals without leading zeroes. A verifier that
 * accepts two spellings accepts a changed byte.
 */

export type Bytes = Uint8Array<ArrayBuffer>;

const U64_MAX = 2n ** 64n - 1n;

/** Bytes of hex; undefined for any other spelling, and for another length than `length` where it is given. */
export function fromHex(text: unknown, length?: number): Bytes | undefined {
  if (typeof text !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  if (length !== undefined && text.length !== 2 * length) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of padded base64 (RFC 4648, section 4); undefined for any other spelling. */
export function fromBase64(text: string): Bytes | undefined {
  try {
    const binary = atob(text);
    // `atob` forgives white space, missing padding and bits that are not used.
    return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes of unpadded base64url (RFC 4648, section 5); undefined for any other spelling. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4);
  return fromBase64(padded);
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** A number of 64 bits in decimal. */
export function fromDecimal(text: string): bigint | undefined {
  if (!/^(?:0|[1-9]\d{0,19})$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= U64_MAX ? value : undefined;
}

/** UTF-8. Undefined where the text has half a surrogate pair, which has none. */
export function utf8(text: string): Bytes | undefined {
  return /\p{Surrogate}/u.test(text) ? undefined : new TextEncoder().encode(text);
}

export function concat(...parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Nothing here is secret, so nothing has to be compared in constant time. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}

export async function hmacSha256(key: Bytes, ...parts: Uint8Array[]): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, concat(...parts)));
}
