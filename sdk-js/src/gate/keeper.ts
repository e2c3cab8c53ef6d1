/**
 * The gate at work: what it does once a page has something that waits and needs looking after. Loaded then; see `index.ts`.
 */
import type { BannerDocument } from '../contract.js';
import type { Gate, GatePort } from './index.js';
import { GATED, moveChildrenToContent, touchesGated } from './markup.js';
import { allPermitted, canBePermitted, neededPurposes } from './needs.js';

/** Attributes that hold an address. */
const ADDRESSES = ['srcset', 'src', 'href', 'poster'];

type Address = [name: string, value: string | null];

/** One element that waits. */
export interface GatedElement {
  element: HTMLElement;
  words: string[];
  /** Is, or is about to be, let through. */
  on: boolean;
  /** Waits with its address in an attribute: what its addresses are as long as it does. */
  own?: Address[] | undefined;
  /** Attributes that have been taken out of a lazy loader's reach. */
  hidden: Set<string>;
  /** Set once it is through: puts it back. */
  undo?: (() => void) | undefined;
  /** How to take its placeholder away. */
  placeholder?: Promise<(() => void) | undefined> | undefined;
}

/** Whether the parser has left it: something stands behind it, or behind what it is in. */
function isParsed(node: Node | null): boolean {
  return document.readyState !== 'loading' || (!!node && (!!node.nextSibling || isParsed(node.parentNode)));
}

/** Nobody has seen the page yet, and perhaps nobody will. */
const isPrerendered = () => (document as { prerendering?: boolean }).prerendering;

/** The page's mistake is told by a file that other pages never load. */
function reportMistake(
  mistake: keyof typeof import('./mistakes.js'),
  element: HTMLElement,
  banner?: BannerDocument,
): void {
  import('./mistakes.js').then((mistakes) => mistakes[mistake](element, banner)).catch(() => {});
}

/** What happens to one element keeps no other from its turn. */
function isolate({ element }: GatedElement, act: () => void): void {
  try {
    act();
  } catch (error) {
    console.warn('samtycke:', element, error);
  }
}

