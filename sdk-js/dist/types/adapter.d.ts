/** What the adapters for React, Vue and Svelte share. */
import type { Samtycke } from './contract.js';
declare global {
    interface Window {
        samtycke?: Samtycke;
    }
}
/** The one that is given, or else the script tag's. On a server there is none, and nothing is permitted. */
export declare function current(given?: Samtycke): Samtycke | undefined;
/** Whether a purpose, or a category, is permitted now; `false` as long as nobody knows. */
export declare function allowed(purpose: string, given?: Samtycke): boolean;
/**
 * Calls back whenever permissions may have changed, also where the script tag's module runs after the application did.
 * Returns how to stop.
 */
export declare function watch(changed: () => void, given?: Samtycke): () => void;
