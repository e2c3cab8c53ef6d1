/**
 * Warns the page's author about mistakes in gated markup, once per element. A chunk of its own: only such pages load
 * it.
 */
import type { BannerDocument } from '../contract.js';
import { neededPurposes } from './needs.js';

const warned = new WeakSet<Element>();

function warn(element: Element, text: string): void {
  if (warned.has(element)) return;
  warned.add(element);
  console.warn(`samtycke: ${text}`, element);
}

/** A template had live children. */
export function liveChildren(template: HTMLElement): void {
  warn(
    template,
    'a <template> was given children, as frameworks do. They are live until they are moved, so a request may have been sent. Write data-samtycke-src on the element instead.',
  );
}

/** The browser could read the address of a held element. */
export function liveAddress(element: HTMLElement): void {
  // A player continues what it has begun.
  element.closest<HTMLMediaElement>('video,audio')?.load();
  warn(
    element,
    'a held element had its address where the browser reads it, perhaps set by a lazy loader. The address was removed, but a request may have been sent. Write data-samtycke-src, not src or data-src.',
  );
}

/** No choice can ever permit what this element waits for. */
export function unknownPurpose(element: HTMLElement, banner: BannerDocument | undefined): void {
  if (!banner) return;
  const waits = neededPurposes(element.dataset);
  const text = waits.length ? `no choice can permit "${waits.join(' ')}"` : 'no purpose is named';
  const purposes = banner.purposes.flatMap(({ id, vendors }) => [
    id,
    ...(vendors ?? []).map((one) => `${id}/${one.id}`),
  ]);
  warn(
    element,
    `${text}, so this stays off. Known here: ${[...Object.keys(banner.words.categories), ...purposes].join(', ')}.`,
  );
}
