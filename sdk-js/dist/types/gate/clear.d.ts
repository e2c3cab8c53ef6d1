/** Clears what a withdrawn purpose stored on the device. Loaded at a withdrawal only. */
import type { BannerPurpose } from '../contract.js';
/** One declared use of the terminal. */
export type TerminalUse = BannerPurpose['terminal'][number];
/** The stores to clear. Default: the page's own. */
export interface ClearPort {
    location: {
        hostname: string;
        pathname: string;
        protocol: string;
    };
    /** `document.cookie`. */
    cookies: {
        cookie: string;
    };
    stores: Pick<Storage, 'length' | 'key' | 'removeItem'>[];
    /** Firefox cannot list databases before version 126. */
    databases?: {
        list?: () => Promise<(string | undefined)[]>;
        remove(name: string): Promise<boolean>;
    };
    caches?: {
        keys(): Promise<string[]>;
        delete(name: string): Promise<boolean>;
    };
    workers?: {
        list(): Promise<Worker[]>;
    };
}
/** A service worker of the page's origin. */
export interface Worker {
    /** Addresses of its scope and of its scripts. */
    addresses: string[];
    /** Ends its push subscription, then unregisters it. */
    remove(): Promise<boolean>;
}
/** What is left, and why: for the console. */
export interface ClearReport {
    cleared: string[];
    /**
     * `third_party`: belongs to another site. `not_seen`: absent, or hidden from scripts (HttpOnly), so only the server
     * can expire it. `still_there`: set on another path, or in use. `not_storage`: nothing is stored that could be
     * cleared.
     */
    left: {
        name: string;
        why: 'third_party' | 'not_seen' | 'still_there' | 'not_storage';
    }[];
}
/**
 * Clears every declared entry as far as a script can. Never throws: a blocked store counts as empty. It may be called
 * on every page: what is already gone is reported as not seen.
 */
export declare function clearTerminal(entries: readonly TerminalUse[], port?: ClearPort): Promise<ClearReport>;
/** `_ga_*` matches every name that begins with `_ga_`. Without the star the whole name must match. */
export declare function nameMatches(pattern: string, name: string): boolean;
/**
 * Every domain, path and partition that a visible cookie can have been set with. A browser tells only the name, and
 * deletes the cookie only for the same three. Public suffixes are among the domains; browsers refuse those.
 */
export declare function cookieVariants({ hostname, pathname, protocol }: ClearPort['location']): string[];
