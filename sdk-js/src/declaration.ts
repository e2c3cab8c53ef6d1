/**
 * `@samtycke/banner/declaration`, and as a script tag `<script type="module" src=".../sdk/declaration.js"
 * data-key="pk_...">`: writes what the site stores in a browser, and why, into every `[data-samtycke-declaration]` of
 * the page.
 *
 * If the server cannot be reached, the element keeps its content: put a link to `/declaration/<key>` there.
 */
import type { BannerDocument, PurposeWords, Words } from './contract';

export interface DeclarationOptions {
  /** A publishable key of the site. */
  key: string;
  /** The server's URL. Default: where this module came from. */
  server?: string;
  /** A language, or several to try. Default: the page's language, then the browser's. */
  language?: string;
}

/** Fetches what the site has published, and writes it into the page. Rejects if it cannot be fetched. */
export async function declare(options: DeclarationOptions): Promise<void> {
  const places = document.querySelectorAll('[data-samtycke-declaration]');
  if (places.length === 0) return;
  const published = await fetchDocument(options);
  for (const place of places) place.replaceChildren(declaration(published));
}

async function fetchDocument({ key, server, language }: DeclarationOptions): Promise<BannerDocument> {
  const base = (server ?? new URL(import.meta.url).origin).replace(/\/$/, '');
  // The same URL as the banner's, so that a page with both fetches it once.
  const tag = language || document.documentElement.lang;
  const address = `${base}/v1/banner/${encodeURIComponent(key)}${tag ? `?language=${encodeURIComponent(tag)}` : ''}`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** What the site stores, by purpose. Texts become text nodes, never markup. */
export function declaration({ text, words, purposes, language, direction }: BannerDocument): HTMLElement {
  const category = (id: string) => purposes.find((purpose) => purpose.id === id)?.category ?? 'necessary';
  const all = [...text.purposes, ...text.others].filter(({ cookies }) => cookies?.length);
  const root = element('div', ...all.map((purpose) => section(purpose, words.categories[category(purpose.id)], words)));
  root.lang = language;
  root.dir = direction;
  return root;
}

function section(purpose: PurposeWords, category: string, words: Words): HTMLElement {
  const heads = [words.cookie_name, words.cookie_lifetime, words.cookie_party].map((word) => {
    const head = element('th', word);
    head.scope = 'col';
    return head;
  });
  const rows = (purpose.cookies ?? []).map(({ name, lifetime, party }) =>
    element('tr', element('td', element('code', name)), element('td', lifetime), element('td', party)),
  );
  const caption = `${words.cookies}: ${purpose.title} (${category})`;
  const body = [element('thead', element('tr', ...heads)), element('tbody', ...rows)];
  const table = element('table', element('caption', caption), ...body);
  return element('section', element('h3', purpose.title), element('p', purpose.description), table);
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, ...content: (Node | string)[]) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

/** The script tag of this module, if a tag loaded it. */
function ownTag(): HTMLScriptElement | undefined {
  if (typeof document === 'undefined') return undefined;
  return Array.from(document.scripts).find(({ src, dataset }) => src === import.meta.url && dataset.key);
}

const tag = ownTag();
if (tag) {
  const { key = '', server, language } = tag.dataset;
  declare({ key, ...(server ? { server } : {}), ...(language ? { language } : {}) }).catch((error) => {
    console.warn('samtycke: the declaration stays as it is,', error);
  });
}
