/**
 * The gate: markup that needs a permission stays inert until the permission is there, and becomes inert again without
 * it.
 *
 * Inert means what HTML itself never runs or fetches: a `<template>`, a script of type `text/plain`, an element with
 * its address in `data-src`. So if this file, or one that it loads, fails to load, nothing is released.
 */
import type { BannerDocument, UiOptions } from '../contract.js';
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
export declare function createGate(port: GatePort): Gate;
