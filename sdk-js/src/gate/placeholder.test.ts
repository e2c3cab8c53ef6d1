import { expect, test } from 'vitest';
import { textParts } from './placeholder.js';

test('a text is filled in without meaning anything, and what is filled in stands apart', () => {
  expect(textParts('{host}: {category}, {other}', { host: '$&.example', category: '{host}' })).toEqual([
    { text: '$&.example', filled: true },
    { text: ': ', filled: false },
    { text: '{host}', filled: true },
    { text: ', {other}', filled: false },
  ]);
});
