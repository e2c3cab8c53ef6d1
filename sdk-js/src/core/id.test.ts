import { expect, test } from 'vitest';
import { base64url, eventId } from './id.js';

const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);

test('base64url has no padding', () => {
  expect(base64url(Uint8Array.from([251, 255, 191]))).toBe('-_-_');
  expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
});

test('an event id is a UUID v7: time, then random bits', () => {
  const random = (fill: number) => new Uint8Array(10).fill(fill);
  expect(eventId(1_790_000_000_123, bytes.slice(0, 10))).toBe('01a0c450-6c7b-7000-a203-040506070809');
  expect(eventId(0, random(0))).toBe('00000000-0000-7000-8000-000000000000');
  expect(eventId(0, random(255))).toBe('00000000-0000-7fff-bfff-ffffffffffff');
});
