import { describe, expect, test } from 'vitest';
import type { BannerDocument } from '../contract.js';
import { allPermitted, canBePermitted, neededPurposes } from './needs.js';

describe('needs', () => {
  test.each([
    [{ samtyckePurpose: ' loomer.film  marketing ' }, ['loomer.film', 'marketing']],
    [{ category: 'analytics' }, ['statistics']],
    [{ category: 'ads' }, ['marketing']],
    [{ cookieconsent: 'preferences, statistics' }, ['preferences', 'statistics']],
    [{ name: 'functional' }, ['preferences']],
    [{ name: 'youtube' }, ['youtube']],
    [{ category: 'constructor' }, ['constructor']],
    [{ samtyckePurpose: 'p.film', samtyckeVendor: 'rullen' }, ['p.film/rullen']],
    [{ samtyckePurpose: 'p.film p.ads', samtyckeVendor: 'rullen' }, ['p.film/rullen', 'p.ads/rullen']],
    [{ category: 'ads', samtyckeVendor: 'rullen' }, ['marketing']],
    [{ category: '' }, []],
    [{}, []],
  ])('%o', (attributes, words) => {
    expect(neededPurposes(attributes as DOMStringMap)).toEqual(words);
  });

  test('our own attribute wins, and has no aliases', () => {
    expect(neededPurposes({ samtyckePurpose: 'analytics', category: 'ads' } as unknown as DOMStringMap)).toEqual([
      'analytics',
    ]);
  });
});

describe('permitted', () => {
  const allowed = (word: string) => word === 'statistics';
  test('needs all words; no word permits nothing', () => {
    expect(allPermitted(['statistics'], allowed)).toBe(true);
    expect(allPermitted(['statistics', 'necessary'], allowed)).toBe(true);
    expect(allPermitted(['necessary'], () => false)).toBe(true);
    expect(allPermitted(['statistics', 'marketing'], allowed)).toBe(false);
    expect(allPermitted([], () => true)).toBe(false);
  });
});

test('purposes, their services and categories can be permitted', () => {
  const banner = {
    words: { categories: { necessary: '', preferences: '', statistics: '', marketing: '' } },
    purposes: [{ id: 'p.film', vendors: [{ id: 'rullen', name: 'Rullen AB' }] }],
  } as unknown as BannerDocument;
  for (const word of ['p.film', 'p.film/rullen', 'preferences', 'necessary'])
    expect(canBePermitted(banner, [word])).toBe(true);
  for (const word of ['statistik', 'p.film/', 'p.film/spolen', 'rullen', 'toString'])
    expect(canBePermitted(banner, ['p.film', word])).toBe(false);
  expect(canBePermitted(banner, [])).toBe(false);
});
