import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestChoice, parseChoice, siteCookieValues } from './cookie.js';
import { formatGiven, formatRefusal } from './format.js';
import { stateOf } from './permission.js';

const SITE = '0a1b2c3d4e5f';
const CAPABILITY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const SIG = 'A'.repeat(86);
const payload = {
  v: 1,
  o: 'log.example/abc',
  s: 'shop',
  i: SITE,
  n: '5d3a9c01',
  sub: 's_JxKq3mYlTn2v0cWb8ZpR4A',
  seq: 3,
  iat: 1_790_000_000,
  exp: 1_821_536_000,
  pos: 'AAAAAQ',
  p: [
    ['shop.numbers', 's', 1],
    ['shop.ads', 'm', 3],
    ['shop.film', 'p', 12],
  ],
};
const text = (value: unknown = payload) => `${Buffer.from(JSON.stringify(value)).toString('base64url')}.${SIG}`;
const given = (n: number, withdrawnIndexes: number[] = [], value: unknown = payload) =>
  formatGiven(n, text(value), CAPABILITY, withdrawnIndexes);

test('a refusal is a number, a day and a notice', () => {
  expect(formatRefusal(4, 1_790_000_000, '5d3a9c01')).toBe('r.4.fzh.5d3a9c01');
  expect(parseChoice('r.4.fzh.5d3a9c01', SITE)).toMatchObject({
    n: 4,
    kind: 'refused',
    at: Math.floor(1_790_000_000 / 86_400) * 86_400,
    notice8: '5d3a9c01',
    purposes: [],
  });
});

test('a grant is what the server signed', () => {
  const choice = parseChoice(given(7), SITE)!;
  expect(choice).toMatchObject({ n: 7, kind: 'given', at: 1_790_000_000, notice8: '5d3a9c01' });
  expect(choice.purposes).toEqual([
    { id: 'shop.numbers', category: 'statistics', given: true, gpc: false, ask: false, google: false },
    { id: 'shop.ads', category: 'marketing', given: true, gpc: true, ask: false, google: false },
    { id: 'shop.film', category: 'preferences', given: false, gpc: false, ask: true, google: true },
  ]);
  expect(choice.token).toMatchObject({ capability: CAPABILITY, seq: 3, expires: 1_821_536_000, withdrawnIndexes: [] });
  expect(choice.token!.text).toBe(text());
});

test('a purpose withdrawn here is not given', () => {
  const choice = parseChoice(given(8, [0]), SITE)!;
  expect(choice.purposes.map((purpose) => purpose.given)).toEqual([false, true, false]);
  expect(choice.token!.withdrawnIndexes).toEqual([0]);
});

test.each([
  '',
  'r',
  'r.4',
  'r.4.fzi',
  'r.4.fzi.5D3A9C01',
  'r.4.fzi.5d3a9c01.x',
  'r.-4.fzi.5d3a9c01',
  'r.1e3.fzi.5d3a9c01',
  'r.9999999999999999.fzi.5d3a9c01',
  'x.4.fzi.5d3a9c01',
  `${given(7)}.`,
  `${given(7)}.x`,
  `${given(7)}.3`,
  `${given(7)}.0-`,
  given(7).slice(0, -1),
  given(7).replace('.ey', '.fy'),
  given(7, [], { ...payload, v: 2 }),
  given(7, [], { ...payload, exp: 'never' }),
  given(7, [], { ...payload, iat: null }),
  given(7, [], { ...payload, p: { length: 0 } }),
  given(7, [], { ...payload, p: ['shop.numbers', 's', 1] }),
  given(7, [], null),
  given(7, [], { ...payload, i: '0a1b2c3d4e50' }),
  given(7, [], { ...payload, i: undefined }),
  given(7, [], { ...payload, p: [['shop.numbers', 's', 16]] }),
])('damaged value %# is no choice', (value) => {
  expect(parseChoice(value, SITE)).toBeUndefined();
});

