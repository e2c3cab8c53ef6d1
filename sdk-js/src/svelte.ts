/**
 * `@samtycke/banner/svelte`: permissions as stores, for Svelte 4 and 5. On a server everything is denied, so that the
 * page contains nothing that needs consent.
 */
import { allowed, current, watch } from './adapter';
import type { Samtycke } from './contract';

/** A readable store, as Svelte's store contract has it. */
export interface ConsentStore {
  subscribe(run: (permitted: boolean) => void): () => void;
}

/**
 * `$analytics` is whether this purpose, or every purpose of this category, is permitted now: `const analytics =
 * consent('statistics')`. Without the second argument, the script tag's instance is used.
 */
export function consent(purpose: string, samtycke?: Samtycke): ConsentStore {
  return {
    subscribe(run) {
      let last = allowed(purpose, samtycke);
      run(last);
      return watch(() => {
        const now = allowed(purpose, samtycke);
        if (now === last) return;
        last = now;
        run(now);
      }, samtycke);
    },
  };
}

/** An action that opens the settings: `<button use:settings>`. */
export function settings(node: HTMLElement, samtycke?: Samtycke): { destroy(): void } {
  const open = (event: Event) => {
    const found = current(samtycke);
    // Without an instance, a link is followed.
    if (!found) return;
    event.preventDefault();
    void found.open();
  };
  node.addEventListener('click', open);
  return { destroy: () => node.removeEventListener('click', open) };
}
