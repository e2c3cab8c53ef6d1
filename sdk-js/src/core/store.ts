/** Tells who wants to know. */
import type { State } from '../contract.js';

/** A snapshot that is told to others only where it differs. */
export interface Store {
  /** The newest snapshot: the same object as long as nothing changed. */
  state(): State;
  /** Takes a new snapshot over where it differs: then calls everybody, and answers true. */
  set(state: State): boolean;
  /** Calls back at once and on every change. A listener that throws stops nobody else. Returns how to stop. */
  subscribe(listener: (state: State) => void): () => void;
}

/** A store that begins with this snapshot. */
export function createStore(state: State): Store {
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    set(next) {
      if (JSON.stringify(next) === JSON.stringify(state)) return false;
      state = next;
      for (const tell of [...listeners]) tell();
      return true;
    },
    subscribe(listener) {
      const tell = () => {
        try {
          listener(state);
        } catch (error) {
          console.error(error);
        }
      };
      listeners.add(tell);
      tell();
      return () => listeners.delete(tell);
    },
  };
}
