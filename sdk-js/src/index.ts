/** The ESM entry. Can be imported where there is no page, as when a server renders. */
import type { Options, Samtycke } from './contract.js';
import { start as startInPage } from './setup.js';

export type { Category, Options, Reason, Samtycke, State, Variant } from './contract.js';

/**
 * Starts the banner in this page, once per key: reads the stored choice, releases what it permits, and asks where something
 * has to be asked. `options.server` says where samtycke is; without it, at the page's own origin.
 *
 * Where there is no page, nothing is permitted and nothing happens.
 */
export function start(options: Options): Samtycke {
  return typeof document === 'undefined' ? nowhere : startInPage(options);
}

const nowhere: Samtycke = {
  allowed: (purpose) => purpose === 'necessary',
  state: () => ({ choice: 'none', pending: false, gpc: false, allowed: [] }),
  subscribe(listener) {
    listener(nowhere.state());
    return () => {};
  },
  open: async () => {},
  setLanguage: async () => {},
  withdraw: async () => {},
  ready: Promise.resolve(),
  stop() {},
};
