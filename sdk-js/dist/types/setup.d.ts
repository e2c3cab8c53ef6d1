/**
 * Puts the parts together in a page. This file has what every page load needs: it reads the stored choice and releases
 * what it permits. Prompting, recording and drawing come later, in chunks of their own.
 */
import type { BannerDocument, Options, Samtycke } from './contract.js';
import { type View } from './core/permission.js';
import { type Gate } from './gate/index.js';
/** What the lazy chunks share with this file. The page does not see it. */
export interface Page {
    options: Options;
    /** Base URL of the server, with a slash at the end. */
    server: string;
    /** Public id of the site. */
    site: string;
    /** Name of the site's local record, session entry, channel and lock in this browser. */
    key: string;
    /** The local record, if the browser stores nothing. It is lost with the page. */
    memory?: string | undefined;
    /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
    skew: number;
    gate: Gate;
    /** Reads everything again, because other tabs and the server write too. */
    view(): View;
    /**
     * The banner document in the user's language; undefined if it cannot be fetched. After a failure the next call tries
     * again.
     */
    banner(anew?: boolean): Promise<BannerDocument | undefined>;
    /** The last document that `banner` returned. */
    known?: BannerDocument;
    /** Tells Google what is permitted, if the site uses Consent Mode and the document is known. */
    bridge?(): void;
    /** Something may have changed: notifies the bridge, then the gate, then the listeners. */
    changed(): void;
    /** Aborted by `stop()`. */
    ended: AbortSignal;
}
/** Longest wait for a response; milliseconds. Browsers without `AbortSignal.timeout` wait for their own limit. */
export declare const ANSWER_MS_MAX = 10000;
/** The value, or undefined if the browser refuses: blocked storage throws at the first access. */
export declare function attempt<T>(run: () => T): T | undefined;
/** A part that fails to load is reported, and does not stop the others. */
export declare const reportError: (error: unknown) => void;
/** Starts in this page. Releases what is permitted before it returns, unless the page is not visible yet. */
export declare function start(given: Options): Samtycke;
