import type { UiContext } from '../contract.js';
import type { Asked } from './decision.js';
import { button, el, layer } from './el.js';

/**
 * The question: a region early in the page's order, which takes no focus and holds nobody. Text is set in several short
 * paragraphs, so that none of them becomes the page's largest paint.
 */
export function firstLayer(context: UiContext, asked: readonly Asked[]): HTMLElement {
  const { text, words } = context.document;
  const { labels } = text;
  const categories = new Set(asked.map(({ purpose }) => words.categories[purpose.category]));
  return layer(
    context,
    'div',
    `first samtycke-${context.options.position}`,
    text.title,
    [
      el('p', text.intro),
      el(
        'ul',
        [...categories].map((name) => el('li', name)),
        { role: 'list' },
      ),
      el('p', text.withdraw),
    ],
    [
      el('div', [button('reject', labels.refuse), button('accept', labels.accept)]),
      button('settings', labels.settings, { class: 'samtycke-quiet' }),
    ],
    { role: 'region' },
  );
}
