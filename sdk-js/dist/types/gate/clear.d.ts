/** Clears what a withdrawn purpose has left on the terminal. Loaded at a withdrawal only. */
import type { BannerPurpose } from '../contract.js';
/** One declared use of the terminal. */
export type TerminalUse = BannerPurpose['terminal'][number];
/** Where it is cleared. The page's own unless said otherwise. */
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
    /** Firefox has no list before version 126. */
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
/** What is left, and why: for the log and for whoever debugs a site. */
export interface ClearReport {
    cleared: string[];
    /**
     * `third_party`: another site's, out of reach. `not_seen`: not there, or hidden from scripts (HttpOnly) and so for the
     * server to expire. `still_there`: set on another path or in use. `not_storage`: nothing is kept that one could clear.
     */
    left: {
        name: string;
        why: 'third_party' | 'not_seen' | 'still_there' | 'not_storage';
    }[];
}
/**
 * Clears every declared entry as far as a script can. Never throws: a store that is blocked has nothing in it. Needs nothing
 * but the entries, and may be called on every page: what is gone already is only reported as not seen.
 */
export declare function clearTerminal(entries: readonly TerminalUse[], port?: ClearPort): Promise<ClearReport>;
/** `_ga_*` names all that begin so. Without the star it is the whole name. */
export declare function nameMatches(pattern: string, name: string): boolean;
/**
 * Every domain, path and partition that a cookie seen here can have been set with: a browser says its name only, and
 * removes it only for the very same three. Public suffixes are among the domains; browsers refuse those themselves.
 */
export declare function cookieVariants({ hostname, pathname, protocol }: ClearPort['location']): string[];
