/** Pages in frames: one page asks, for itself and for what it shows. Loaded in frames. */
import type { Samtycke } from '../contract.js';
import type { Page } from '../setup.js';
/** Who asks in the stead of a page in a frame: the banner of a page around it, or nobody (false). */
export type OuterBanner = Pick<Samtycke, 'open'> | false;
/** Looks at the pages around. Those of our own origin are given the time to load: their tag may run after ours. */
export declare function outerBannerFor({ site, options }: Page): Promise<OuterBanner>;
