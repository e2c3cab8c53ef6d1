/**
 * Draws a placeholder for an embed: who would be contacted and for what, a button that asks, and a link to the
 * original. A chunk of its own: only a page with a held embed loads it.
 */
import type { BannerDocument, Category } from '../contract.js';
import type { GatePort } from './index.js';
import { canBePermitted } from './needs.js';
import { addSheet, removeSheet } from './placeholder-style.js';
import { keepSize } from './size.js';

/** What a placeholder is drawn with. */
type Port = Pick<GatePort, 'ask' | 'document' | 'theme' | 'nonce'>;

/** The current placeholders, each with a function that draws it again. */
const shown = new Map<HTMLElement, () => Promise<void>>();

/** Draws all of them again, after a change of language. */
export async function update(): Promise<void> {
  await Promise.all([...shown.values()].map((draw) => draw().catch(() => {})));
}

/**
 * Draws a placeholder for a held iframe or template, with the same size, so that nothing moves. Returns a function that
 * removes it and restores the page. If the server cannot be reached there are no texts, and only the link is shown.
 */
export async function showPlaceholder(
  element: HTMLElement,
  purposes: readonly string[],
  missing: () => readonly string[],
  port: Port,
): Promise<() => void> {
  const banner = await port.document().catch(() => undefined);
  const frame =
    element.localName === 'template' ? (element as HTMLTemplateElement).content.querySelector('iframe') : element;
  if (!frame || !element.isConnected) return () => {};
  // klaro's attribute means a service only if it names one.
  if (element.dataset.samtyckePurpose === undefined && !(banner && canBePermitted(banner, purposes))) return () => {};
  const link = ownLink(element);
  const box = document.createElement('div');
  box.className = `samtycke-embed samtycke-${port.theme ?? 'auto'}`;
  box.setAttribute('role', 'group');
  const moveChildrenToContent = (words: BannerDocument | undefined) => {
    const hadFocus = box.contains(document.activeElement);
    draw(box, frame, purposes, link?.href ?? element.dataset.samtyckeLink ?? frameAddress(frame), words);
    // A click by a script opens the prompt, and does not answer it.
    const button = box.querySelector('button');
    button?.addEventListener('click', (event) => port.ask(missing(), event.isTrusted));
    if (hadFocus) button?.focus();
  };
  moveChildrenToContent(banner);
  shown.set(box, async () => moveChildrenToContent((await port.document()) ?? banner));
  addSheet(port.nonce);
  element.after(box);
  for (const covered of [element, link]) covered?.toggleAttribute('data-samtycke-held', true);
  const letGo = keepSize(box, frame, element);
  return () => {
    const hadFocus = box.contains(document.activeElement);
    letGo();
    shown.delete(box);
    box.remove();
    removeSheet();
    for (const covered of [element, link]) covered?.removeAttribute('data-samtycke-held');
    if (hadFocus && element === frame) element.focus();
  };
}

/** A plain link right before the embed serves users without JavaScript; the placeholder's own link replaces it. */
function ownLink(element: Element): HTMLAnchorElement | undefined {
  const before = element.previousElementSibling;
  return before?.matches('a[data-samtycke-link]') ? (before as HTMLAnchorElement) : undefined;
}

function frameAddress(frame: HTMLElement): string {
  return frame.dataset.samtyckeSrc ?? frame.dataset.src ?? frame.getAttribute('src') ?? '';
}

