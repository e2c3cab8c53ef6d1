/** Manages the gated elements of a page. Loaded once a page has some; see `index.ts`. */
import type { BannerDocument } from '../contract.js';
import type { Gate, GatePort } from './index.js';
import { GATED, moveChildrenToContent, touchesGated } from './markup.js';
import { allPermitted, canBePermitted, neededPurposes } from './needs.js';

/** Attributes that hold an address. */
const ADDRESSES = ['srcset', 'src', 'href', 'poster'];

type Address = [name: string, value: string | null];

/** One gated element. */
export interface GatedElement {
  element: HTMLElement;
  words: string[];
  /** Released, or about to be. */
  on: boolean;
  /** For an element with its address in an attribute: the addresses that it has while it is held. */
  own?: Address[] | undefined;
  /** Attributes that were renamed, so that a lazy loader does not find them. */
  hidden: Set<string>;
  /** Set once it is released: makes it inert again. */
  undo?: (() => void) | undefined;
  /** Removes its placeholder. */
  placeholder?: Promise<(() => void) | undefined> | undefined;
}

/** Whether the parser is done with the node: something follows it, or one of its ancestors. */
function isParsed(node: Node | null): boolean {
  return document.readyState !== 'loading' || (!!node && (!!node.nextSibling || isParsed(node.parentNode)));
}

/** The page is prerendered, and the user may never see it. */
const isPrerendered = () => (document as { prerendering?: boolean }).prerendering;

/** Reports a mistake of the page. The code is in a chunk that other pages never load. */
function reportMistake(
  mistake: keyof typeof import('./mistakes.js'),
  element: HTMLElement,
  banner?: BannerDocument,
): void {
  import('./mistakes.js').then((mistakes) => mistakes[mistake](element, banner)).catch(() => {});
}

/** An error at one element does not hold up the others. */
function isolate({ element }: GatedElement, act: () => void): void {
  try {
    act();
  } catch (error) {
    console.warn('samtycke:', element, error);
  }
}

/** See `Gate`. `filled`: templates whose children had to be moved before this was loaded. */
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

  /** After the paint that shows the user's click. A hidden page paints nothing. */
  function schedule(): void {
    if (scheduled || isPrerendered()) return;
    scheduled = true;
    const later = () => setTimeout(flush);
    document.hidden ? later() : requestAnimationFrame(later);
  }

  /** Makes inert at once what a framework or a lazy loader has made live. */
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
      // Shops use klaro's attribute too, on pictures that wait for nothing.
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
      // An iframe keeps loading until it is inserted again.
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
      // A released template has got more content: all of it is released again.
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
          // Tried again at the next change.
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

  /**
   * Outer templates come before inner ones. The inner ones' content then goes back too, because they have left the
   * page.
   */
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
      // What was permitted before this page began is released at once: it may still hear that the page is ready.
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

/** The held address: in our own attribute, or in the one that lazy loaders read too. */
function gatedAddress(element: Element, name: string): string | null {
  return element.getAttribute(`data-samtycke-${name}`) ?? element.getAttribute(`data-${name}`);
}

/** Whether the element is gated, but has its address where the browser reads it. */
function isUnprotected(element: HTMLElement): boolean {
  const waits = element.dataset.samtyckePurpose !== undefined && !element.matches('script,template');
  return waits && ADDRESSES.every((name) => gatedAddress(element, name) === null);
}

/** The address while it is held. None if a lazy loader was faster. */
function ownAddress(element: Element, name: string): string | null {
  const value = element.getAttribute(name);
  return value === gatedAddress(element, name) ? null : value;
}

/** Restores the element's attributes. */
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

/** Sets the real addresses, and stores how to restore the held ones. */
function setAddresses(entry: GatedElement, own: readonly Address[]): void {
  const { element } = entry;
  // The browser does not read an existing <source> again by itself.
  const load = () => element.closest<HTMLMediaElement>('video,audio')?.load();
  entry.undo = () => {
    entry.undo = undefined;
    for (const address of own) setAttribute(element, address);
    // An iframe keeps its page, and a link its style sheet, until it is inserted again; a video until it loads again.
    if (element.parentNode) element.after(element);
    load();
  };
  for (const name of ADDRESSES) {
    const value = gatedAddress(element, name);
    if (value !== null && isWebAddress(value)) setAttribute(element, [name, value]);
  }
  load();
}

/** Sanitisers let `data-` attributes pass, so an address from one must never run code. */
function isWebAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address, document.baseURI).protocol);
  } catch {
    return false;
  }
}
