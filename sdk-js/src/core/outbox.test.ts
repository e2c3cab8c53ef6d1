import { expect, test } from 'vitest';
import { type LocalRecord, parseLocalRecord, type Submission } from './local-record.js';
import { AFTER_MAX, afterIds, dispositionOf, ENTRIES_MAX, enqueue, isLate, newestNumber, next } from './outbox.js';

const entry = (id: string, yes: string[], no: string[] = [], at = 0): Submission => ({
  id,
  n: 1,
  at,
  yes,
  no,
  gpc: false,
  c: 'c',
  body: {},
});
const local = (...q: Submission[]): LocalRecord => ({ c: 'c', s: 0, q });

test('a refusal is sent before a grant', () => {
  expect(next(local(entry('a', ['x']), entry('b', [], ['x']), entry('c', ['x'])))?.id).toBe('b');
  expect(next(local(entry('a', ['x']), entry('c', ['x'])))?.id).toBe('a');
  expect(next(local())).toBeUndefined();
});

test('a full queue drops the oldest grant, never a refusal', () => {
  let full = local();
  for (let i = 0; i < ENTRIES_MAX; i++) full = enqueue(full, entry(`${i}`, i === 5 ? ['x'] : [], ['y']));
  expect(full.q.length).toBe(ENTRIES_MAX);
  full = enqueue(full, entry('new', [], ['y']));
  expect(full.q.map((one) => one.id)).not.toContain('5');
  expect(enqueue(full, entry('grant', ['x'])).q.map((one) => one.id)).not.toContain('grant');
  expect(enqueue(full, entry('no', [], ['x'])).q.length).toBe(ENTRIES_MAX + 1);
});

test('names at most the sixteen newest restrictions', () => {
  const q = Array.from({ length: 20 }, (_, i) => entry(`${i}`, i % 10 ? [] : ['x'], i % 10 ? ['x'] : []));
  expect(afterIds(local(...q))).toHaveLength(AFTER_MAX);
  expect(afterIds(local(...q)).at(-1)).toBe('19');
  expect(afterIds(local(entry('yes', ['x'])))).toEqual([]);
});

test('a grant expires after 30 days, a refusal never', () => {
  const month = 30 * 86_400;
  expect(isLate(entry('a', ['x']), month)).toBe(false);
  expect(isLate(entry('a', ['x']), month + 1)).toBe(true);
  expect(isLate(entry('a', [], ['x']), month * 9)).toBe(false);
  expect(isLate(entry('a', ['x'], [], month), 0)).toBe(false);
});

test.each([
  [201, 'done', 'done'],
  [200, 'done', 'done'],
  [0, 'retry', 'retry'],
  [408, 'retry', 'retry'],
  [429, 'retry', 'retry'],
  [500, 'retry', 'retry'],
  [503, 'retry', 'retry'],
  [400, 'dropped', 'retry'],
  [401, 'dropped', 'retry'],
  [403, 'dropped', 'retry'],
  [404, 'dropped', 'over'],
  [409, 'dropped', 'retry'],
  [410, 'dropped', 'over'],
  [422, 'dropped', 'over'],
])('%i: a grant is %s, a refusal is %s', (status, grant, no) => {
  expect(dispositionOf(entry('a', ['x']), status)).toBe(grant);
  expect(dispositionOf(entry('a', [], ['x']), status)).toBe(no);
});

test('the newest number comes from the cookie or the queue', () => {
  expect(newestNumber(local(), undefined)).toBe(0);
  expect(newestNumber(local({ ...entry('a', []), n: 4 }), { n: 3 })).toBe(4);
});

test.each(['', 'null', '{}', '[]', '{"q":1}', '{"q":[1,{"yes":"x"}]}', 'x', undefined, null])(
  '%s is an empty record',
  (text) => {
    expect(parseLocalRecord(text)).toMatchObject({ s: 0, q: [] });
  },
);
