/** C2SP signed-note, tlog-checkpoint and tlog-proof, as far as one log's own signature goes. */

import { type Bytes, concat, equal, fromBase64, fromDecimal, fromHex, sha256, utf8 } from './bytes';
import { hasSmallOrder, isPoint } from './curve';

const NOTE_BYTES_MAX = 128 * 1024;
const PROOF_BYTES_MAX = NOTE_BYTES_MAX + 16 * 1024;
const ORIGIN_BYTES_MAX = 255;
const SIGNATURES_MAX = 32;
const HASHES_MAX = 64;
const ED25519 = 0x01;

/** A log's public key, under the name that it signs with: its origin. */
export interface VerifierKey {
  name: string;
  id: Bytes;
  key: CryptoKey;
}

export interface SignatureLine {
  name: string;
  id: Bytes;
  signature: Bytes;
}

/** A text and its signature lines. */
export interface Note {
  text: string;
  signatures: SignatureLine[];
}

/** A tree head, in the note that was signed. */
export interface Checkpoint extends Note {
  origin: string;
  size: bigint;
  root: Bytes;
}

export interface Proof {
  index: bigint;
  hashes: Bytes[];
  checkpoint: Checkpoint;
}

/** A key's name: no white space, no plus, no control character (C2SP signed-note). */
const NAME = '[^+\\p{White_Space}\\x00-\\x1f]+';
const VKEY = new RegExp(`^(${NAME})\\+([0-9a-f]{8})\\+(\\S+)$`, 'u');
const LINE = new RegExp(`^\u2014 (${NAME}) (\\S+)$`, 'u');

/**
 * Reads `<name>+<key id in hex>+<base64(0x01 | public key)>`. Undefined for anything else, for a key whose id is not its
 * own or that is no point or a weak one, and where the browser knows no Ed25519.
 */
export async function readVerifierKey(text: string): Promise<VerifierKey | undefined> {
  const [, name, hex, encoded] = VKEY.exec(text) ?? [];
  const bytes = encoded && fromBase64(encoded);
  const id = fromHex(hex, 4);
  if (!name || !bytes || !id || bytes.length !== 33 || bytes[0] !== ED25519) return undefined;
  if (!isPoint(bytes.slice(1))) return undefined;
  const digest = await sha256(utf8(`${name}\n`) ?? new Uint8Array(), bytes);
  if (!equal(digest.subarray(0, 4), id)) return undefined;
  try {
    const key = await crypto.subtle.importKey('raw', bytes.slice(1), { name: 'Ed25519' }, false, ['verify']);
    return { name, id, key };
  } catch {
    return undefined;
  }
}

export async function verifies({ key }: VerifierKey, text: string, signature: Bytes): Promise<boolean> {
  const bytes = utf8(text);
  // A signature whose first half has small order is no honest signer's: it can hold for many messages.
  if (!bytes || signature.length !== 64 || hasSmallOrder(signature.slice(0, 32))) return false;
  return crypto.subtle.verify('Ed25519', key, signature, bytes);
}

/** Reads `c2sp.org/tlog-proof@v1` without extra data. */
export function readProof(text: string): { index: bigint; hashes: Bytes[]; note: Note } | undefined {
  const cut = text.indexOf('\n\n');
  const [version, index, ...rest] = text.slice(0, cut).split('\n');
  if (cut < 0 || version !== 'c2sp.org/tlog-proof@v1' || !index?.startsWith('index ')) return undefined;
  const at = fromDecimal(index.slice(6));
  const hashes = all(rest, hash);
  const note = readNote(text.slice(cut + 2));
  const fits = hashes && hashes.length <= HASHES_MAX && utf8(text)!.length <= PROOF_BYTES_MAX;
  return fits && at !== undefined && note ? { index: at, hashes, note } : undefined;
}

function readNote(note: string): Note | undefined {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n') || utf8(note)!.length > NOTE_BYTES_MAX) return undefined;
  const text = note.slice(0, cut + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note has none but line ends
  if (/[\x00-\x09\x0b-\x1f]/.test(text)) return undefined;
  const signatures = all(note.slice(cut + 2, -1).split('\n'), readLine);
  return signatures && signatures.length <= SIGNATURES_MAX ? { text, signatures } : undefined;
}

/** Reads a note's text as a checkpoint without extension lines. */
export function readCheckpoint(note: Note): Checkpoint | undefined {
  const [origin, sizeText, rootText, end, ...more] = note.text.split('\n');
  const size = fromDecimal(sizeText ?? '');
  const root = hash(rootText ?? '');
  if (!origin || utf8(origin)!.length > ORIGIN_BYTES_MAX || end !== '' || more.length > 0) return undefined;
  return size === undefined || !root ? undefined : { ...note, origin, size, root };
}

function readLine(line: string): SignatureLine | undefined {
  const [, name, encoded] = LINE.exec(line) ?? [];
  const bytes = encoded && fromBase64(encoded);
  if (!name || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function hash(text: string): Bytes | undefined {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
}

/** Every item read, or undefined where one cannot be. */
function all<T>(items: string[], read: (item: string) => T | undefined): T[] | undefined {
  const out: T[] = [];
  for (const item of items) {
    const value = read(item);
    if (value === undefined) return undefined;
    out.push(value);
  }
  return out;
}

/** RFC 6962: the hash of a leaf. */
export function leafHash(leaf: Uint8Array): Promise<Bytes> {
  return sha256(Uint8Array.of(0), leaf);
}

/** RFC 9162, section 2.1.3.2: whether a leaf stands at its index in the tree of this size and root. */
export async function isIncluded(leaf: Bytes, { index, hashes, checkpoint }: Proof): Promise<boolean> {
  if (index >= checkpoint.size) return false;
  let [node, last, current] = [index, checkpoint.size - 1n, leaf];
  for (const sibling of hashes) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      current = await pair(sibling, current);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      current = await pair(current, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(current, checkpoint.root);
}

function pair(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(1), left, right));
}
