import type { UiContext } from '../contract.js';

/** Content of an element. False, missing and empty content is left out. */
export type Child = Node | string | false | 0 | undefined | Child[];

/**
 * Creates an element. Strings become text nodes, never markup: no sink of Trusted Types is used, and a notice cannot
 * bring code into a page.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  children: Child,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...([children].flat(9).filter(Boolean) as (Node | string)[]));
  return element;
}

/** Creates one of the banner's top elements. It sets its own language and direction, whatever the page has. */
export function rootElement<K extends keyof HTMLElementTagNameMap>(
  { document }: UiContext,
  tag: K,
  kind: string,
  children: Child,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[K] {
  const { language, direction } = document;
  return el(tag, children, {
    class: `samtycke samtycke-${kind}`,
    lang: language,
    dir: direction,
    ...(tag !== 'dialog' && { popover: 'manual' }),
    ...attributes,
  });
}

/** Creates a button. Automatic rejecters, tests and the click handler recognise it by `action`. */
export function button(action: string, label: string, attributes: Record<string, string> = {}): HTMLButtonElement {
  return el('button', label, { type: 'button', 'data-samtycke-action': action, ...attributes });
}

/** Isolates a name, so that its script does not reorder the text around it. */
export const name = (text: string, attributes: Record<string, string> = {}): HTMLElement => el('bdi', text, attributes);

/** Head, body and foot, the same in both layers. The heading labels the layer. */
export function layer<K extends 'div' | 'dialog'>(
  context: UiContext,
  tag: K,
  kind: string,
  title: string,
  body: Child,
  foot: Child,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[K] {
  const { text, words } = context.document;
  const { policy_url } = text.contact;
  const id = `samtycke-${kind.slice(0, 6).trim()}-title`;
  const part = (name: string, children: Child) => el('div', children, { class: `samtycke-${name}` });
  return rootElement(
    context,
    tag,
    kind,
    [
      part('head', [el('h2', title, { id }), button('close', '×', { 'aria-label': text.labels.close })]),
      part('body', [
        body,
        // Only http and https links: no other scheme can be published into a page.
        policy_url && /^(https?:)?\//.test(policy_url) && el('p', el('a', words.policy, { href: policy_url })),
      ]),
      part('foot', foot),
    ],
    { 'aria-labelledby': id, ...attributes },
  );
}
