import { expect, test } from 'vitest';
import { fill } from './placeholder.js';

test('a text is filled in without meaning anything', () => {
  expect(fill('{host}: {category}, {host} {other}', { host: '$&.example', category: '{host}' })).toBe(
    '$&.example: {host}, $&.example {other}',
  );
});
