import { expect, test } from 'vitest';
import type { BannerDocument } from '../contract.js';
import { idsToAsk } from './ask.js';
import { DAY_S, parseChoice } from './cookie.js';
import { formatGiven, formatRefusal } from './format.js';
import type { Submission } from './local-record.js';
import { isGiven, isPermitted, stateOf, type View } from './permission.js';

const NOW = 1_790_000_000;
const YEAR = 365 * DAY_S;
const SITE = '0a1b2c3d4e5f';
const CAPABILITY = 'A'.repeat(43);

function given(changes: object = {}, withdrawnIndexes: number[] = []): string {
  const payload = {
    v: 1,
    o: 'log',
    s: 'shop',
    i: SITE,
    n: 'aaaaaaaa',
    sub: 's_JxKq3mYlTn2v0cWb8ZpR4A',
    seq: 3,
    iat: NOW,
    exp: NOW + YEAR,
    pos: 'AAAA',
    p: [
      ['numbers', 's', 1],
      ['ads', 'm', 3],
      ['partner.ads', 'm', 1],
      ['film', 'p', 0],
      ['old', 's', 4],
    ],
    ...changes,
  };
  const text = `${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${'A'.repeat(86)}`;
  return formatGiven(4, text, CAPABILITY, withdrawnIndexes);
}

function view(value: string, changes: Partial<View> = {}): View {
  return {
    stored: parseChoice(value, SITE),
    local: { s: 0, q: [] },
    gpc: false,
    now: NOW,
    clock: NOW,
    deferred: false,
    ...changes,
  };
}

const entry = (yes: string[], no: string[]): Submission => ({
  id: 'e',
  n: 5,
  at: NOW,
  yes,
  no,
  gpc: false,
  c: CAPABILITY,
  body: {},
});
const waiting = (yes: string[], no: string[]) => ({ local: { c: CAPABILITY, s: 3, q: [entry(yes, no)] } });

const SERVICES = [
  ['film/one', 'p', 1],
  ['film/two', 'p', 0],
];
const BOTH = SERVICES.map(([word, letter]) => [word, letter, 1]);

test.each([
  ['necessary', view(''), 'necessary'],
  ['numbers', view(''), 'no_choice'],
  ['marketing', view(''), 'no_choice'],
  ['numbers', view(formatRefusal(1, NOW, 'aaaaaaaa')), 'refused'],
  ['numbers', view(given()), 'given'],
  ['film', view(given()), 'refused'],
  ['other', view(given()), 'unknown'],
  ['marketing', view(given()), 'given'],
  ['statistics', view(given()), 'refused'],
  ['ads', view(given(), { gpc: true }), 'gpc'],
  ['partner.ads', view(given(), { gpc: true }), 'given'],
  ['marketing', view(given(), { gpc: true }), 'gpc'],
  ['numbers', view(given({}, [0])), 'refused'],
  ['marketing', view(given({}, [1])), 'refused'],
  ['numbers', view(given(), waiting([], ['numbers'])), 'refused'],
  ['numbers', view(given(), waiting(['numbers'], ['numbers'])), 'pending'],
  ['film', view(given(), waiting(['film'], [])), 'pending'],
  ['numbers', view('', waiting(['numbers'], [])), 'pending'],
  ['numbers', view(given(), { now: NOW + DAY_S }), 'given'],
  ['numbers', view(given(), { now: NOW + DAY_S + 1 }), 'unconfirmed'],
  ['numbers', view(given(), { now: NOW - 300 }), 'given'],
  ['numbers', view(given(), { now: NOW - 301 }), 'unconfirmed'],
  ['numbers', view(given(), { now: Number.NaN }), 'unconfirmed'],
  ['numbers', view(given({ exp: NOW })), 'expired'],
  ['numbers', view(given(), { local: { c: CAPABILITY, s: 4, q: [] } }), 'unconfirmed'],
  ['numbers', view(given(), { local: { c: 'another', s: 4, q: [] } }), 'given'],
  ['numbers/maker', view(given()), 'given'],
  ['film/maker', view(given()), 'refused'],
  ['ads/maker', view(given(), { gpc: true }), 'gpc'],
  ['statistics/maker', view(given({ p: [['numbers', 's', 1]] })), 'given'],
  ['film/one', view(given({ p: SERVICES })), 'given'],
  ['film/two', view(given({ p: SERVICES })), 'refused'],
  ['film/three', view(given({ p: SERVICES })), 'unknown'],
  ['film', view(given({ p: SERVICES })), 'refused'],
  ['preferences', view(given({ p: SERVICES })), 'refused'],
  ['film', view(given({ p: BOTH })), 'given'],
  ['preferences', view(given({ p: BOTH })), 'given'],
  ['film/three', view(given({ p: BOTH })), 'unknown'],
  ['film/one', view(given({ p: BOTH }, [1])), 'given'],
  ['film/two', view(given({ p: BOTH }, [1])), 'refused'],
  ['film', view(given({ p: BOTH }, [1])), 'refused'],
  ['film', view(given({ p: BOTH }), waiting([], ['film/one'])), 'refused'],
  ['fil', view(given({ p: BOTH })), 'unknown'],
  ['numbers', view(given({ p: [['numbers', 's', 9]] }), { held: true }), 'held'],
  [
    'statistics',
    view(
      given({
        p: [
          ['numbers', 's', 9],
          ['other', 's', 1],
        ],
      }),
      { held: true },
    ),
    'held',
  ],
  [
    'other',
    view(
      given({
        p: [
          ['numbers', 's', 9],
          ['other', 's', 1],
        ],
      }),
      { held: true },
    ),
    'given',
  ],
  ['numbers', view(given({ p: [['numbers', 's', 9]] })), 'given'],
] as const)('%s %#: %s', (word, now, reason) => {
  expect(isPermitted(word, now)).toBe(reason === 'given' || reason === 'necessary');
  // The stored choice alone: time, a signal or a missing part withdraw nothing.
  expect(isGiven(word, now)).toBe(/^(given|gpc|held|unconfirmed|expired)$/.test(reason));
});

