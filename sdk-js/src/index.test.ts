import { expect, test } from 'vitest';
import { start } from './index.js';

test('without a page nothing is permitted, nothing happens', async () => {
  const samtycke = start({ key: 'pk_test' });
  expect(samtycke.allowed('necessary')).toBe(true);
  expect(samtycke.allowed('statistics')).toBe(false);
  const seen: unknown[] = [];
  samtycke.subscribe((state) => seen.push(state))();
  expect(seen).toEqual([{ choice: 'none', pending: false, gpc: false, allowed: [] }]);
  await Promise.all([samtycke.ready, samtycke.open(), samtycke.withdraw()]);
  samtycke.stop();
});
