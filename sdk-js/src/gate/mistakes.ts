/** Tells a page's author what the gate has found, once for each element. Its own chunk: only such pages load it. */
import type { BannerDocument } from '../contract.js';
import { needs } from './needs.js';

const told = new WeakSet<Element>();

function warn(element: Element, text: string): void {
  if (told.has(element)) return;
  told.add(element);
  console.warn(`samtycke: ${text}`, element);
}

/** A template had children of its own. */
export function children(template: HTMLElement): void {
  warn(
    template,
    'a <template> was given children, as frameworks do it. They are live until they are taken out, so something may have been asked for. Write data-samtycke-src on the element instead.',
  );
}

/** Somebody has set the address of what is held. */
export function address(element: HTMLElement): void {
  // A player goes on with what it has begun.
  element.closest<HTMLMediaElement>('video,audio')?.load();
  warn(
    element,
    'the address of a held element was set, perhaps by a lazy loader, and has been taken back. Write data-samtycke-src instead of data-src.',
  );
}

/** Waits for something that nobody can ever permit. */
export function words(element: HTMLElement, banner: BannerDocument | undefined): void {
  if (!banner) return;
  const waits = needs(element.dataset);
  const text = waits.length ? `nothing can ever permit "${waits.join(' ')}"` : 'no purpose is named';
  const purposes = banner.purposes.flatMap(({ id, vendors }) => [
    id,
    ...(vendors ?? []).map((one) => `${id}/${one.id}`),
  ]);
  warn(
    element,
    `${text}, so this stays off. Known here: ${[...Object.keys(banner.words.categories), ...purposes].join(', ')}.`,
  );
}