function draw(
  box: HTMLElement,
  frame: HTMLElement,
  purposes: readonly string[],
  original: string,
  banner: BannerDocument | undefined,
): void {
  const url = webAddress(original);
  const host = webAddress(frameAddress(frame) || original)?.hostname ?? url?.hostname ?? '';
  box.setAttribute('aria-label', frame.title || host);
  const inner = document.createElement('div');
  if (banner) {
    box.lang = banner.language;
    box.dir = banner.direction;
    const { words } = banner;
    const services = vendorNames(purposes, banner);
    const values = {
      host: services ? `${services} (${host})` : host,
      category: categoryNames(purposes, banner),
    };
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.samtyckeAction = 'embed';
    writeText(button, words.embed_load, values);
    inner.append(
      writeText(document.createElement('p'), words.embed, values),
      ...purposeTexts(purposes, banner),
      button,
    );
  }
  if (url) {
    const link = document.createElement('a');
    link.href = url.href;
    link.rel = 'noreferrer';
    inner.append(writeText(link, banner?.words.embed_link ?? '{host}', { host, category: '' }));
  }
  box.replaceChildren(inner);
}

/**
 * What the user agrees to here (GDPR Art. 4(11), 7(3)): each purpose, the signal that it overrides, and how to
 * withdraw.
 */
function purposeTexts(purposes: readonly string[], { purposes: known, text, words }: BannerDocument): HTMLElement[] {
  const needed = known.filter(({ id, category }) =>
    purposes.some((word) => word === category || purposeOf(word) === id),
  );
  const told = needed.map(({ id }) => text.purposes.find((words) => words.id === id));
  const lines = told.flatMap((words) => (words ? [`${words.title}. ${words.description}`] : []));
  // A grant to a whole purpose lists all services that it covers.
  for (const { id, vendors } of needed)
    if (vendors?.[0] && !purposes.some((word) => word.startsWith(`${id}/`)))
      lines.push(`${words.vendors}: ${vendors.map(({ name }) => name).join(', ')}`);
  if (hasGpc() && needed.some(({ gpc }) => gpc)) lines.push(words.gpc);
  return [...lines, text.withdraw].map((line) => {
    const paragraph = document.createElement('p');
    paragraph.className = 'samtycke-small';
    paragraph.textContent = line;
    return paragraph;
  });
}

function hasGpc(): boolean {
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
}

/** Only http and https: an address that runs code gets no link. */
function webAddress(value: string): URL | undefined {
  try {
    const url = new URL(value, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The purpose of `<purpose>/<vendor>`. */
function purposeOf(word: string): string {
  return word.split('/')[0]!;
}

/** In lower case, as inside a sentence. German nouns keep their capital. */
function categoryNames(purposes: readonly string[], { purposes: known, words, language }: BannerDocument): string {
  const names = purposes.map((word) => {
    const category = known.find(({ id }) => id === purposeOf(word))?.category ?? word;
    if (!Object.hasOwn(words.categories, category)) return word;
    const name = words.categories[category as Category];
    return language === 'de' ? name : name.toLocaleLowerCase(language);
  });
  return [...new Set(names)].join(', ');
}

/** Names of the services that the grant covers; empty if it covers the purpose as a whole. */
function vendorNames(purposes: readonly string[], { purposes: known }: BannerDocument): string {
  const vendors = known.flatMap(
    ({ id, vendors }) => vendors?.filter((one) => purposes.includes(`${id}/${one.id}`)) ?? [],
  );
  return [...new Set(vendors.map(({ name }) => name))].join(', ');
}

/**
 * Splits a text at `{host}` and `{category}`, and fills those in. What is filled in is plain text, whatever it
 * contains.
 */
export function textParts(
  text: string,
  values: Record<'host' | 'category', string>,
): { text: string; filled: boolean }[] {
  return text
    .split(/\{(host|category)\}/)
    .map((part, index) => (index % 2 ? { text: values[part as 'host'], filled: true } : { text: part, filled: false }))
    .filter((piece) => piece.text);
}

/** Isolates the filled-in parts, so that a host is readable inside a right-to-left text (UAX #9). */
function writeText<E extends HTMLElement>(element: E, text: string, values: Record<'host' | 'category', string>): E {
  for (const piece of textParts(text, values)) {
    const isolate = document.createElement('bdi');
    isolate.textContent = piece.text;
    element.append(piece.filled ? isolate : piece.text);
  }
  return element;
}
