import type { PurposeChange, UiContext } from '../contract.js';
import { answerIds } from '../core/permission.js';
import type { AskedPurpose } from './decision.js';
import type { Child } from './el.js';
import type { UiParts } from './settings.js';

/**
 * Notes for some users before they answer: that their browser's signal is honoured, what has changed since their last
 * answer, and what a refusal would withdraw.
 */
export function notes(context: UiContext, asked: readonly AskedPurpose[], { el, name, excluded }: UiParts): Child {
  const { words, text, language } = context.document;
  const { accept, refuse } = text.labels;
  const list = new Intl.ListFormat(language);
  const filled = (words: string, of: readonly AskedPurpose[]) => {
    const values: Record<string, string> = {
      accept,
      refuse,
      purposes: list.format(of.map(({ about }) => about.title)),
    };
    return el(
      'p',
      words?.replace(/\{(\w+)\}/g, (_, key: string) => values[key]!),
    );
  };
  const out = excluded(context, asked);
  const now = context.asked();
  const stands =
    now.length > 0
      ? asked.filter(({ purpose }) => answerIds(purpose).some((word) => context.chosen(word) && !now.includes(word)))
      : [];
  const changed = context.changes()?.purposes ?? [];
  const changes = asked.flatMap(({ purpose, about }) =>
    changed.filter(({ id }) => id === purpose.id).map((change) => row(about.title, change)),
  );
  return [
    context.gpc && el('p', words.gpc),
    out.length > 0 && filled(words.gpc_left_out, out),
    changes.length > 0 && [el('h3', words.changed), el('ul', changes)],
    stands.length > 0 && filled(words.takes_back, stands),
  ];

  function row(title: string, { kind, added, removed }: PurposeChange): HTMLElement {
    return el('li', [
      name(title),
      kind === 'new' && ` (${words.changed_new})`,
      added.map((one) => [el('br', []), '+ ', name(one)]),
      removed.map((one) => [el('br', []), '− ', name(one)]),
    ]);
  }
}
