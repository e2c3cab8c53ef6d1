/** Clears what purposes left on the terminal. Loaded when something is taken back. */
import type { BannerPurpose } from '../contract.js';
/** Clears what was declared for the purposes that are gone, but for what others still need. */
export declare function clear(purposes: readonly BannerPurpose[], gone: readonly string[], kept: readonly string[]): Promise<void>;
