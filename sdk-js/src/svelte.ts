/**
 * `@samtycke/banner/svelte`: whether something may be shown or loaded, as a store, for Svelte 4 and 5. On a server
 * everything is denied, so that nothing is in the page before somebody said yes.
 */
import { allowed, current, watch } from './adapter';
import type { Samtycke } from './contract';

/** Svelte's store contract, as far as a store that is only read goes. */
export interface ConsentStore {
  subscribe(run: (permitted: boolean) => void): () => void;
}

/**
 * `$analytics` is whether this purpose, or every purpose of this category, is permitted now:
 * `const analytics = consent('statistics')`. Without the second argument, the script tag's samtycke is used.
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
    // A link without samtycke stays a link.
    if (!found) return;
    event.preventDefault();
    void found.open();
  };
  node.addEventListener('click', open);
  return { destroy: () => node.removeEventListener('click', open) };
}
