/** Verifies a proof bundle with nothing but WebCrypto: the steps of samtycke-core's `bundle::verify`, in their order. */
import { type Bytes, equal, fromHex, hmacSha256, sha256, toHex } from './bytes';
import { isRecord, readEvent, type Said } from './event';
import { text as anyText, type Check, integer, list, shape } from './grammar';
import { expect, Invalid, type ReceiptReason } from './invalid';
import { isObject, type Json, type JsonObject, parseCanonical, parseStrict } from './json';
import {
  isIncluded,
  leafHash,
  type Proof,
  readCheckpoint,
  readProof,
  readVerifierKey,
  type VerifierKey,
  verifies,
} from './note';

const BUNDLE_BYTES_MAX = 2 * 1024 * 1024;
const BUNDLE_DEPTH_MAX = 4;
const NOTICE_BYTES_MAX = 256 * 1024;
const PROOFS_MAX = 4;
const LEAF_BYTES = 82;
const KINDS = ['event', 'publication', 'key_change', 'erasure', 'succession'] as const;
const encoder = new TextEncoder();

export type { Said } from './event';
export type { ReceiptReason } from './invalid';

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

interface Leaf {
  kind: number;
  ctx: Bytes;
  sub: Bytes;
  hash: Bytes;
}

/**
 * Verifies a bundle, as `GET /v1/events/{id}/proof` answers it, against the log's verifier key. Offline, and it never
 * throws. Take the key from somewhere else than the server that you are checking.
 */
export async function verifyReceipt(bundle: string, vkey: string): Promise<Receipt> {
  try {
    const key = await readVerifierKey(vkey);
    return key ? await verified(bundle, key) : { ok: false, outcome: 'undecidable', reason: 'key', said: [] };
  } catch (error) {
    const reason = error instanceof Invalid ? error.why : 'format';
    return { ok: false, outcome: 'invalid', reason, said: [] };
  }
}

async function verified(source: string, key: VerifierKey): Promise<Receipt> {
  const unknown: ReceiptReason[] = [];
  const bundle = readBundle(source);
  const leaf = await readLeaf(bundle.leaf, 'leaf');
  const { ctx, sub } = await openings(leaf, fields(bundle.open, ['ctx', 'sub']));
  const said = meaning(leaf, ctx, sub, unknown);
  const salt = await erasureSalt(leaf, bundle);
  expect(bundle.expires === (whole(sub?.expires) ?? whole(ctx?.expires) ?? null), 'expires');
  if (bundle.notice !== null) expect(await isCited(bundle.notice, ctx), 'notice');
  const heads: Proof[] = [];
  const place = await proofs(bundle.proofs, leaf, ctx, { key, heads, unknown });
  const erased_at =
    bundle.erasure === null ? undefined : await erasure(bundle.erasure, salt, leaf, place, { key, heads, unknown });
  if (erased_at === undefined && !ctx) unknown.push('nothing_opened');
  const reason = unknown[0];
  if (reason) return { ok: false, outcome: 'undecidable', reason, said: [] };
  const outcome = erased_at === undefined ? 'valid' : 'valid_erased';
  return {
    ok: outcome === 'valid',
    outcome,
    ...told(leaf, place, said, ctx, sub),
    ...(erased_at ? { erased_at } : {}),
  };
}

