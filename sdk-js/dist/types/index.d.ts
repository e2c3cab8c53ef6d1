/** The ESM entry. Can be imported where there is no page, as when a server renders. */
import type { Options, Samtycke } from './contract.js';
export type { Category, Options, Reason, Samtycke, State, Variant } from './contract.js';
/**
 * Starts the banner in this page, once per key: reads the stored choice, releases what it permits, and asks where something
 * has to be asked. `options.server` says where samtycke is; without it, at the page's own origin.
 *
 * Where there is no page, nothing is permitted and nothing happens.
 */
export declare function start(options: Options): Samtycke;
