/** Pages in frames: one page asks, for itself and for what it shows. Loaded in frames. */
import type { Samtycke } from '../contract.js';
import type { Page } from '../setup.js';

/** Who asks in the stead of a page in a frame: the banner of a page around it, or nobody (false). */
export type OuterBanner = Pick<Samtycke, 'open'> | false;

/** In another site's frame: the page by itself, where its reader can see whose it is. */
const ownPage: OuterBanner = { open: async () => void window.open(location.href, '_blank', 'noopener') };

/** Looks at the pages around. Those of our own origin are given the time to load: their tag may run after ours. */
export async function outerBannerFor({ site, options }: Page): Promise<OuterBanner> {
  let found: OuterBanner = false;
  for (let view: Window = window; view !== view.parent; ) {
    view = view.parent;
    try {
      if (view.document.readyState !== 'complete')
        await new Promise((done) => view.addEventListener('load', done, { once: true }));
      const theirs = (view as unknown as { samtycke?: Samtycke & { site: string } }).samtycke;
      if (theirs?.site === site) return theirs;
    } catch {
      if (options.frames === 'quiet') found = ownPage;
    }
  }
  return found;
}
