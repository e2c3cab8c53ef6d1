import type { Samtycke } from './contract.js';
/** Svelte's store contract, as far as a store that is only read goes. */
export interface ConsentStore {
    subscribe(run: (permitted: boolean) => void): () => void;
}
/**
 * `$analytics` is whether this purpose, or every purpose of this category, is permitted now:
 * `const analytics = consent('statistics')`. Without the second argument, the script tag's samtycke is used.
 */
export declare function consent(purpose: string, samtycke?: Samtycke): ConsentStore;
/** An action that opens the settings: `<button use:settings>`. */
export declare function settings(node: HTMLElement, samtycke?: Samtycke): {
    destroy(): void;
};
