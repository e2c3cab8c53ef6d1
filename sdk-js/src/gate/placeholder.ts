/**
 * What stands where an embed would be: who would be contacted and for what, a button that asks, and a link to the
 * original. Its own chunk: only a page with a held embed loads it.
 */
import type { BannerDocument, Category } from '../contract.js';
import type { GatePort } from './index.js';

const css = /* css */ `
[data-samtycke-held] { display: none !important; }
.samtycke-embed {
  --s-background: var(--samtycke-background, #fff);
  --s-text: var(--samtycke-text, #1c2228);
  --s-edge: var(--samtycke-edge, #76808a);
  --s-action: var(--samtycke-action, #222a32);
  --s-action-text: var(--samtycke-action-text, #fff);
  all: initial;
  color-scheme: light;
  display: block;
  align-content: safe center;
  box-sizing: border-box;
  max-inline-size: 100%;
  padding: 1em;
  overflow: auto;
  overflow-wrap: anywhere;
  text-align: center;
  color: var(--s-text);
  background: var(--s-background);
  border: 1px solid var(--s-edge);
  font: max(15px, .9375rem)/1.5 var(--samtycke-font, system-ui, sans-serif);
  font-size: var(--samtycke-size, max(15px, .9375rem));
}
@media (prefers-color-scheme: dark) {
  .samtycke-embed.samtycke-auto {
    --s-background: var(--samtycke-background, #191d22);
    --s-text: var(--samtycke-text, #eceff2);
    --s-edge: var(--samtycke-edge, #7d8894);
    --s-action: var(--samtycke-action, #e6eaee);
    --s-action-text: var(--samtycke-action-text, #191d22);
    color-scheme: dark;
  }
}
.samtycke-embed.samtycke-dark {
  --s-background: var(--samtycke-background, #191d22);
  --s-text: var(--samtycke-text, #eceff2);
  --s-edge: var(--samtycke-edge, #7d8894);
  --s-action: var(--samtycke-action, #e6eaee);
  --s-action-text: var(--samtycke-action-text, #191d22);
  color-scheme: dark;
}
@media (forced-colors: active) {
  .samtycke-embed.samtycke-embed {
    --s-background: Canvas;
    --s-text: CanvasText;
    --s-edge: ButtonBorder;
    --s-action: ButtonFace;
    --s-action-text: ButtonText;
  }
}
.samtycke-embed * { all: revert; box-sizing: border-box; }
.samtycke-embed p { margin: 0 auto; max-inline-size: 40em; }
.samtycke-embed .samtycke-small { margin-block-start: .4em; font-size: .85em; }
.samtycke-embed a { display: block; inline-size: fit-content; margin-inline: auto; padding-block: .2em; color: inherit; text-underline-offset: .2em; }
.samtycke-embed button { display: block; margin: .75em auto; min-inline-size: 44px; min-block-size: 44px; padding: .5em .9em; color: var(--s-action-text); background: var(--s-action); border: 1px solid #0000; border-radius: calc(var(--samtycke-radius, 14px) * .6); font: inherit; font-weight: 600; line-height: 1.3; cursor: pointer; }
.samtycke-embed button:hover { text-decoration: underline; text-underline-offset: .25em; }
.samtycke-embed :focus-visible { outline: 2px solid var(--s-text); outline-offset: 2px; }
`;

let sheet: CSSStyleSheet | undefined;
let shown = 0;

/**
 * Draws a placeholder for a held iframe or template, of the same size, so that nothing moves. Answers how to take it away,
 * after which the page is as it was. Without a reachable server there are no words: then it is the link alone.
 */
