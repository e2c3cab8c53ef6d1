import { describe, expect, test } from 'vitest';
import { needs, permitted } from './needs.js';

describe('needs', () => {
  test.each([
    [{ samtyckePurpose: ' loomer.film  marketing ' }, ['loomer.film', 'marketing']],
    [{ category: 'analytics' }, ['statistics']],
    [{ category: 'ads' }, ['marketing']],
    [{ cookieconsent: 'preferences, statistics' }, ['preferences', 'statistics']],
    [{ name: 'functional' }, ['preferences']],
    [{ name: 'youtube' }, ['youtube']],
    [{ category: 'constructor' }, ['constructor']],
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
