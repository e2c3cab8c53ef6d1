/**
 * The gate: markup that needs a permission stays inert until it is there, and goes back when it is gone.
 *
 * Inert is what HTML itself never runs or fetches: a `<template>`, a script of type `text/plain`, an element whose
 * address is in `data-src`. So when this file, or one that it loads, fails to load, nothing is let through.
 */
import type { BannerDocument, UiOptions } from '../contract.js';
import { GATED, moveChildrenToContent, touchesGated } from './markup.js';
import { allPermitted, canBePermitted, neededPurposes } from './needs.js';

/** What the gate needs from the rest. */
export interface GatePort {
  /** Nonce of our own tag. Where there is one, a gated script must bear it too: see `release.ts`. */
  nonce?: string | undefined;
  /** Of placeholders; `auto` unless given. */
  theme?: UiOptions['theme'] | undefined;
  /** Somebody wants an embed that needs these purposes or categories. `said`: it was a person's click on the yes. */
  ask(words: readonly string[], said: boolean): void;
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

/** See `Gate`. Does by itself what cannot wait, and calls for the rest where there is something to look after. */
export function createGate(port: GatePort): Gate {
  const filled: HTMLTemplateElement[] = [];
  let allowed: ((word: string) => boolean) | undefined;
  let keeper: Gate | undefined;
  let loading: Promise<void> | undefined;
  const watcher = new MutationObserver((records) => records.some(touchesGated) && look());

  function look(): void {
    filled.push(...moveChildrenToContent());
    const elements = [...document.querySelectorAll<HTMLElement>(GATED)];
    const open = elements.some(({ dataset }) => allPermitted(neededPurposes(dataset), allowed!));
    // Side by side with what will call it.
    if (open) import('./release.js').catch(() => {});
    if (open || elements.some((element) => element.matches('iframe,[data-samtycke-purpose]:not(script)'))) loadKeeper();
    else if (elements[0])
      port
        .document()
        .then((banner) => {
          if (banner && elements.some(({ dataset }) => !canBePermitted(banner, neededPurposes(dataset)))) loadKeeper();
        })
        .catch(() => {});
  }

  function loadKeeper(): void {
    loading ??= import('./keeper.js').then(
      ({ createKeeper }) => {
        if (!allowed || keeper) return;
        watcher.disconnect();
        keeper = createKeeper(port, filled);
        keeper.sync(allowed);
      },
      (error) => {
        // Tried again when something changes.
        loading = undefined;
        console.warn(error);
      },
    );
  }

  return {
    sync(next) {
      if (!allowed) watcher.observe(document, { childList: true, subtree: true });
      allowed = next;
      keeper ? keeper.sync(next) : look();
    },
    ran: () => keeper?.ran() ?? [],
    stop() {
      watcher.disconnect();
      keeper?.stop();
      allowed = keeper = loading = undefined;
    },
  };
}
