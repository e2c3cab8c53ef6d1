import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cookieName, verifyCookie, verifyReceipt } from '../receipt';
import { fromBase64, fromBase64Url, fromDecimal, fromHex, utf8 } from './bytes';
import { isRecord, readEvent } from './event';
import { hasSecondReading, type JsonObject, parseCanonical } from './json';
import { readVerifierKey } from './note';

/** The files that bind Rust to TypeScript. */
function vectors(name: string) {
  return JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}`, import.meta.url), 'utf8'));
}

const golden = vectors('bundle.json');
const vkey: string = golden.policy.split('\n')[0].slice('log '.length);
const valid: string = golden.valid.bundle;

describe('a proof bundle', () => {
  test('that holds says what was decided, by whom and where', async () => {
    const receipt = await verifyReceipt(valid, vkey);
    expect(receipt).toMatchObject({
      ok: true,
      outcome: 'valid',
      kind: 'event',
      origin: vkey.split('+')[0],
      expires_ms: JSON.parse(valid).expires,
      language: 'sv',
    });
    expect(receipt.said).toEqual([
      {
        what: 'given',
        purpose: 'ommej.appsvar',
        details: { explicit: 'true' },
        outcome: 'effective',
        state: 'given',
      },
    ]);
    expect(receipt.subject).toMatch(/^s_/);
    expect(receipt.reason).toBeUndefined();
  });

  test('of an erased event, and of a publication', async () => {
    const erased = await verifyReceipt(golden.erased.bundle, vkey);
    expect(erased).toMatchObject({ ok: false, outcome: 'valid_erased', said: [] });
    expect(erased.erased_at).toBeGreaterThan(erased.index ?? 0n);
    const publication = await verifyReceipt(golden.publication.bundle, vkey);
    expect(publication).toMatchObject({ ok: true, outcome: 'valid', kind: 'publication', said: [] });
  });

  test('does not hold after a change of any character', async () => {
    const witnesses = golden.policy.match(/w\d+\.example/g);
    let tried = 0;
    for (let at = 0; at < valid.length; at += 1) {
      const changed = valid.slice(0, at) + (valid[at] === '1' ? '2' : '1') + valid.slice(at + 1);
      const receipt = await verifyReceipt(changed, vkey);
      tried += 1;
      // A witness's line proves nothing to who knows only the log: it is ignored whatever stands in it.
      if (receipt.ok) expect(lineAt(valid, at), `character ${at}`).toMatch(new RegExp(witnesses.join('|')));
    }
    expect(tried).toBe(valid.length);
  });

  test.each([
    ['not JSON', (text: string) => text.slice(1), 'format'],
    ['a key twice', (text: string) => text.replace('{', '{"v":"samtycke-bundle/1",'), 'format'],
    ['an unknown field', (text: string) => text.replace('{', '{"extra":1,'), 'format'],
    ['half a surrogate pair', (text: string) => text.replace('"v":"', '"v":"\\ud800'), 'format'],
    ['another end', (text: string) => text.replace(/"expires":\d+/, '"expires":1'), 'expires'],
    [
      'no proof',
      (text: string) =>
        edit(text, (bundle) => {
          bundle.proofs = [];
        }),
      'proof',
    ],
    [
      'no opening of what was decided',
      (text: string) =>
        edit(text, (bundle) => {
          bundle.open.ctx = null;
        }),
      'opening',
    ],
    [
      'another notice',
      (text: string) =>
        edit(text, (bundle) => {
          bundle.notice.text.bytes += ' ';
        }),
      'notice',
    ],
    ['another place', (text: string) => text.replace(/index (\d+)/, 'index 1$1'), 'inclusion'],
    [
      'a label changed',
      (text: string) => text.replace('\u2014 samtycke.example', '\u2014 samtycke.exampla'),
      'signature',
    ],
  ])('is invalid: %s', async (_name, change, reason) => {
    const changed = change(valid);
    expect(changed).not.toBe(valid);
    expect(await verifyReceipt(changed, vkey)).toMatchObject({ ok: false, outcome: 'invalid', reason, said: [] });
  });

  test('is undecidable with a wrong key or nothing opened', async () => {
    const other = vectors('cookie.json').vkey;
    expect(await verifyReceipt(valid, other)).toMatchObject({
      outcome: 'undecidable',
      reason: 'unknown_log',
      said: [],
    });
    expect(await verifyReceipt(valid, vkey.replace('+f', '+e'))).toMatchObject({ ok: false, reason: 'key' });
    const closed = edit(valid, (bundle) => {
      bundle.open = { ctx: null, sub: null };
      bundle.notice = null;
      bundle.expires = null;
    });
    expect(await verifyReceipt(closed, vkey)).toMatchObject({ outcome: 'undecidable', reason: 'nothing_opened' });
  });

  test('of a wrong type is invalid and throws nothing', async () => {
    for (const text of ['null', '[]', '1', '{}', '', '{"v":"samtycke-bundle/1"}']) {
      expect(await verifyReceipt(text, vkey)).toMatchObject({ ok: false, outcome: 'invalid', reason: 'format' });
    }
  });
});

describe('a committed body', () => {
  const files = (folder: string) =>
    readdirSync(new URL(`../../../tests/vectors/${folder}/`, import.meta.url))
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, vectors(`${folder}/${name}`)] as const);
  const read = (vector: { ctx: string; sub: string }, change = (text: string) => text) => {
    const parsed = [vector.ctx, vector.sub].map((text) => parseCanonical(change(text)));
    return readEvent(parsed[0] as JsonObject, parsed[1] as JsonObject);
  };
  const facts = (vector: { ctx: string; sub: string }) =>
    read(vector)?.map(({ outcome, reason, state, ...fact }) => fact);

  test.each(files('events'))('shows each written kind as Rust does: %s', (_name, vector) => {
    expect(facts(vector)).toEqual(vector.summary);
  });

  test.each(files('events/draft'))('of a draft decides nothing: %s', (_name, vector) => {
    expect(read(vector)).toBeUndefined();
  });

  test.each(files('leaves'))('of each public leaf is known: %s', (_name, { kind, bytes }) => {
    const body = parseCanonical(bytes) as JsonObject;
    const kinds: { [kind: string]: number } = { publication: 1, key_change: 2, succession: 4 };
    const leaf = kinds[kind]!;
    expect(isRecord(leaf, body)).toBe(true);
    expect(() => isRecord(leaf === 1 ? 2 : 1, body)).toThrow('body');
    expect(isRecord(leaf, { ...body, v: 2 })).toBe(false);
    expect(() => isRecord(leaf, { ...body, more: 1 })).toThrow('body');
  });

  test('of a key may carry its end, which is a number', () => {
    const added = files('leaves').find(([name]) => name.startsWith('key.added'))!;
    const body = parseCanonical(added[1].bytes) as JsonObject;
    const until = (expires_at: string | number) => ({ ...body, data: { ...(body.data as JsonObject), expires_at } });
    expect(isRecord(2, until(1_796_000_000_000))).toBe(true);
    expect(() => isRecord(2, until('2027-03-31'))).toThrow('body');
  });

  test('of a use says what was used', () => {
    const used = read(vectors('events/consent.used.v1.json'));
    expect(used).toMatchObject([{ what: 'used', scope: { recipient: 'firm' }, details: { reason: 'CONSENT_VALID' } }]);
  });

  test.each(files('events'))('with another field is invalid: %s', (_name, vector) => {
    const ctx = parseCanonical(vector.ctx) as JsonObject;
    const sub = parseCanonical(vector.sub) as JsonObject;
    const more = (body: JsonObject) => ({ ...body, data: { ...(body.data as JsonObject | undefined), more: 'x' } });
    expect(() => readEvent(more(ctx), sub)).toThrow('body');
    expect(() => readEvent(ctx, more(sub))).toThrow('body');
  });

  test.each([
    ['contract.started', '"purposes":["t.main"]', '"purposes":[]'],
    ['notice.delivered', '"variant":"teen"', '"variant":1'],
    ['objection.rejected', '"grounds":"fraud"', '"grounds":null'],
    ['correction', '{"fault":"wrong_subject"}', '{}'],
    ['objection.upheld', '"purpose":"t.main",', ''],
  ])('of %s without what it must say is invalid', (kind, from, to) => {
    const vector = vectors(`events/${kind}.v1.json`);
    expect(vector.ctx).toContain(from);
    expect(() => read(vector, (text) => text.replace(from, to))).toThrow('body');
  });

  test('of an unknown version decides nothing', () => {
    expect(read(vectors('events/decisions.v1.json'), (text) => text.replace('"v":1', '"v":2'))).toBeUndefined();
  });

  test.each([
    ['an unknown field', '"stream":"subject"', '"stream":"subject","strict":1'],
    ['an unknown field of a decision', '"decision":"given"', '"decided":1,"decision":"given"'],
    ['another hour', '"hour":', '"hour":1'],
    ['a stream of nobody', '"stream":"subject"', '"stream":"tenant"'],
    ['an unknown field beside the person', '"subject":"s_', '"subjects":"s_'],
  ])('with %s is invalid', (_name, from, to) => {
    expect(() => read(vectors('events/decisions.v1.json'), (text) => text.replace(from, to))).toThrow('body');
  });
});

interface Case {
  name: string;
  now_ms: number;
  site: string;
  value: string;
  outcome:
    | { denied: string }
    | { allowed: string[]; allowed_under_gpc: string[]; withdrawn_since: string[]; payload: unknown };
}

describe('the consent cookie', () => {
  const { cases, vkey: key, max_age_s }: { cases: Case[]; vkey: string; max_age_s: number } = vectors('cookie.json');

  test.each(cases.map((each) => [each.name, each] as const))('%s', async (_name, { value, site, now_ms, outcome }) => {
    const cookie = await verifyCookie(value, key, { site, now_ms, max_age_s });
    if ('denied' in outcome) {
      expect(cookie).toEqual({
        ok: false,
        reason: outcome.denied,
        allowed: [],
        allowedUnderGpc: [],
        withdrawnSince: [],
      });
    } else {
      const { allowed, allowed_under_gpc: allowedUnderGpc, withdrawn_since: withdrawnSince, payload } = outcome;
      expect(cookie).toEqual({ ok: true, allowed, allowedUnderGpc, withdrawnSince, payload });
    }
  });

  test('has a name of its own for each site', async () => {
    const file: { name: string; site_id: string } = vectors('cookie.json');
    const origin = key.split('+')[0]!;
    expect(await cookieName(origin, 'www.example.se')).toBe(file.name);
    expect(file.name.endsWith(`-${file.site_id}`)).toBe(true);
    expect(await cookieName(origin, 'shop.example.se')).not.toBe(file.name);
  });

  test('permits nothing by a key that is none', async () => {
    const { value, site, now_ms } = cases[0]!;
    expect(await verifyCookie(value, 'nonsense', { site, now_ms })).toMatchObject({ ok: false, reason: 'key' });
  });
});

interface Asked {
  name: string;
  bundle?: string;
  cookie?: string;
  vkey: string;
  site?: string;
  now_ms?: number;
  outcome: string;
}

describe('the grammar, by the vectors that samtycke-core runs too', () => {
  const { cases }: { cases: Asked[] } = vectors('readers.json');

  test.each(cases.map((each) => [each.name, each] as const))('%s', async (_name, asked) => {
    if (asked.bundle !== undefined) {
      const receipt = await verifyReceipt(asked.bundle, asked.vkey);
      expect(receipt.reason ? `${receipt.outcome} ${receipt.reason}` : receipt.outcome).toBe(asked.outcome);
    } else {
      const cookie = await verifyCookie(asked.cookie!, asked.vkey, { site: asked.site!, now_ms: asked.now_ms! });
      expect(cookie.ok ? 'valid' : cookie.reason).toBe(asked.outcome);
    }
  });
});

test('second spellings are refused', async () => {
  expect([fromHex('00ff')?.[1], fromHex('00FF'), fromHex('0'), fromHex(1)]).toEqual([
    255,
    undefined,
    undefined,
    undefined,
  ]);
  expect(fromBase64('AA==')).toEqual(Uint8Array.of(0));
  for (const text of ['AB==', 'AA=', 'AA', 'A A==', 'AA==\n']) expect(fromBase64(text), text).toBeUndefined();
  for (const text of ['AB', 'AA=', 'A', '+A']) expect(fromBase64Url(text), text).toBeUndefined();
  expect(fromDecimal('18446744073709551615')).toBe(2n ** 64n - 1n);
  for (const text of ['', '00', '01', '+1', '-0', '1 ', '18446744073709551616'])
    expect(fromDecimal(text)).toBeUndefined();
  expect(utf8('\ud83d\ude00')).toHaveLength(4);
  expect(utf8('\ude00')).toBeUndefined();
  expect(await readVerifierKey(vkey)).toMatchObject({ name: vkey.split('+')[0] });
});

test('canonical JSON is read, and no other', () => {
  expect(parseCanonical('{"a":1,"b":["å",null,true]}')).toEqual({ a: 1, b: ['å', null, true] });
  for (const text of [
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    '{ "a":1}',
    '1.5',
    '1e3',
    '-0',
    '9007199254740992',
    '{"å":1}',
    '"a\u030a"',
    '"\\u0061"',
    '',
  ]) {
    expect(parseCanonical(text), text).toBeUndefined();
  }
  expect(hasSecondReading('{"a":{"a":1},"b":[{"a":1},{"a":"\\"a\\":{"}]}')).toBe(false);
  expect(hasSecondReading('{"a":{"b":1 , "\\u0062" : 2}}')).toBe(true);
});

// biome-ignore lint/suspicious/noExplicitAny: a bundle, to be broken at will
function edit(text: string, change: (bundle: any) => void): string {
  const bundle = JSON.parse(text);
  change(bundle);
  return JSON.stringify(bundle);
}

/** The line, of a text in JSON, that a character stands in. */
function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\\n', at - 1);
  return text.slice(start, text.indexOf('\\n', at) + 2);
}
