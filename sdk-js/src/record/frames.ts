/** Pages in frames: one page prompts, for itself and for its frames. Loaded in frames. */
import type { Samtycke } from '../contract.js';
import type { Page } from '../setup.js';

/** What prompts instead of a page in a frame: the banner of an outer page, or nothing (false). */
export type OuterBanner = Pick<Samtycke, 'open'> | false;

/** In a frame of another site: opens the page by itself, where the user can see whose page it is. */
const ownPage: OuterBanner = { open: async () => void window.open(location.href, '_blank', 'noopener') };

/** Looks at the outer pages. Pages of the same origin get time to load, because their tag may run after ours. */
export async function outerBanner({ site, options }: Page): Promise<OuterBanner> {
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
