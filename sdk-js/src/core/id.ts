/** Names that this browser makes. The bytes are those of samtycke-core (`id.rs`). */

import { fromBase64url } from './cookie.js';

/** Unpadded base64url. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds, with the chance of a version 4 one. */
export function eventId(unixMs: number, uuid: string): string {
  const time = unixMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid.slice(15)}`;
}

/** The subject that a capability opens: a hash, so that who knows the subject's name alone can neither read nor change it. */
export async function subjectOf(capability: string): Promise<string> {
  const bytes = Uint8Array.from(`samtycke/subject/v1\n${fromBase64url(capability)}`, (character) =>
    character.charCodeAt(0),
  );
  return `s_${base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 16))}`;
}
