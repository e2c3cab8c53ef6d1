/** C2SP signed-note, tlog-checkpoint and tlog-proof, as far as one log's own signature goes. */
import { type Bytes } from './bytes.js';
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
/**
 * Reads `<name>+<key id in hex>+<base64(0x01 | public key)>`. Undefined for anything else, for a key whose id is not its
 * own or that is no point or a weak one, and where the browser knows no Ed25519.
 */
export declare function readVerifierKey(text: string): Promise<VerifierKey | undefined>;
export declare function verifies({ key }: VerifierKey, text: string, signature: Bytes): Promise<boolean>;
/** Reads `c2sp.org/tlog-proof@v1` without extra data. */
export declare function readProof(text: string): {
    index: bigint;
    hashes: Bytes[];
    note: Note;
} | undefined;
/** Reads a note's text as a checkpoint without extension lines. */
export declare function readCheckpoint(note: Note): Checkpoint | undefined;
/** RFC 6962: the hash of a leaf. */
export declare function leafHash(leaf: Uint8Array): Promise<Bytes>;
/** RFC 9162, section 2.1.3.2: whether a leaf stands at its index in the tree of this size and root. */
export declare function isIncluded(leaf: Bytes, { index, hashes, checkpoint }: Proof): Promise<boolean>;
