import type { UiContext } from '../contract.js';
import { button, type Child, el, layer } from './el.js';

/**
 * The prompt: a region early in the page's order, which takes no focus and does not block the page, unless the site
 * wants that (`modal`). The text has several short paragraphs, so that none of them becomes the page's largest
 * contentful paint.
 */
export function firstLayer(context: UiContext, notes: Child): HTMLElement {
  const { text } = context.document;
  const { labels } = text;
  const { layout, position } = context.options;
  const modal = layout === 'modal';
  return layer(
    context,
    modal ? 'dialog' : 'div',
    `first samtycke-${layout} samtycke-${modal ? 'centre' : position}`,
    text.title,
    [notes, el('p', text.intro), el('p', text.withdraw)],
    [
      el('div', [button('reject', labels.refuse), button('accept', labels.accept)]),
      button('settings', labels.settings),
    ],
    modal ? { tabindex: '-1' } : { role: 'region' },
  );
}
