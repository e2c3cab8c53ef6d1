import type { PurposeWords, UiContext, Words } from '../contract.js';
import { type Asked, startsOn } from './decision.js';
import { button, el, layer } from './el.js';

/** The second layer: the dialog, and which toggles the person has on. */
export interface SecondLayer {
  dialog: HTMLDialogElement;
  on(id: string): boolean;
}

/** Everything that is asked, one by one, and everything that is told. Nothing changes before a button is pressed. */
export function secondLayer(context: UiContext, asked: readonly Asked[]): SecondLayer {
  const { text, words } = context.document;
  const { labels, contact } = text;
  const on = new Set<string>();
  const dialog = layer(
    context,
    'dialog',
    'second',
    labels.reopen,
    [
      el('p', text.intro),
      el('p', text.withdraw),
      asked.map(({ purpose, about }, index) => {
        const id = `samtycke-${index}`;
        const input = el('input', [], { type: 'checkbox', role: 'switch', id });
        if (startsOn(context, purpose)) {
          input.checked = true;
          on.add(purpose.id);
        }
        // A script can switch off and not on: what is given was switched on by a person, or given before.
        input.addEventListener('click', ({ isTrusted }) => {
          if (!input.checked) on.delete(purpose.id);
          else if (isTrusted) on.add(purpose.id);
        });
        return row(words, about, words.categories[purpose.category], el('label', about.title, { for: id }), input);
      }),
      text.others.length > 0 && el('h3', words.others),
      text.others.map((about) => row(words, about, words.always, about.title)),
      el('h3', words.contact),
      el('p', [contact.controller, contact.contact, contact.dpo_contact].filter(Boolean).join('\n')),
      el('p', text.rights),
    ],
    asked.length > 0 && [button('reject', labels.refuse), button('accept', labels.accept), button('save', labels.save)],
    {},
  );
  return { dialog, on: (id) => on.has(id) };
}

/** One purpose: its kind, its name, what it is for, and what unfolds. */
function row(words: Words, about: PurposeWords, kind: string, title: Node | string, input?: HTMLElement): HTMLElement {
  const facts = ['data', 'retention', 'recipients', 'basis'] as const;
  return el(
    'div',
    [
      el('div', [el('h3', [el('small', kind), title]), input]),
      el('p', about.description),
      el('details', [
        // Every purpose has one, so each says whose it is.
        el('summary', words.details, { 'aria-label': `${words.details}: ${about.title}` }),
        el(
          'dl',
          facts.map((fact) => [el('dt', words[fact]), el('dd', about[fact])]),
        ),
        about.cookies?.length &&
          el('table', [
            el('caption', words.cookies),
            line('th', words.cookie_name, words.cookie_lifetime, words.cookie_party),
            about.cookies.map(({ name, lifetime, party }) => line('td', name, lifetime, party)),
          ]),
      ]),
    ],
    { class: 'samtycke-row' },
  );
}

function line(cell: 'th' | 'td', ...values: string[]): HTMLElement {
  return el(
    'tr',
    values.map((value) => el(cell, value)),
  );
}