test('any text can be parsed', { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.string(), (value) => parseChoice(value, SITE) === undefined));
  fc.assert(
    fc.property(fc.json(), (json) => {
      parseChoice(formatGiven(1, `${Buffer.from(json).toString('base64url')}.${SIG}`, CAPABILITY, []), SITE);
    }),
    { numRuns: 50 },
  );
});

test('of several cookies the highest number or the refusal holds', () => {
  const refusal = (n: number) => formatRefusal(n, 1_790_000_000, '5d3a9c01');
  expect(newestChoice([given(5), refusal(6)], SITE)?.kind).toBe('refused');
  expect(newestChoice([refusal(6), given(7)], SITE)?.kind).toBe('given');
  expect(newestChoice([given(6), refusal(6)], SITE)?.kind).toBe('refused');
  expect(newestChoice([given(6), given(6, [0])], SITE)?.token?.withdrawnIndexes).toEqual([0]);
  expect(newestChoice(['r.9.broken', given(6)], SITE)?.n).toBe(6);
  expect(newestChoice([], SITE)).toBeUndefined();
});

test("only the site's own cookies are read", () => {
  const name = `samtycke-consent-1-${SITE}`;
  const others = `x${name}=x; samtycke-consent-1=z; samtycke-consent-1-ffffffffffff=w; ${name}0=v`;
  expect(siteCookieValues(`a=1; ${name}=r.1.a.5d3a9c01; ${others}; ${name}=y`, SITE)).toEqual(['r.1.a.5d3a9c01', 'y']);
  expect(siteCookieValues('', SITE)).toEqual([]);
});

test('a cookie of another site on the host is ignored', () => {
  expect(newestChoice([given(9)], 'ffffffffffff')).toBeUndefined();
  expect(newestChoice([given(9), given(2, [], { ...payload, i: 'ffffffffffff' })], 'ffffffffffff')?.n).toBe(2);
});

/**
 * What only the signature, the site or the capability could tell. The browser reads its own cookie, and does not check
 * these.
 */
const UNSEEN = ['signature', 'key', 'origin', 'site', 'capability'];

interface Case {
  name: string;
  value: string;
  now_ms: number;
  outcome:
    | { denied: string }
    | {
        allowed: string[];
        allowed_under_gpc: string[];
        withdrawn_since: string[];
        payload: { exp: number; i: string };
      };
  refusal: { day: number; n: number; notice8: string } | null;
}

// Written by samtycke-core: both must read and permit the same.
const vectors: { capability: string; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/cookie.json', import.meta.url), 'utf8'),
);

/** All of them are about one site. */
const vectorSite = vectors.cases
  .flatMap(({ outcome }) => ('payload' in outcome ? outcome.payload.i : []))
  .find(Boolean);

test.each(vectors.cases)('reads as samtycke-core does: $name', ({ value, now_ms, outcome, refusal }) => {
  const whole = /^[rgx]\./.test(value) ? value : formatGiven(1, value, vectors.capability, []);
  const stored = parseChoice(whole, vectorSite ?? SITE);
  if (refusal) {
    expect(stored).toMatchObject({ kind: 'refused', n: refusal.n, at: refusal.day * 86_400, notice8: refusal.notice8 });
    expect(formatRefusal(refusal.n, refusal.day * 86_400, refusal.notice8)).toBe(value);
    return;
  }
  const permitted = (gpc: boolean) => {
    const now = Math.floor(now_ms / 1000);
    const view = { stored, local: { s: 0, q: [] }, gpc, now, clock: now, deferred: false };
    return stateOf(view).allowed;
  };
  if ('denied' in outcome) {
    const { denied } = outcome;
    if (UNSEEN.includes(denied)) return;
    expect(permitted(false)).toEqual([]);
    if (/format|version|too_long/.test(denied)) expect(stored).toBeUndefined();
  } else {
    expect(permitted(false)).toEqual(outcome.allowed);
    expect(permitted(true)).toEqual(outcome.allowed_under_gpc);
    expect(stored!.token!.expires).toBe(outcome.payload.exp);
  }
});
