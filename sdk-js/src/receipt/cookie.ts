/** Verifies the consent cookie offline: for a server that runs JavaScript, and for who wants to see for themselves. */
import { fromBase64Url, fromDecimal, sha256, toBase64Url, toHex, utf8 } from './bytes';
import { code, integer, list, publicSite, purpose, shape, site, subject, text } from './grammar';
import { isObject, type Json, type JsonObject, parseStrict } from './json';
import { readVerifierKey, verifies } from './note';

const VALUE_BYTES_MAX = 4096;
const COUNTER_MAX = 2n ** 31n;
const MINUS_MAX = 64;
const AHEAD_MS_MAX = 5 * 60 * 1000;
const MAX_AGE_S = 24 * 60 * 60;
/** The last second of the year 9999: no time in a cookie is later, and none is before 1970. */
const TIME_S_MAX = 253_402_300_799;
const DEPTH_MAX = 4;

/** Why a cookie permits nothing: the words of samtycke-core. */
export type CookieReason =
  | 'too_long'
  | 'format'
  /** The person has said no to everything. */
  | 'refused'
  | 'key'
  | 'signature'
  | 'version'
  | 'origin'
  | 'site'
  | 'future'
  | 'expired'
  | 'too_old'
  | 'capability';

/** What the server signed. */
export interface CookiePayload {
  v: 1;
  /** Origin of the log: which controller. */
  o: string;
  /** Site. */
  s: string;
  /** Public id of the site, 12 hex digits: the end of the cookie's name. */
  i: string;
  /** First 8 hex digits of the notice that was answered last. */
  n: string;
  sub: string;
  seq: number;
  /** Signed, and expiring; Unix seconds. */
  iat: number;
  exp: number;
  pos: string;
  /** Purpose or `<purpose>/<service>`, letter of its category, bits: 1 given, 2 denied under GPC, 4 may be asked, 8 Google's consent types follow it. */
  p: [string, string, number][];
}

export interface VerifiedCookie {
  ok: boolean;
  reason?: CookieReason;
  /**
   * Purposes that are permitted where the browser sends no Global Privacy Control, and services as `<purpose>/<service>`:
   * a purpose whose services are asked by themselves stands here where all of them do. Empty unless `ok`.
   */
  allowed: string[];
  /** The same where the request says `Sec-GPC: 1`. */
  allowedUnderGpc: string[];
  /** Services, and purposes of which something, was withdrawn in this browser since it was signed. */
  withdrawnSince: string[];
  payload?: CookiePayload;
}

export interface CookieExpectation {
  /** The site's name. */
  site: string;
  /** Default: this machine's clock. */
  now_ms?: number;
  /** Older is not believed; default a day, which is the browser's own bound. */
  max_age_s?: number;
}

/** The name of a site's cookie, by the origin of its log (a verifier key's text up to its first `+`) and the site's name. */
export async function cookieName(logOrigin: string, site: string): Promise<string> {
  return `samtycke-consent-1-${await siteId(logOrigin, site)}`;
}

/**
 * Verifies a value of the cookie called by `cookieName`, or a bare `<payload>.<signature>`, against the log's verifier key.
 * Whatever is not in `allowed` is a no. It never throws.
 */
export async function verifyCookie(value: string, vkey: string, expected: CookieExpectation): Promise<VerifiedCookie> {
  const no = (reason: CookieReason): VerifiedCookie => ({
    ok: false,
    reason,
    allowed: [],
    allowedUnderGpc: [],
    withdrawnSince: [],
  });
  if (new TextEncoder().encode(value).length > VALUE_BYTES_MAX) return no('too_long');
  const parts = readParts(value);
  if (!parts) return no('format');
  if (parts === 'refused') return no('refused');
  const key = await readVerifierKey(vkey);
  if (!key) return no('key');
  // The signature comes first: nothing unsigned is taken apart.
  const signature = fromBase64Url(parts.signature)!;
  if (!(await verifies(key, `samtycke/cookie/v1\n${parts.payload}`, signature))) return no('signature');
  const payload = readPayload(parts.payload);
  if (typeof payload === 'string') return no(payload);
  if (payload.o !== key.name) return no('origin');
  if (payload.i !== (await siteId(payload.o, payload.s))) return no('site');
  if (parts.capability && (await subjectOf(parts.capability)) !== payload.sub) return no('capability');
  if (parts.withdrawnIndexes.some((index) => index >= payload.p.length)) return no('format');
  if (payload.s !== expected.site) return no('site');
  const now = expected.now_ms ?? Date.now();
  if (payload.iat * 1000 > now + AHEAD_MS_MAX) return no('future');
  if (payload.exp * 1000 <= now) return no('expired');
  if (now - payload.iat * 1000 > (expected.max_age_s ?? MAX_AGE_S) * 1000) return no('too_old');
  const entries = payload.p.map(([word, , bits], index) => ({
    word,
    bits,
    gone: parts.withdrawnIndexes.includes(index),
  }));
  // A purpose whose services are asked by themselves stands for all of them.
  const words = [...new Set(entries.flatMap(({ word }) => [word.split('/')[0]!, word]))];
  const about = (word: string) => entries.filter((entry) => entry.word === word || entry.word.startsWith(`${word}/`));
  const isGiven = (mask: number) => (word: string) =>
    about(word).every(({ bits, gone }) => (bits & mask) === 1 && !gone);
  return {
    ok: true,
    allowed: words.filter(isGiven(1)),
    allowedUnderGpc: words.filter(isGiven(3)),
    withdrawnSince: words.filter((word) => about(word).some(({ gone }) => gone)),
    payload,
  };
}

