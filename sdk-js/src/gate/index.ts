/**
 * The gate: markup that needs a permission stays inert until the permission is there, and becomes inert again without
 * it.
 *
 * Inert means what HTML itself never runs or fetches: a `<template>`, a script of type `text/plain`, an element with
 * its address in `data-src`. So if this file, or one that it loads, fails to load, nothing is released.
 */
import type { BannerDocument, UiOptions } from '../contract.js';
import { GATED, moveChildrenToContent, touchesGated } from './markup.js';
import { allPermitted, canBePermitted, neededPurposes } from './needs.js';

/** What the gate needs from the other parts. */
export interface GatePort {
  /** Nonce of the banner's own tag. If there is one, a gated script needs it too: see `release.ts`. */
  nonce?: string | undefined;
  /** Theme of placeholders; default `auto`. */
  theme?: UiOptions['theme'] | undefined;
  /**
   * The user wants an embed that needs these purposes or categories. `said`: the user clicked on the consent button.
   */
  ask(words: readonly string[], said: boolean): void;
  /** For the texts of a placeholder; undefined if the server cannot be reached. */
  document(): Promise<BannerDocument | undefined>;
}

/** Blocks and releases. Does nothing before the first `sync`. */
export interface Gate {
  /** Call it when permissions may have changed. Revokes at once; releases after the next paint. */
  sync(allowed: (purposeOrCategory: string) => boolean): void;
  /** Purposes and categories whose scripts have run in this page. Only a reload stops those. */
  ran(): string[];
  /** Revokes everything that can be revoked, and leaves nothing behind. */
  stop(): void;
}

/** See `Gate`. Does what cannot wait, and loads keeper.ts if the page has something to manage. */
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
    // In parallel with the keeper, which will need it.
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
        // Tried again at the next change.
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
