import { describe, expect, test } from 'vitest';
import type { BannerDocument } from '../contract.js';
import { knows, needs, permitted } from './needs.js';

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
    expect(needs(attributes as DOMStringMap)).toEqual(words);
  });

  test('the own attribute goes before others and is no alias', () => {
    expect(needs({ samtyckePurpose: 'analytics', category: 'ads' } as unknown as DOMStringMap)).toEqual(['analytics']);
  });
});

describe('permitted', () => {
  const allowed = (word: string) => word === 'statistics';
  test('all of it or nothing, and nothing named is nothing permitted', () => {
    expect(permitted(['statistics'], allowed)).toBe(true);
    expect(permitted(['statistics', 'necessary'], allowed)).toBe(true);
    expect(permitted(['necessary'], () => false)).toBe(true);
    expect(permitted(['statistics', 'marketing'], allowed)).toBe(false);
    expect(permitted([], () => true)).toBe(false);
  });
});

test('what a site could permit: a purpose, one of its services, a category, and nothing that only looks so', () => {
  const banner = {
    words: { categories: { necessary: '', preferences: '', statistics: '', marketing: '' } },
    purposes: [{ id: 'p.film', vendors: [{ id: 'rullen', name: 'Rullen AB' }] }],
  } as unknown as BannerDocument;
  for (const word of ['p.film', 'p.film/rullen', 'preferences', 'necessary']) expect(knows(banner, [word])).toBe(true);
  for (const word of ['statistik', 'p.film/', 'p.film/spolen', 'rullen', 'toString'])
    expect(knows(banner, ['p.film', word])).toBe(false);
  expect(knows(banner, [])).toBe(false);
});
