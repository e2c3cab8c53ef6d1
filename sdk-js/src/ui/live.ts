import type { UiContext } from '../contract.js';
import { rootElement } from './el.js';
import { moveToTopLayer } from './root.js';

/** Long enough to read; screen readers announce it at once. */
const SHOWN_MS = 6000;

/** A live region, invisible while it is empty. It must be in the page before it is used. */
export function liveRegion(context: UiContext): HTMLElement {
  return rootElement(context, 'div', 'live', [], { role: 'status' });
}

/** Shows a message on top of everything, and removes it later unless another one has replaced it. */
export function say(region: HTMLElement, text: string): void {
  const node = new Text(text);
  region.replaceChildren(node);
  moveToTopLayer(region);
  setTimeout(() => node.remove(), SHOWN_MS);
}
