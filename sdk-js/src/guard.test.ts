import { expect, test } from 'vitest';
import { candidates, ruleMatches } from './guard.js';

test('a rule matches a host and its subdomains only', () => {
  const rule = { hosts: ['ads.example'], purposes: ['marketing'] };
  const matches = (address: string) => ruleMatches(rule, new URL(address));
  expect(matches('https://ads.example/x')).toBe(true);
  expect(matches('https://a.b.ads.example:8443/')).toBe(true);
  expect(matches('https://myads.example/')).toBe(false);
  expect(matches('https://ads.example.org/')).toBe(false);
});

test('addresses of a srcset', () => {
  expect(candidates('a.png 1x, https://b.example/w,1.png 2x')).toEqual(['a.png', 'https://b.example/w,1.png']);
  expect(candidates('')).toEqual([]);
});