/** What follows from a bundle that holds. */
function told(
  leaf: Leaf,
  place: Proof,
  said: Said[],
  ctx?: JsonObject,
  sub?: JsonObject,
): Omit<Receipt, 'ok' | 'outcome'> {
  const kind = KINDS[leaf.kind];
  const text = (from: JsonObject | undefined, name: string) => {
    const value = from?.[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const expires = sub?.expires ?? ctx?.expires;
  const hour = ctx?.hour;
  return {
    said,
    origin: place.checkpoint.origin,
    index: place.index,
    size: place.checkpoint.size,
    ...(kind ? { kind } : {}),
    ...text(ctx, 'notice'),
    ...text(ctx, 'language'),
    ...text(sub, 'subject'),
    ...(typeof hour === 'number' ? { hour_ms: hour * 3_600_000 } : {}),
    ...(typeof expires === 'number' ? { expires_ms: expires } : {}),
  };
}

/** A bundle has all of its members, and `null` where it has no value. */
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const openingShape = shape({ r: orNull(anyText), bytes: anyText });
const bundleShape = shape({
  v: (value) => value === 'samtycke-bundle/1',
  leaf: anyText,
  open: shape({ ctx: orNull(openingShape), sub: orNull(openingShape) }),
  proofs: list(anyText, 0),
  notice: orNull(shape({ manifest: anyText, text: shape({ language: anyText, variant: anyText, bytes: anyText }) })),
  salt: orNull(anyText),
  erasure: orNull(shape({ leaf: anyText, open: openingShape, proof: anyText })),
  expires: orNull(integer),
});

function readBundle(source: string): JsonObject {
  const bundle = parseStrict(source, BUNDLE_BYTES_MAX, BUNDLE_DEPTH_MAX);
  expect(bundle !== undefined && bundleShape(bundle), 'format');
  return bundle as JsonObject;
}

/** A whole number; undefined for anything else. */
function whole(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** An object with exactly these fields. */
function fields(value: Json | undefined, names: string[]): JsonObject {
  expect(
    isObject(value) && Object.keys(value).length === names.length && names.every((name) => name in value),
    'format',
  );
  return value as JsonObject;
}

function asText(value: Json | undefined): string {
  expect(typeof value === 'string', 'format');
  return value as string;
}

async function readLeaf(hex: Json | undefined, why: ReceiptReason): Promise<Leaf> {
  const bytes = fromHex(hex, LEAF_BYTES);
  expect(bytes !== undefined && equal(bytes.subarray(0, 17), encoder.encode('samtycke/leaf/v1\n')), why);
  const kind = bytes![17]!;
  const sub = bytes!.slice(50);
  const secondIsEmpty = sub.every((byte) => byte === 0);
  expect(kind < KINDS.length && isHidden(kind) !== secondIsEmpty, why);
  return { kind, ctx: bytes!.slice(18, 50), sub, hash: await leafHash(bytes!) };
}

/** Whether its bytes are hidden behind a random key rather than hashed openly. */
function isHidden(kind: number): boolean {
  return kind === 0 || kind === 3;
}

/** That exactly these bytes were committed to. Who decided says nothing without what was decided. */
async function openings(leaf: Leaf, open: JsonObject): Promise<{ ctx?: JsonObject; sub?: JsonObject }> {
  if (open.ctx === null) {
    expect(open.sub === null, 'opening');
    return {};
  }
  expect(await opens(leaf, open.ctx, 'ctx'), 'opening');
  const ctx = body(open.ctx);
  if (open.sub === null) return { ctx };
  expect(await opens(leaf, open.sub, 'sub'), 'opening');
  return { ctx, sub: body(open.sub) };
}

async function opens(leaf: Leaf, opening: Json | undefined, part: 'ctx' | 'sub'): Promise<boolean> {
  const { r, bytes } = fields(opening, ['r', 'bytes']);
  const committed = encoder.encode(asText(bytes));
  if (r === null) return part === 'ctx' && !isHidden(leaf.kind) && equal(await sha256(committed), leaf.ctx);
  const key = fromHex(asText(r), 32);
  if (!key || !isHidden(leaf.kind)) return false;
  return equal(await hmacSha256(key, encoder.encode(`samtycke/${part}/v1\n`), committed), leaf[part]);
}

/** What finds an erasure of an event, in its bundle: it follows from ctx's key where that is shown. */
async function erasureSalt(leaf: Leaf, { salt, open }: JsonObject): Promise<Bytes | undefined> {
  if (leaf.kind !== 0) {
    expect(salt === null, 'salt');
    return undefined;
  }
  const bytes = fromHex(salt, 32);
  expect(bytes !== undefined, 'salt');
  const key = fromHex(own(own(open, 'ctx'), 'r'), 32);
  if (key) expect(equal(bytes!, await sha256(encoder.encode('samtycke/erased/v1\n'), key)), 'salt');
  return bytes;
}

/** What the bodies say. A kind or version that is not known here decides nothing. */
function meaning(
  leaf: Leaf,
  ctx: JsonObject | undefined,
  sub: JsonObject | undefined,
  unknown: ReceiptReason[],
): Said[] {
  if (!ctx) return [];
  if (leaf.kind === 3) {
    if (ctx.v !== 1) unknown.push('body_version');
    return [];
  }
  const said = leaf.kind === 0 ? readEvent(ctx, sub) : isRecord(leaf.kind, ctx) ? [] : undefined;
  if (!said) unknown.push('body_version');
  return said ?? [];
}

function body(opening: Json | undefined): JsonObject {
  const text = asText(fields(opening, ['r', 'bytes']).bytes);
  const value = parseCanonical(text);
  expect(isObject(value), 'body');
  return value as JsonObject;
}

/** Whether the event cites this manifest, language and variant, and the manifest this text for them. */
async function isCited(value: Json | undefined, ctx?: JsonObject): Promise<boolean> {
  const notice = fields(value, ['manifest', 'text']);
  const text = fields(notice.text, ['language', 'variant', 'bytes']);
  const manifestText = asText(notice.manifest);
  const [language, variant, shown] = [asText(text.language), asText(text.variant), encoder.encode(asText(text.bytes))];
  const cited =
    ctx?.notice === (await sha256Name(encoder.encode(manifestText))) &&
    ctx.language === language &&
    ctx.variant === variant;
  const manifest = parseCanonical(manifestText, NOTICE_BYTES_MAX);
  if (!cited || !isObject(manifest)) return false;
  const listed = own(own(own(manifest, 'texts'), language), variant);
  return listed === (await sha256Name(shown)) && shown.length <= NOTICE_BYTES_MAX;
}

/** A field of its own: not what every object has, such as `constructor`. */
function own(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

async function sha256Name(bytes: Uint8Array): Promise<string> {
  return `sha256:${toHex(await sha256(bytes))}`;
}

interface Walk {
  key: VerifierKey;
  /** Every checkpoint so far. */
  heads: Proof[];
  unknown: ReceiptReason[];
}

/** That the leaf stands at one place of one log. */
async function proofs(list: Json | undefined, leaf: Leaf, ctx: JsonObject | undefined, walk: Walk): Promise<Proof> {
  expect(Array.isArray(list), 'format');
  const texts = (list as Json[]).map(asText);
  expect(texts.length >= 1 && texts.length <= PROOFS_MAX, 'proof');
  const named = ctx && (isHidden(leaf.kind) || 'log' in ctx);
  expect(!named || typeof ctx.log === 'string', 'body');
  let first: Proof | undefined;
  for (const text of texts) {
    const place = await proof(text, leaf, named ? String(ctx.log) : undefined, walk);
    first ??= place;
    expect(first.index === place.index && first.checkpoint.origin === place.checkpoint.origin, 'place');
  }
  return first!;
}

async function proof(text: string, leaf: Leaf, log: string | undefined, walk: Walk): Promise<Proof> {
  const found = readProof(text);
  expect(found !== undefined, 'proof');
  const checkpoint = readCheckpoint(found!.note);
  expect(checkpoint !== undefined, 'checkpoint');
  const place = { ...found!, checkpoint: checkpoint! };
  const { origin, size, root } = place.checkpoint;
  expect(log === undefined || log === origin.split('/').at(-1), 'place');
  expect(await isIncluded(leaf.hash, place), 'inclusion');
  await signatures(place, walk);
  const differs = walk.heads.some(
    ({ checkpoint }) => checkpoint.origin === origin && checkpoint.size === size && !equal(checkpoint.root, root),
  );
  expect(!differs, 'split_view');
  walk.heads.push(place);
  return place;
}

/**
 * Every line by the known key must verify, and one by it under another label was changed. Lines of others prove nothing
 * here and are ignored, as signed-note asks.
 */
async function signatures({ checkpoint }: Proof, { key, unknown }: Walk): Promise<void> {
  let signed = false;
  for (const { name, id, signature } of checkpoint.signatures) {
    const [sameName, sameId] = [name === key.name, equal(id, key.id)];
    // A line with neither is a stranger's: it proves nothing, and its signature is not even looked at.
    const holds = (sameName || sameId) && (await verifies(key, checkpoint.text, signature));
    if (sameName && sameId) {
      expect(holds, 'signature');
      expect(key.name === checkpoint.origin, 'place');
      signed = true;
    } else {
      // The sixth base64 character holds the id's last two bits and the signature's first four: one changed character
      // can spoil both. Another key of this name meets the first 30 bits with a chance of 2^-30.
      const near = sameName && first30(id) === first30(key.id);
      expect(!holds && !near, 'signature');
    }
  }
  if (!signed) unknown.push('unknown_log');
}

function first30(id: Bytes): number {
  return new DataView(id.buffer, id.byteOffset).getUint32(0) >>> 2;
}

/** That a later leaf of the same log says that this leaf's openings were destroyed; returns its index. */
async function erasure(
  value: Json | undefined,
  salt: Bytes | undefined,
  erased: Leaf,
  at: Proof,
  walk: Walk,
): Promise<bigint> {
  const found = fields(value, ['leaf', 'open', 'proof']);
  const leaf = await readLeaf(found.leaf, 'erasure');
  expect(leaf.kind === 3 && (await opens(leaf, found.open, 'ctx')), 'erasure');
  const said = body(found.open);
  if (said.v !== 1) walk.unknown.push('body_version');
  expect(salt !== undefined && erased.kind === 0, 'erasure');
  const index = new Uint8Array(8);
  new DataView(index.buffer).setBigUint64(0, at.index);
  const mark = toHex(await sha256(salt!, index));
  expect(Array.isArray(said.erased) && said.erased.includes(mark), 'erasure');
  expect(typeof said.log === 'string', 'body');
  const place = await proof(asText(found.proof), leaf, String(said.log), walk);
  expect(place.checkpoint.origin === at.checkpoint.origin && place.index > at.index, 'erasure');
  return place.index;
}
