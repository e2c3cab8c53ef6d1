/** Pages in frames: one page prompts, for itself and for its frames. Loaded in frames. */
import type { Samtycke } from '../contract.js';
import type { Page } from '../setup.js';
/** What prompts instead of a page in a frame: the banner of an outer page, or nothing (false). */
export type OuterBanner = Pick<Samtycke, 'open'> | false;
/** Looks at the outer pages. Pages of the same origin get time to load, because their tag may run after ours. */
export declare function outerBanner({ site, options }: Page): Promise<OuterBanner>;
