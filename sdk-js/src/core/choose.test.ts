import { expect, test } from 'vitest';
import type { BannerDocument, Decision } from '../contract.js';
import { type ChoiceInput, choose } from './choose.js';
import { parseChoice } from './cookie.js';
import { formatGiven } from './format.js';

const NOW = 1_790_000_000;
const SITE = '0a1b2c3d4e5f';

/** A browser that stores these answers, and makes this choice. */
function said(p: [string, string, number][], input: ChoiceInput) {
  const signed = {
    v: 1,
    o: 'log',
    s: 'shop',
    i: SITE,
    n: 'aaaaaaaa',
    sub: 's',
    seq: 3,
    iat: NOW,
    exp: NOW + 9,
    pos: '',
    p,
  };
  const text = `${Buffer.from(JSON.stringify(signed)).toString('base64url')}.${'A'.repeat(86)}`;
  const stored = parseChoice(formatGiven(4, text, 'A'.repeat(43), []), SITE);
  const view = { stored, local: { s: 0, q: [] }, gpc: false, now: NOW, clock: NOW, deferred: false };
  const change = choose(view, input, { random: (length) => new Uint8Array(length) }, 0);
  const after = change.value && parseChoice(change.value, SITE);
  return {
    withdrawn: change.withdrawn,
    left: after ? after.purposes.filter(({ given }) => given).map(({ id }) => id) : undefined,
    sent: change.local.q.map(({ body }) => body.decisions),
  };
}

const purpose = (id: string, vendors: string[] = []) => ({
  id,
  gpc: false,
  own_statement: id === 'health',
  vendors: vendors.map((vendor) => ({ id: vendor, name: vendor })),
});
const asks = (...purposes: object[]) => ({ notice: `sha256:${'a'.repeat(64)}`, purposes }) as unknown as BannerDocument;
const services = asks(purpose('film', ['one', 'two']), purpose('numbers'), purpose('health', ['one']));
const about = (purpose: string, vendor: string, decision: string) => ({ purpose, scope: { vendor }, decision });

test('a grant and a refusal name their services', () => {
  const decision = { kind: 'save', method: 'toggle_save' } as Decision;
  const input = { yes: ['film/one', 'health/one'], no: ['film/two', 'numbers'], banner: services, decision };
  expect(said([['numbers', 's', 1]], input).sent).toEqual([
    [{ purpose: 'numbers', decision: 'withdrawn' }],
    [about('film', 'one', 'given'), about('film', 'two', 'refused')],
    [{ ...about('health', 'one', 'given'), explicit: true }],
  ]);
});

test('a refusal of everything withdraws each given service', () => {
  const { withdrawn, sent } = said(
    [
      ['film/one', 'p', 1],
      ['film/two', 'p', 1],
      ['film/gone', 'p', 1],
    ],
    { yes: [], banner: services },
  );
  expect(withdrawn).toEqual(['film/one', 'film/two', 'film/gone']);
  expect(sent[0]).toEqual([
    about('film', 'one', 'withdrawn'),
    about('film', 'two', 'withdrawn'),
    about('film', 'gone', 'withdrawn'),
    { purpose: 'numbers', decision: 'refused' },
    about('health', 'one', 'refused'),
  ]);
});

test('a purpose and its services withdraw each other', () => {
  const whole: [string, string, number][] = [
    ['film', 'p', 1],
    ['numbers', 's', 1],
  ];
  expect(said(whole, { yes: [], no: ['film/one'], banner: services })).toEqual({
    withdrawn: ['film'],
    left: ['numbers'],
    sent: [[about('film', 'one', 'refused')]],
  });
  const each: [string, string, number][] = [
    ['film/one', 'p', 1],
    ['film/two', 'p', 1],
    ['films', 'p', 1],
  ];
  expect(said(each, { yes: [], no: ['film'], banner: asks(purpose('film')) })).toEqual({
    withdrawn: ['film/one', 'film/two'],
    left: ['films'],
    sent: [[{ purpose: 'film', decision: 'refused' }]],
  });
});