export async function hold(
  element: HTMLElement,
  purposes: readonly string[],
  missing: () => readonly string[],
  port: Pick<GatePort, 'ask' | 'document' | 'theme'>,
): Promise<() => void> {
  const document_ = await port.document().catch(() => undefined);
  const frame =
    element.localName === 'template' ? (element as HTMLTemplateElement).content.querySelector('iframe') : element;
  if (!frame || !element.isConnected) return () => {};
  const link = ownLink(element);
  const box = draw(frame, purposes, link?.href ?? address(element, frame), document_, port.theme);
  // A script that clicks gets the question, not the answer.
  box.querySelector('button')?.addEventListener('click', (event) => port.ask(missing(), event.isTrusted));
  addSheet();
  sizeLike(box, frame, element);
  element.after(box);
  for (const covered of [element, link]) covered?.toggleAttribute('data-samtycke-held', true);
  return () => {
    const hadFocus = box.contains(document.activeElement);
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

function address(element: HTMLElement, frame: HTMLElement): string {
  return element.dataset.samtyckeLink ?? frame.dataset.src ?? frame.getAttribute('src') ?? '';
}

function draw(
  frame: HTMLElement,
  purposes: readonly string[],
  original: string,
  words: BannerDocument | undefined,
  theme: GatePort['theme'],
): HTMLElement {
  const url = webAddress(original);
  const host = webAddress(frame.dataset.src ?? frame.getAttribute('src') ?? original)?.hostname ?? url?.hostname ?? '';
  const box = document.createElement('div');
  box.className = `samtycke-embed samtycke-${theme ?? 'auto'}`;
  box.role = 'group';
  box.ariaLabel = frame.title || host;
  if (words) {
    box.lang = words.language;
    box.dir = words.direction;
    const values = { host, category: categoryNames(purposes, words) };
    const text = document.createElement('p');
    text.textContent = fill(words.words.embed, values);
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.samtyckeAction = 'embed';
    button.textContent = fill(words.words.embed_load, values);
    box.append(text, ...explained(purposes, words), button);
  }
  if (url) {
    const link = document.createElement('a');
    link.href = url.href;
    link.rel = 'noreferrer';
    link.textContent = words ? fill(words.words.embed_link, { host, category: '' }) : host;
    box.append(link);
  }
  return box;
}

/** What a yes here is about (GDPR Art. 4(11), 7(3)): each purpose, the signal that it overrides, the way back. */
function explained(purposes: readonly string[], { purposes: known, text, words }: BannerDocument): HTMLElement[] {
  const needed = known.filter(({ id, category }) => purposes.includes(id) || purposes.includes(category));
  const told = needed.map(({ id }) => text.purposes.find((words) => words.id === id));
  const lines = told.flatMap((words) => (words ? [`${words.title}. ${words.description}`] : []));
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
  const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** As they stand in a sentence. German nouns keep their capital. */
function categoryNames(purposes: readonly string[], { purposes: known, words, language }: BannerDocument): string {
  const names = purposes.map((word) => {
    const category = known.find(({ id }) => id === word)?.category ?? word;
    if (!Object.hasOwn(words.categories, category)) return word;
    const name = words.categories[category as Category];
    return language === 'de' ? name : name.toLocaleLowerCase(language);
  });
  return [...new Set(names)].join(', ');
}

/** Fills `{host}` and `{category}`. A function, so that `$` in a value means nothing. */
export function fill(text: string, values: Record<'host' | 'category', string>): string {
  return text.replace(/\{(host|category)\}/g, (_, name: 'host' | 'category') => values[name]);
}

/**
 * The size the embed would have. A frame that fills its parent goes on filling it when the window changes; a template
 * has no size yet, and takes the one its frame declares.
 */
function sizeLike(box: HTMLElement, frame: HTMLElement, element: HTMLElement): void {
  const { style } = box;
  if (frame !== element) {
    const [width, height] = [frame.getAttribute('width') ?? '300', frame.getAttribute('height') ?? '150'];
    style.inlineSize = width.endsWith('%') ? width : `${Number.parseFloat(width)}px`;
    style.blockSize = height.endsWith('%') ? height : `${Number.parseFloat(height)}px`;
    return;
  }
  const computed = getComputedStyle(frame);
  const { width, height } = frame.getBoundingClientRect();
  const parent = frame.parentElement ? inner(frame.parentElement) : { width: 0, height: 0 };
  const placed = computed.position === 'absolute' || computed.position === 'fixed';
  style.width = placed || same(width, parent.width) ? `${(100 * width) / (parent.width || width)}%` : `${width}px`;
  if (computed.aspectRatio !== 'auto') style.aspectRatio = computed.aspectRatio;
  else style.height = placed ? `${(100 * height) / (parent.height || height)}%` : `${height}px`;
  style.margin = computed.margin;
  style.borderRadius = computed.borderRadius;
  style.verticalAlign = computed.verticalAlign;
  style.flex = computed.flex;
  style.gridArea = computed.gridArea;
  // A scrolling inline block stands on the line as a frame does, with its lower edge.
  if (computed.display === 'inline') style.display = 'inline-block';
  if (placed) {
    style.position = computed.position;
    style.top = computed.top;
    style.left = computed.left;
  }
}

function same(one: number, other: number): boolean {
  return Math.abs(one - other) < 1;
}

/** The box that percentages of a child refer to: without padding in flow; good enough for the padded box of old as well. */
function inner(parent: Element): { width: number; height: number } {
  const style = getComputedStyle(parent);
  const number = (value: string) => Number.parseFloat(value) || 0;
  const placedChild = style.position !== 'static';
  return {
    width: parent.clientWidth - (placedChild ? 0 : number(style.paddingLeft) + number(style.paddingRight)),
    height: parent.clientHeight - (placedChild ? 0 : number(style.paddingTop) + number(style.paddingBottom)),
  };
}

function addSheet(): void {
  shown += 1;
  if (sheet) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

function removeSheet(): void {
  shown -= 1;
  if (shown || !sheet) return;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  sheet = undefined;
}
