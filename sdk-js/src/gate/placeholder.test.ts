import { expect, test } from 'vitest';
import { textParts } from './placeholder.js';

test('what is filled into a text stays plain and separate', () => {
  expect(textParts('{host}: {category}, {other}', { host: '$&.example', category: '{host}' })).toEqual([
    { text: '$&.example', filled: true },
    { text: ': ', filled: false },
    { text: '{host}', filled: true },
    { text: ', {other}', filled: false },
  ]);
});
