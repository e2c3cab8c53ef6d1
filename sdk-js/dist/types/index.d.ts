/** The ESM entry. It can be imported without a page, as in server-side rendering. */
import type { Options, Samtycke } from './contract.js';
export type { Category, Options, Samtycke, State, Variant } from './contract.js';
/**
 * Starts the banner in this page, once per key: reads the stored choice, releases what it permits, and prompts if an
 * answer is missing. `options.server` is the server's URL; the default is the page's own origin.
 *
 * Without a page it does nothing, and permits nothing.
 */
export declare function start(options: Options): Samtycke;
