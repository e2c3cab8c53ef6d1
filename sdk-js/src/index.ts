/** The ESM entry. It can be imported without a page, as in server-side rendering. */
import type { Options, Samtycke } from './contract.js';
import { start as startInPage } from './setup.js';

export type { Category, Options, Samtycke, State, Variant } from './contract.js';

/**
 * Starts the banner in this page, once per key: reads the stored choice, releases what it permits, and prompts if an
 * answer is missing. `options.server` is the server's URL; the default is the page's own origin.
 *
 * Without a page it does nothing, and permits nothing.
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
