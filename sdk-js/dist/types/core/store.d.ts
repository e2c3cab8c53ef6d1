/** Notifies listeners of changes. */
import type { State } from '../contract.js';
/** A snapshot with listeners, which are called only when it changes. */
export interface Store {
    /** The current snapshot: the same object until something changes. */
    state(): State;
    /** Replaces the snapshot. If it differs, calls every listener and returns true. */
    set(state: State): boolean;
    /**
     * Calls the listener at once and on every change. A listener that throws does not stop the others. Returns a function
     * that unsubscribes.
     */
    subscribe(listener: (state: State) => void): () => void;
}
/** Creates a store with this snapshot. */
export declare function createStore(state: State): Store;
