import type { UiContext } from '../contract.js';

/** What an element is filled with. What is false, missing or empty is left out. */
export type Child = Node | string | false | 0 | undefined | Child[];

/**
 * Makes an element. Strings become text nodes, never markup: nothing here is a sink of Trusted Types, and a notice
 * cannot carry code into a page.
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

/** One of our few parts in the page: says its own language and direction, whatever the page around it has. */
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

/** A button; `action` is the word by which automatic rejecters, tests and this module's own listener know it. */
export function button(action: string, label: string, attributes: Record<string, string> = {}): HTMLButtonElement {
  return el('button', label, { type: 'button', 'data-samtycke-action': action, ...attributes });
}

/** A name in whatever script it is written: it turns neither the text around it nor its own end. */
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
        // Only to the web: no other scheme can be published into a page.
        policy_url && /^(https?:)?\//.test(policy_url) && el('p', el('a', words.policy, { href: policy_url })),
      ]),
      part('foot', foot),
    ],
    { 'aria-labelledby': id, ...attributes },
  );
}
