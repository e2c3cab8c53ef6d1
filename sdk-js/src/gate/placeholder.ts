/**
 * What stands where an embed would be: who would be contacted and for what, a button that asks, and a link to the
 * original. Its own chunk: only a page with a held embed loads it.
 */
import type { BannerDocument, Category } from '../contract.js';
import type { GatePort } from './index.js';
import { canBePermitted } from './needs.js';
import { addSheet, removeSheet } from './placeholder-style.js';
import { keepSize } from './size.js';

/** What a placeholder is drawn with. */
type Port = Pick<GatePort, 'ask' | 'document' | 'theme' | 'nonce'>;

/** Those that stand now, each with how to draw it anew. */
const shown = new Map<HTMLElement, () => Promise<void>>();

/** Draws all of them anew: the page speaks another language. */
export async function update(): Promise<void> {
  await Promise.all([...shown.values()].map((draw) => draw().catch(() => {})));
}

/**
 * Draws a placeholder for a held iframe or template, of the same size, so that nothing moves. Answers how to take it away,
 * after which the page is as it was. Without a reachable server there are no words: then it is the link alone.
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
  // klaro's attribute means a service only where it names one.
  if (element.dataset.samtyckePurpose === undefined && !(banner && canBePermitted(banner, purposes))) return () => {};
  const link = ownLink(element);
  const box = document.createElement('div');
  box.className = `samtycke-embed samtycke-${port.theme ?? 'auto'}`;
  box.setAttribute('role', 'group');
  const moveChildrenToContent = (words: BannerDocument | undefined) => {
    const hadFocus = box.contains(document.activeElement);
    draw(box, frame, purposes, link?.href ?? element.dataset.samtyckeLink ?? frameAddress(frame), words);
    // A script that clicks gets the question, not the answer.
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

/** A plain link right before the embed serves readers without JavaScript; the placeholder's own link takes its place. */
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

/** What a yes here is about (GDPR Art. 4(11), 7(3)): each purpose, the signal that it overrides, the way back. */
function purposeTexts(purposes: readonly string[], { purposes: known, text, words }: BannerDocument): HTMLElement[] {
  const needed = known.filter(({ id, category }) =>
    purposes.some((word) => word === category || purposeOf(word) === id),
  );
  const told = needed.map(({ id }) => text.purposes.find((words) => words.id === id));
  const lines = told.flatMap((words) => (words ? [`${words.title}. ${words.description}`] : []));
  // A yes to a whole purpose names all that it covers.
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

/** Only the web: an address that runs code gets no link. */
function webAddress(value: string): URL | undefined {
  try {
    const url = new URL(value, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Of `<purpose>/<vendor>`, the purpose. */
function purposeOf(word: string): string {
  return word.split('/')[0]!;
}

/** As they stand in a sentence. German nouns keep their capital. */
function categoryNames(purposes: readonly string[], { purposes: known, words, language }: BannerDocument): string {
  const names = purposes.map((word) => {
    const category = known.find(({ id }) => id === purposeOf(word))?.category ?? word;
    if (!Object.hasOwn(words.categories, category)) return word;
    const name = words.categories[category as Category];
    return language === 'de' ? name : name.toLocaleLowerCase(language);
  });
  return [...new Set(names)].join(', ');
}

/** Names of the services that a yes here is for; none where it is for a purpose as a whole. */
function vendorNames(purposes: readonly string[], { purposes: known }: BannerDocument): string {
  const vendors = known.flatMap(
    ({ id, vendors }) => vendors?.filter((one) => purposes.includes(`${id}/${one.id}`)) ?? [],
  );
  return [...new Set(vendors.map(({ name }) => name))].join(', ');
}

/** Pieces of a text whose `{host}` and `{category}` are filled in. What is filled in means nothing, whatever it holds. */
export function textParts(
  text: string,
  values: Record<'host' | 'category', string>,
): { text: string; filled: boolean }[] {
  return text
    .split(/\{(host|category)\}/)
    .map((part, index) => (index % 2 ? { text: values[part as 'host'], filled: true } : { text: part, filled: false }))
    .filter((piece) => piece.text);
}

/** A host in a text that runs the other way is read as it is written (UAX #9). */
function writeText<E extends HTMLElement>(element: E, text: string, values: Record<'host' | 'category', string>): E {
  for (const piece of textParts(text, values)) {
    const isolate = document.createElement('bdi');
    isolate.textContent = piece.text;
    element.append(piece.filled ? isolate : piece.text);
  }
  return element;
}