interface Parts {
  payload: string;
  signature: string;
  capability?: string;
  withdrawnIndexes: number[];
}

function readParts(value: string): Parts | 'refused' | undefined {
  const parts = value.split('.');
  const [form, n = '', third = '', fourth = '', capability = '', withdrawnIndexes] = parts;
  if (form === 'r' && parts.length === 4) return isCounter(n) && isRefusal(third, fourth) ? 'refused' : undefined;
  if (parts.length === 2) return signed(form ?? '', n, []);
  if (form !== 'g' || parts.length < 5 || parts.length > 6) return undefined;
  const without = withdrawnIndexes === undefined ? [] : indices(withdrawnIndexes);
  if (!isCounter(n) || fromBase64Url(capability)?.length !== 32 || !without) return undefined;
  const found = signed(third, fourth, without);
  return found && { ...found, capability };
}

function signed(payload: string, signature: string, withdrawnIndexes: number[]): Parts | undefined {
  const whole = payload !== '' && fromBase64Url(payload) && fromBase64Url(signature)?.length === 64;
  return whole ? { payload, signature, withdrawnIndexes } : undefined;
}

function isCounter(text: string): boolean {
  const n = fromDecimal(text);
  return n !== undefined && n >= 1n && n <= COUNTER_MAX;
}

/** The day to base 36 in its one spelling, and eight hex digits. */
function isRefusal(day: string, notice8: string): boolean {
  return /^(?:0|[1-9a-z][\da-z]{0,5})$/.test(day) && /^[\da-f]{8}$/.test(notice8);
}

/** Each at most once; in any order, as they were withdrawn. */
function indices(text: string): number[] | undefined {
  const found = text.split('-').map(fromDecimal);
  if (found.includes(undefined) || found.length > MINUS_MAX || new Set(found).size < found.length) return undefined;
  return found.map(Number);
}

const time = (value: Json) => integer(value) && (value as number) >= 0 && (value as number) <= TIME_S_MAX;
const payloadShape = shape({
  v: (value) => value === 1,
  o: text,
  s: site,
  i: publicSite,
  n: (value) => typeof value === 'string' && /^[\da-f]{8}$/.test(value),
  sub: subject,
  seq: (value) => integer(value) && (value as number) >= 0,
  iat: time,
  exp: time,
  pos: text,
  p: list(isEntry, 0),
});

/** There is one spelling of each payload: these fields, in this order, without a space. */
function readPayload(encoded: string): CookiePayload | 'format' | 'version' {
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64Url(encoded));
    const read = parseStrict(json, VALUE_BYTES_MAX, DEPTH_MAX);
    if (!isObject(read) || typeof read.v !== 'number' || read.v < 0) return 'format';
    if (read.v !== 1) return 'version';
    const { v, o, s, i, n, sub, seq, iat, exp, pos, p } = read;
    const isSpelled = JSON.stringify({ v, o, s, i, n, sub, seq, iat, exp, pos, p }) === json;
    return isSpelled && payloadShape(read) && isEachOnce(read) ? (read as unknown as CookiePayload) : 'format';
  } catch {
    return 'format';
  }
}

/** Two entries about one purpose and service could disagree. */
function isEachOnce({ p }: JsonObject): boolean {
  const words = (p as Json[][]).map(([word]) => word);
  return new Set(words).size === words.length;
}

function isEntry(entry: Json): boolean {
  if (!Array.isArray(entry) || entry.length !== 3) return false;
  const [word, letter, bits] = entry;
  if (typeof word !== 'string' || typeof letter !== 'string' || typeof bits !== 'number') return false;
  const cut = word.indexOf('/');
  const isWord = cut < 0 ? purpose(word) : purpose(word.slice(0, cut)) && code(word.slice(cut + 1));
  return isWord && /^[npsm]$/.test(letter) && bits >= 0 && bits <= 15;
}

/** The public id of a site: the first 12 hex digits of a hash over its log and its name. */
async function siteId(logOrigin: string, site: string): Promise<string> {
  const digest = await sha256(utf8(`samtycke/site/v1\n${logOrigin}\n${site}`)!);
  return toHex(digest.subarray(0, 6));
}

/** The pseudonym that a browser's own capability opens. */
async function subjectOf(capability: string): Promise<string> {
  const digest = await sha256(utf8('samtycke/subject/v1\n')!, fromBase64Url(capability)!);
  return `s_${toBase64Url(digest.subarray(0, 16))}`;
}
