/** What the adapters for React, Vue and Svelte share. */
import type { Samtycke } from './contract';

declare global {
  interface Window {
    samtycke?: Samtycke;
  }
}

/** The given instance, or else the script tag's. On a server there is none, and nothing is permitted. */
export function current(given?: Samtycke): Samtycke | undefined {
  return given ?? (typeof window === 'undefined' ? undefined : window.samtycke);
}

/** Whether a purpose or category is permitted now; `false` while it is unknown. */
export function allowed(purpose: string, given?: Samtycke): boolean {
  return current(given)?.allowed(purpose) ?? false;
}

/**
 * Calls back when permissions may have changed, also if the script tag's module runs after the application. Returns a
 * function that unsubscribes.
 */
export function watch(changed: () => void, given?: Samtycke): () => void {
  const found = current(given);
  if (found) return found.subscribe(changed);
  if (typeof window === 'undefined') return () => {};
  let stop = () => {};
  const end = new AbortController();
  const attempt = () => {
    const late = current();
    if (!late || end.signal.aborted) return;
    end.abort();
    stop = late.subscribe(changed);
  };
  // The event fires inside `start()`; the script tag sets `window.samtycke` a moment later.
  const soon = () => queueMicrotask(attempt);
  document.addEventListener('samtycke:ready', soon, { signal: end.signal });
  window.addEventListener('load', soon, { signal: end.signal });
  return () => {
    end.abort();
    stop();
  };
}
