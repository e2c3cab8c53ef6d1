import type { BannerPurpose, PurposeWords, UiContext } from '../contract.js';
import type { AskedPurpose, excluded, isInitiallyOn } from './decision.js';
import type { button, Child, el, layer, name, rootElement } from './el.js';
import { notes } from './notes.js';

export { createControl } from './control.js';
export { hash, measure } from './measure.js';
export { isUnfair, warnProgram } from './weakness.js';
export { notes };

/** What ui/index.ts hands over. Imported, it would be a third file, or be loaded twice. */
export interface UiParts {
  el: typeof el;
  button: typeof button;
  name: typeof name;
  layer: typeof layer;
  rootElement: typeof rootElement;
  isInitiallyOn: typeof isInitiallyOn;
  excluded: typeof excluded;
}

/** Mail addresses and telephone numbers in a line that a site wrote. */
const REACHED_BY = /([^\s<>:;,]+@[^\s<>:;,]+\.\w+|\+?\d[\d\s-]{5,}\d)/;

/** The rules that the settings need besides those of every layer. */
export const RULES = /* css */ `
.samtycke-second { inset: 0; margin: auto; height: fit-content; }
.samtycke-second .samtycke-foot { flex: none; border-block-start: 1px solid var(--s-l); padding-block: .9em; }
.samtycke-control { flex-flow: wrap; color: var(--samtycke-control-text, var(--s-t)); background: var(--samtycke-control-background, var(--s-b)); border: var(--samtycke-control-border, 1px solid var(--s-l)); }
.samtycke-control :is(button, span) { font-size: .87em; }
.samtycke-control span { flex: 1 1 100%; padding: .4em .8em 0; }
.samtycke-control button { flex: auto; }
.samtycke:is([data-corner="1"], [data-corner="2"]) { inset-inline: auto var(--s-g); }
.samtycke:is([data-corner="2"], [data-corner="3"]) { inset-block: var(--s-g) auto; }
/** Inside: outside it would be cut off, and be on the page's own colour. */
.samtycke-control button:focus-visible { outline-offset: -2px; outline-color: currentColor; }
.samtycke ul { padding-inline-start: 1.2em; }
.samtycke-row { border-block-start: 1px solid var(--s-l); }
.samtycke-row div { display: flex; align-items: center; gap: 1em; padding-block: .8em .3em; }
.samtycke details div { padding: 0; }
.samtycke details label { flex: 1; }
.samtycke small { display: block; color: var(--s-m); font-size: .87em; font-weight: 400; }
.samtycke label { display: block; }
.samtycke summary { padding-block: .85em; }
.samtycke :is(dt, caption, th) { font-weight: 600; text-align: start; }
.samtycke td { vertical-align: top; padding-inline-end: .5em; }
.samtycke dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr)); gap: .6em; }
.samtycke dl div { display: block; }
.samtycke table { table-layout: fixed; border-collapse: collapse; width: 100%; margin-block: .6em 1em; }
.samtycke th { padding-inline-end: .3em; overflow-wrap: break-word; hyphens: auto; }
.samtycke input { flex: none; position: relative; width: 46px; height: 44px; border-radius: 1em; }
@media (forced-colors: none) {
.samtycke-control button { color: inherit; background: none; }
.samtycke input { appearance: none; }
.samtycke input::before, .samtycke input::after { content: ""; position: absolute; inset: 9px 0; border: 1px solid var(--s-m); border-radius: 1em; }
.samtycke input::after { inset-block: 13px; inset-inline: 4px auto; width: 18px; background: var(--s-m); }
.samtycke input:checked::before { background: var(--samtycke-switch, var(--s-a)); }
.samtycke input:checked::after { inset-inline: auto 4px; background: var(--samtycke-switch-knob, var(--s-c)); }
}
@media (max-height: 26em) {
  .samtycke-second { display: block; }
  .samtycke-second .samtycke-body { overflow: visible; }
}
`;

/** Reads the switch of a purpose, or of one of its services. */
export function isOn(dialog: HTMLElement, purpose: number, vendor?: string): boolean {
  const id = `samtycke-${purpose}`;
  return [...dialog.querySelectorAll('input')].some(
    (input) =>
      input.checked &&
      (vendor === undefined ? input.id === id : input.id.startsWith(`${id}-`) && input.value === vendor),
  );
}

/**
 * Everything that is asked, one by one, and uses of the terminal that need no answer. Nothing changes before a button
 * is clicked.
 */
