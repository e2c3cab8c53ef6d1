/** What the adapters for React, Vue and Svelte share. */
import type { Samtycke } from './contract.js';
declare global {
    interface Window {
        samtycke?: Samtycke;
    }
}
/** The given instance, or else the script tag's. On a server there is none, and nothing is permitted. */
export declare function current(given?: Samtycke): Samtycke | undefined;
/** Whether a purpose or category is permitted now; `false` while it is unknown. */
export declare function allowed(purpose: string, given?: Samtycke): boolean;
/**
 * Calls back when permissions may have changed, also if the script tag's module runs after the application. Returns a
 * function that unsubscribes.
 */
export declare function watch(changed: () => void, given?: Samtycke): () => void;
