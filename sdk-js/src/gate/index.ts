/**
 * The gate: markup that needs a permission stays inert until it is there, and goes back when it is gone.
 *
 * Inert is what HTML itself never runs or fetches: a `<template>`, a script of type `text/plain`, an element whose
 * address is in `data-src`. So when this file, or one that it loads, fails to load, nothing is let through.
 */
import type { BannerDocument, UiOptions } from '../contract.js';
import { needs, permitted } from './needs.js';

/** What the gate needs from the rest. */
export interface GatePort {
  /** Nonce of our own tag. Where there is one, a gated script must bear it too: see `release.ts`. */
  nonce?: string | undefined;
  /** Of placeholders; `auto` unless given. */
  theme?: UiOptions['theme'] | undefined;
  /** Somebody wants an embed: opens the question for its purpose or category. Is not a consent by itself. */
  ask(purpose: string): void;
  /** For the words of a placeholder; undefined where the server cannot be reached. */
  document(): Promise<BannerDocument | undefined>;
}

/** Holds back and lets through. Does nothing before the first `sync`. */
export interface Gate {
  /** To be called whenever a permission may have changed. Takes away at once; lets through after the next paint. */
  sync(allowed: (purposeOrCategory: string) => boolean): void;
  /** Purposes and categories whose scripts have run in this page. Only a reload stops those. */
  ran(): string[];
  /** Takes everything back that can be, and leaves nothing behind. */
  stop(): void;
}

/** One element that waits. */
export interface Entry {
  element: HTMLElement;
  words: string[];
  /** Is, or is about to be, let through. */
  on: boolean;
  /** Set once it is through: puts it back. */
  undo?: (() => void) | undefined;
  /** How to take its placeholder away. */
  held?: Promise<(() => void) | undefined> | undefined;
}

const FOREIGN = ':is([data-samtycke-purpose],[data-category],[data-cookieconsent],[data-name])';
const GATED = `[data-samtycke-purpose]:is(template,iframe,img,video,audio,source,link),script[type="text/plain"]${FOREIGN}`;

/** A page that draws at every frame must not be searched at every frame. */
function concerns(node: Node): boolean {
  const element = node as Element;
  return node.nodeType === 1 && (element.matches(GATED) || !!element.querySelector(GATED));
}

/** See `Gate`. */
export function createGate(port: GatePort): Gate {
  const entries = new Map<HTMLElement, Entry>();
  const ran = new Set<string>();
  let allowed: ((word: string) => boolean) | undefined;
  let scheduled = false;
  const watcher = new MutationObserver((records) => {
    const added = records.some(({ addedNodes }) => [...addedNodes].some(concerns));
    if (added || [...entries.keys()].some((element) => !element.isConnected)) schedule();
  });

  const wanted = ({ element, words }: Entry) => !!allowed && element.isConnected && permitted(words, allowed);

  /** After the paint that shows the person's click. A hidden page paints nothing, and a half-parsed one is half a template. */
  function schedule(): void {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', schedule, { once: true });
    else if (!scheduled) {
      scheduled = true;
      const later = () => setTimeout(flush);
      document.hidden ? later() : requestAnimationFrame(later);
    }
  }

  function flush(): void {
    scheduled = false;
    if (!allowed) return;
    takeBack();
    const due: Entry[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(GATED)) {
      const entry = entries.get(element) ?? { element, words: needs(element.dataset), on: false };
      entries.set(element, entry);
      if (entry.on) continue;
      entry.on = wanted(entry);
      if (!entry.on) hold(entry);
      else {
        due.push(entry);
        unhold(entry);
      }
    }
    if (due.length) import('./release.js').then(({ release }) => release(due, ran, port), console.warn);
  }

  function hold(entry: Entry): void {
    const { element, words } = entry;
    const missing = () => words.find((word) => !allowed || !permitted([word], allowed));
    if (element.localName === 'iframe' || (element as HTMLTemplateElement).content?.querySelector('iframe'))
      entry.held ??= import('./placeholder.js')
        .then((module) => module.hold(element, words, missing, port))
        .catch(() => undefined);
  }

  function unhold(entry: Entry): void {
    entry.held?.then((remove) => remove?.());
    entry.held = undefined;
  }

  /** Outer templates come before inner ones, whose content then goes back too, as they are no longer in the page. */
  function takeBack(): void {
    for (const entry of entries.values()) {
      if (!wanted(entry)) {
        entry.on = false;
        entry.undo?.();
      }
      if (!allowed || !entry.element.isConnected) {
        unhold(entry);
        entries.delete(entry.element);
      }
    }
  }

  return {
    sync(next) {
      if (!allowed) watcher.observe(document, { childList: true, subtree: true });
      allowed = next;
      takeBack();
      schedule();
    },
    ran: () => [...ran],
    stop() {
      watcher.disconnect();
      allowed = undefined;
      takeBack();
    },
  };
}