test('GPC denies, and is no choice', () => {
  expect(stateOf(view(given(), { gpc: true }))).toEqual({
    choice: 'given',
    pending: false,
    gpc: true,
    allowed: ['numbers', 'partner.ads'],
  });
  expect(stateOf(view('', { gpc: true })).choice).toBe('none');
});

test("a snapshot has the user's last choice", () => {
  expect(stateOf(view('', { deferred: true })).choice).toBe('deferred');
  expect(stateOf(view(formatRefusal(1, NOW, 'aaaaaaaa'))).choice).toBe('refused');
  expect(stateOf(view(formatRefusal(1, 0, 'aaaaaaaa'), waiting(['numbers'], [])))).toMatchObject({
    choice: 'given',
    pending: true,
    allowed: [],
  });
});

const purposes = ['numbers', 'ads', 'partner.ads', 'film', 'old'].map((id) => ({
  id,
  gpc: id === 'ads',
  reask_s: id === 'film' ? 30 * DAY_S : 180 * DAY_S,
}));
const banner = {
  notice: `sha256:${'aaaaaaaa'.repeat(8)}`,
  prior_notices_accepted: ['bbbbbbbb'],
  purposes,
} as unknown as BannerDocument;
const asked = (now: View, about = banner) => idsToAsk(about, now);
const everything = purposes.map((purpose) => purpose.id);
const refused = (days: number, notice = 'aaaaaaaa') => view(formatRefusal(1, NOW - days * DAY_S, notice));

test('a user without an answer is asked, except what GPC denies', () => {
  expect(asked(view(''))).toEqual(everything);
  expect(asked(view('', { gpc: true }))).toEqual(everything.filter((id) => id !== 'ads'));
  expect(asked(view('', { deferred: true }))).toEqual([]);
  expect(asked(view('', waiting(['numbers'], [])))).toEqual([]);
  const adsOnly = { ...banner, purposes: purposes.filter((purpose) => purpose.gpc) } as BannerDocument;
  expect(asked(view('', { gpc: true }), adsOnly)).toEqual([]);
});

test("a refusal holds for its purpose's time, then asks again", () => {
  expect(asked(refused(0))).toEqual([]);
  expect(asked(refused(29))).toEqual([]);
  expect(asked(refused(31))).toEqual(['film']);
  expect(asked(refused(181))).toEqual(everything);
  expect(asked(refused(-400))).toEqual([]);
});

test('a refusal of an earlier notice holds if it is accepted', () => {
  expect(asked(refused(0, 'bbbbbbbb'))).toEqual([]);
  expect(asked(refused(0, 'cccccccc'))).toEqual(everything);
});

test('a refusal before a grant does not prevent a prompt', () => {
  expect(asked(view(formatRefusal(1, 0, 'aaaaaaaa')))).toEqual(everything);
});

test('after a choice only new and expired purposes are asked', () => {
  expect(asked(view(given()))).toEqual(['old']);
  expect(asked(view(given({}, [0])))).toEqual(['old']);
  const more = {
    ...banner,
    purposes: [...purposes, { id: 'new', gpc: false, reask_s: 1 }],
  } as unknown as BannerDocument;
  expect(asked(view(given()), more)).toEqual(['old', 'new']);
  expect(asked(view(given({ exp: NOW })))).toEqual(everything);
  expect(asked(view(given(), { now: NOW + 2 * DAY_S }))).toEqual([]);
});

test('a new service is asked alone; a refusal covers all', () => {
  const film = { id: 'film', gpc: false, reask_s: 30 * DAY_S, vendors: [{ id: 'one' }, { id: 'two' }, { id: 'new' }] };
  const services = { ...banner, purposes: [film] } as unknown as BannerDocument;
  const all = ['film/one', 'film/two', 'film/new'];
  expect(asked(view(''), services)).toEqual(all);
  expect(asked(view(given({ p: SERVICES })), services)).toEqual(['film/new']);
  expect(asked(view(given({ p: [...SERVICES, ['film/new', 'p', 4]] })), services)).toEqual(['film/new']);
  expect(asked(refused(0), services)).toEqual([]);
  expect(asked(refused(31), services)).toEqual(all);
});

test('a snapshot lists services, and purposes with all of them', () => {
  expect(stateOf(view(given({ p: SERVICES }))).allowed).toEqual(['film/one']);
  expect(stateOf(view(given({ p: BOTH }))).allowed).toEqual(['film', 'film/one', 'film/two']);
});
