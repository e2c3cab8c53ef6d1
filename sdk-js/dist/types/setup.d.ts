/**
 * Puts the parts together in a page. What every page load needs is here: read the stored choice, release what it permits.
 * Everything else (asking, recording, drawing) comes later, in chunks of its own.
 */
import type { BannerDocument, Options, Samtycke } from './contract.js';
import { type View } from './core/permission.js';
import { type Gate } from './gate/index.js';
/** What the lazy chunks share with the page's first steps. The page itself gets none of it. */
export interface Page {
    options: Options;
    /** Where samtycke is: ends in a slash. */
    server: string;
    /** Key of the box in localStorage. */
    key: string;
    /** The box, where the browser stores nothing. Gone with the page. */
    memory?: string | undefined;
    /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
    skew: number;
    gate: Gate;
    /** Reads everything anew: other tabs and the server write too. */
    view(): View;
    /** What is asked, in the reader's language; undefined where it cannot be had. The next call after a failure tries again. */
    banner(): Promise<BannerDocument | undefined>;
    /** Something may have changed: tells the bridge, then the gate, then everybody else. */
    changed(): void;
    subscribe: Samtycke['subscribe'];
    /** Ends with `stop()`. */
    ended: AbortSignal;
}
/** Longest wait for an answer; milliseconds. */
export declare const ANSWER_MS_MAX = 10000;
/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
export declare function attempt<T>(run: () => T): T | undefined;
/** Starts in this page. What is permitted is released before it returns, unless a bridge has to be told first. */
export declare function start(options: Options): Samtycke;