export function secondLayer(context: UiContext, asked: readonly AskedPurpose[], kit: UiParts): HTMLDialogElement {
  const { el, button, name, layer, isInitiallyOn } = kit;
  const { text, words } = context.document;
  const { labels, contact } = text;
  context.shown();
  const { declaration } = context.options;
  // Purposes that neither ask nor use the terminal are in the declaration, which has room for them and for objections.
  const others = text.others.filter(({ cookies }) => cookies?.length);
  const more = { href: declaration ?? '', 'aria-label': `${words.details}: ${words.others}` };
  return layer(
    context,
    'dialog',
    'second',
    labels.reopen,
    [
      notes(context, asked, kit),
      el('p', text.intro),
      el('p', text.withdraw),
      asked.map(purposeRow),
      (others.length > 0 || declaration) && el('h3', words.others),
      others.map((about) => row(about, words.always, about.title)),
      declaration && el('p', el('a', words.details, more)),
      el('h3', words.contact),
      [contact.controller, contact.contact, contact.dpo_contact].map((line) => line && el('p', linked(line))),
      el('p', text.rights),
    ],
    asked.length > 0 && [button('reject', labels.refuse), button('accept', labels.accept), button('save', labels.save)],
    { tabindex: '-1' },
  );

  function linked(line: string): Child {
    return line.split(REACHED_BY).map((part, index) => {
      const href = part.includes('@') ? `mailto:${part}` : `tel:${part.replace(/[^+\d]/g, '')}`;
      return index % 2 ? el('a', part, { href, dir: 'ltr' }) : part;
    });
  }

  /**
   * A purpose with its switch and those of its services. The purpose's switch changes all of them, and is on while one
   * of them is.
   */
  function purposeRow({ purpose, about }: AskedPurpose, index: number): HTMLElement {
    const id = `samtycke-${index}`;
    const all = toggle(id, isInitiallyOn(context, purpose));
    const each = purpose.vendors.map((vendor, at) => {
      const input = toggle(`${id}-${at}`, isInitiallyOn(context, { ...purpose, id: `${purpose.id}/${vendor.id}` }));
      input.value = vendor.id;
      input.onchange = () => {
        all.checked = each.some(({ checked }) => checked);
      };
      return input;
    });
    all.onchange = () => {
      for (const input of each) input.checked = all.checked;
    };
    const rows = each.map((input, at) =>
      el('div', [el('label', name(purpose.vendors[at]!.name), { for: input.id }), input]),
    );
    const group = { role: 'group', 'aria-label': `${words.vendors}: ${about.title}` };
    const services = rows.length > 0 && el('section', [el('h4', words.vendors), rows], group);
    return row(about, kindOf(purpose, about), el('label', about.title, { for: id }), all, services);
  }

  /** Its category, unless the title says the same. */
  function kindOf({ category }: BannerPurpose, { title }: PurposeWords): string {
    const word = words.categories[category];
    return title === word ? '' : word;
  }

  function toggle(id: string, checked: boolean): HTMLInputElement {
    const input = el('input', [], { type: 'checkbox', role: 'switch', id });
    input.checked = checked;
    return input;
  }

  /** One purpose: its category, its name, its description, and what expands. */
  function row(
    about: PurposeWords,
    kind: string,
    title: Node | string,
    input?: HTMLElement,
    services?: Child,
  ): HTMLElement {
    const facts = ['data', 'retention', 'recipients', 'basis'] as const;
    return el(
      'div',
      [
        el('div', [el('h3', [kind && el('small', kind), title]), input]),
        el('p', about.description),
        el('details', [
          // Every purpose has this label, so each one names its purpose.
          el('summary', words.details, { 'aria-label': `${words.details}: ${about.title}` }),
          services,
          el(
            'dl',
            facts.map((fact) => el('div', [el('dt', words[fact]), el('dd', name(about[fact]))])),
          ),
          about.cookies?.length &&
            el('table', [
              el('caption', words.cookies),
              line('th', words.cookie_name, words.cookie_lifetime, words.cookie_party),
              about.cookies.map((one) =>
                line('td', name(one.name, { dir: 'ltr' }), name(one.lifetime), name(one.party)),
              ),
            ]),
        ]),
      ],
      { class: 'samtycke-row' },
    );
  }

  function line(cell: 'th' | 'td', ...values: Child[]): HTMLElement {
    return el(
      'tr',
      values.map((value) => el(cell, value)),
    );
  }
}