/** See `Gate`. `filled`: templates that had to be emptied of children before this was here. */
export function createKeeper(port: GatePort, filled: readonly HTMLTemplateElement[] = []): Gate {
  const entries = new Map<HTMLElement, GatedElement>();
  const ran = new Set<string>();
  let allowed: ((word: string) => boolean) | undefined;
  let scheduled = false;
  const watcher = new MutationObserver((records) => {
    const concerned = records.some(touchesGated);
    if (concerned) look();
    if (concerned || [...entries.keys()].some((element) => !element.isConnected)) schedule();
  });

  const wanted = ({ element, words }: GatedElement) => !!allowed && element.isConnected && allPermitted(words, allowed);

  /** After the paint that shows the person's click. A hidden page paints nothing. */
  function schedule(): void {
    if (scheduled || isPrerendered()) return;
    scheduled = true;
    const later = () => setTimeout(flush);
    document.hidden ? later() : requestAnimationFrame(later);
  }

  /** Makes inert at once what a framework, which gives a template children, or a lazy loader has made live. */
  function look(): void {
    for (const template of moveChildrenToContent()) reportMistake('liveChildren', template);
    for (const element of document.querySelectorAll<HTMLElement>(GATED)) {
      if (!entries.has(element)) {
        if (isUnprotected(element))
          for (const name of ADDRESSES) {
            const value = element.getAttribute(name);
            if (value !== null && isWebAddress(value)) setAttribute(element, [`data-samtycke-${name}`, value]);
          }
        entries.set(element, {
          element,
          words: neededPurposes(element.dataset),
          on: false,
          hidden: new Set(),
          own: element.matches('script,template')
            ? undefined
            : ADDRESSES.map((name) => [name, ownAddress(element, name)]),
        });
      }
      const { on, own, hidden } = entries.get(element)!;
      // klaro's attribute is also many a shop's, on pictures that wait for nobody.
      if (on || !own || element.dataset.samtyckePurpose === undefined) continue;
      for (const name of ADDRESSES) {
        const value = element.getAttribute(`data-${name}`);
        if (value === null || (!hidden.has(name) && element.hasAttribute(`data-samtycke-${name}`))) continue;
        setAttribute(element, [`data-${name}`, null]);
        setAttribute(element, [`data-samtycke-${name}`, value]);
        hidden.add(name);
      }
      const live = own.filter(([name, value]) => element.getAttribute(name) !== value);
      if (!live[0]) continue;
      for (const address of live) setAttribute(element, address);
      // An iframe goes on loading until it is put in again.
      element.after(element);
      reportMistake('liveAddress', element);
    }
  }

  function flush(): void {
    scheduled = false;
    if (!allowed) return;
    revoke();
    look();
    const due: GatedElement[] = [];
    const placeholder: GatedElement[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(GATED)) {
      const entry = entries.get(element)!;
      if (!isParsed(element)) continue;
      // More has come into a template that is through: all of it goes through again.
      if ((element as HTMLTemplateElement).content?.firstChild && entry.undo) {
        entry.undo();
        entry.on = false;
      }
      if (entry.on) continue;
      entry.on = wanted(entry);
      if (!entry.on) showPlaceholder(entry);
      else removePlaceholder(entry);
      if (!entry.on) placeholder.push(entry);
      else if (entry.own) isolate(entry, () => setAddresses(entry, entry.own!));
      else due.push(entry);
    }
    if (due[0])
      import('./release.js').then(
        ({ release }) => release(due, ran, port),
        (error) => {
          // Tried again when something changes.
          for (const entry of due) entry.on = false;
          console.warn(error);
        },
      );
    if (placeholder[0])
      port
        .document()
        .then((banner) => {
          for (const { element, words, own } of placeholder)
            if (banner && !(own && element.dataset.samtyckePurpose === undefined) && !canBePermitted(banner, words))
              reportMistake('unknownPurpose', element, banner);
        })
        .catch(() => {});
  }

  function showPlaceholder(entry: GatedElement): void {
    const { element, words } = entry;
    const missing = () => words.filter((word) => !allowed || !allPermitted([word], allowed));
    if (element.localName === 'iframe' || (element as HTMLTemplateElement).content?.querySelector('iframe'))
      entry.placeholder ??= import('./placeholder.js')
        .then((module) => module.showPlaceholder(element, words, missing, port))
        .catch(() => undefined);
  }

  function removePlaceholder(entry: GatedElement): void {
    entry.placeholder?.then((remove) => remove?.());
    entry.placeholder = undefined;
  }

  /** Outer templates come before inner ones, whose content then goes back too, as they are no longer in the page. */
  function revoke(): void {
    for (const entry of entries.values()) {
      if (!wanted(entry)) {
        entry.on = false;
        isolate(entry, () => entry.undo?.());
      }
      if (!allowed || !entry.element.isConnected) {
        removePlaceholder(entry);
        restoreAttributes(entry);
        entries.delete(entry.element);
      }
    }
  }

  return {
    sync(next) {
      const first = !allowed;
      allowed = next;
      revoke();
      if (first) {
        const attributeFilter = [...ADDRESSES, ...ADDRESSES.map((name) => `data-${name}`)];
        watcher.observe(document, { childList: true, subtree: true, attributeFilter });
        for (const event of ['DOMContentLoaded', 'prerenderingchange'])
          document.addEventListener(event, schedule, { once: true });
        for (const template of filled) reportMistake('liveChildren', template);
        look();
      }
      // What was permitted before this page began waits for nobody's click: it may still hear that the page is ready.
      first && !isPrerendered() ? flush() : schedule();
    },
    ran: () => [...ran],
    stop() {
      watcher.disconnect();
      allowed = undefined;
      revoke();
    },
  };
}

/** The address that waits: in our own attribute, or in the one that lazy loaders read too. */
function gatedAddress(element: Element, name: string): string | null {
  return element.getAttribute(`data-samtycke-${name}`) ?? element.getAttribute(`data-${name}`);
}

/** Meant to wait, and written as if it did not: what it is to wait with is where the browser reads it. */
function isUnprotected(element: HTMLElement): boolean {
  const waits = element.dataset.samtyckePurpose !== undefined && !element.matches('script,template');
  return waits && ADDRESSES.every((name) => gatedAddress(element, name) === null);
}

/** The address meanwhile. None, where a lazy loader has been quicker than we are. */
function ownAddress(element: Element, name: string): string | null {
  const value = element.getAttribute(name);
  return value === gatedAddress(element, name) ? null : value;
}

/** Leaves an element as it was. */
function restoreAttributes({ element, hidden }: GatedElement): void {
  for (const name of hidden) {
    setAttribute(element, [`data-${name}`, gatedAddress(element, name)]);
    setAttribute(element, [`data-samtycke-${name}`, null]);
  }
}

function setAttribute(element: Element, [name, value]: Address): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Sets the real addresses, and tells the entry how to put back what was there. */
function setAddresses(entry: GatedElement, own: readonly Address[]): void {
  const { element } = entry;
  // A <source> that is there already is not looked at again by itself.
  const load = () => element.closest<HTMLMediaElement>('video,audio')?.load();
  entry.undo = () => {
    entry.undo = undefined;
    for (const address of own) setAttribute(element, address);
    // An iframe keeps its page, and a link its sheet, until it is put in again; a video until it loads anew.
    if (element.parentNode) element.after(element);
    load();
  };
  for (const name of ADDRESSES) {
    const value = gatedAddress(element, name);
    if (value !== null && isWebAddress(value)) setAttribute(element, [name, value]);
  }
  load();
}

/** Sanitisers let `data-` attributes through: no address that runs code may come out of one. */
function isWebAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address, document.baseURI).protocol);
  } catch {
    return false;
  }
}
