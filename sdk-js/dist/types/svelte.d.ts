import type { Samtycke } from './contract.js';
/** A readable store, as Svelte's store contract has it. */
export interface ConsentStore {
    subscribe(run: (permitted: boolean) => void): () => void;
}
/**
 * `$analytics` is whether this purpose, or every purpose of this category, is permitted now: `const analytics =
 * consent('statistics')`. Without the second argument, the script tag's instance is used.
 */
export declare function consent(purpose: string, samtycke?: Samtycke): ConsentStore;
/** An action that opens the settings: `<button use:settings>`. */
export declare function settings(node: HTMLElement, samtycke?: Samtycke): {
    destroy(): void;
};
