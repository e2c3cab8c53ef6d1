/**
 * The gate: markup that needs a permission stays inert until it is there, and goes back when it is gone.
 *
 * Inert is what HTML itself never runs or fetches: a `<template>`, a script of type `text/plain`, an element whose
 * address is in `data-src`. So when this file, or one that it loads, fails to load, nothing is let through.
 */
import type { BannerDocument, UiOptions } from '../contract.js';
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
export declare function createGate(port: GatePort): Gate;
