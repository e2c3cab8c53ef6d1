import type { UiContext } from '../contract.js';
import { rootElement } from './el.js';
import { moveToTopLayer } from './root.js';

/** Long enough to be read by eye; screen readers have had it at once. */
const SHOWN_MS = 6000;

/** A line that is read out when it changes; empty, it is not to be seen. In the page before it is used, as it must be. */
export function liveRegion(context: UiContext): HTMLElement {
  return rootElement(context, 'div', 'live', [], { role: 'status' });
}

/** Says something over everything, and takes it away again unless something else has been said since. */
export function say(region: HTMLElement, text: string): void {
  const node = new Text(text);
  region.replaceChildren(node);
  moveToTopLayer(region);
  setTimeout(() => node.remove(), SHOWN_MS);
}
