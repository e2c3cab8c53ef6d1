import { expect, test, vi } from 'vitest';
import type { State } from '../contract.js';
import { createStore } from './store.js';

const state = (allowed: string[]): State => ({ choice: 'given', pending: false, gpc: false, allowed });

test('a listener is called at once, then on changes only', () => {
  const store = createStore(state([]));
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.set(state([]))).toBe(false);
  const before = store.state();
  expect(store.set(state(['a']))).toBe(true);
  expect(store.state()).not.toBe(before);
  expect(listener).toHaveBeenLastCalledWith(state(['a']));
  stop();
  store.set(state([]));
  expect(listener).toHaveBeenCalledTimes(2);
});

test('a listener that throws does not stop the others', () => {
  const failed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const store = createStore(state([]));
  store.subscribe(() => {
    throw new Error('of the page');
  });
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  store.subscribe(listener);
  stop();
  store.set(state(['a']));
  expect(listener).toHaveBeenCalledTimes(3);
  expect(failed).toHaveBeenCalledTimes(2);
});
