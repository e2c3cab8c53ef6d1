import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { base64url, eventId, subjectOf } from './id.js';

const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);

test('base64url has no padding', () => {
  expect(base64url(Uint8Array.from([251, 255, 191]))).toBe('-_-_');
  expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
});

test('an event id is a version 7 UUID, the time before the chance', () => {
  const uuid = '9b2e4c7a-1f3d-4e5b-a6c8-0d1e2f3a4b5c';
  expect(eventId(1_790_000_000_123, uuid)).toBe('01a0c450-6c7b-7e5b-a6c8-0d1e2f3a4b5c');
  expect(eventId(0, uuid)).toBe('00000000-0000-7e5b-a6c8-0d1e2f3a4b5c');
});

test('a subject is hashed from the decoded bytes of its capability', async () => {
  const digest = createHash('sha256').update('samtycke/subject/v1\n').update(bytes).digest();
  expect(await subjectOf(base64url(bytes))).toBe(`s_${digest.subarray(0, 16).toString('base64url')}`);
  expect(await subjectOf(base64url(bytes))).toMatch(/^s_[A-Za-z0-9_-]{21}[AQgw]$/);
});
