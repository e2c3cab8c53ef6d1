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
    /** Public id of the site. */
    site: string;
    /** What is the site's in this browser goes by this name: the box, the tab's memory, channel and lock. */
    key: string;
    /** The box, where the browser stores nothing. Gone with the page. */
    memory?: string | undefined;
    /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
    skew: number;
    gate: Gate;
    /** Reads everything anew: other tabs and the server write too. */
    view(): View;
    /** What is asked, in the reader's language; undefined where it cannot be had. The next call after a failure tries again. */
    banner(anew?: boolean): Promise<BannerDocument | undefined>;
    /** What `banner` has answered last. */
    known?: BannerDocument;
    /** Tells Google what is permitted, where the site wants that and it is known. */
    bridge?(): void;
    /** Something may have changed: tells the bridge, then the gate, then everybody else. */
    changed(): void;
    /** Ends with `stop()`. */
    ended: AbortSignal;
}
/** Longest wait for an answer; milliseconds. Browsers that cannot count to it wait as long as they do anyway. */
export declare const ANSWER_MS_MAX = 10000;
/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
export declare function attempt<T>(run: () => T): T | undefined;
/** A part of us that is missing keeps nothing else from working, and is not kept quiet about. */
export declare const reportError: (error: unknown) => void;
/** Starts in this page. What is permitted is released before it returns, unless nobody sees the page yet. */
export declare function start(given: Options): Samtycke;
