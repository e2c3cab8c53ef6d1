import { type Page } from '../setup.js';
import type { SetCookie } from './browser.js';
/** Whether an option is on: as an attribute it is so by being there. */
export declare const isOn: (option: unknown) => boolean;
/** What the record's port does differently then. */
export interface CookieJar {
    /** The domain to set the cookie for; undefined: this host alone. */
    domain(): string | undefined;
    /** Brings the cookie for page caches to what is permitted now. */
    writeCacheCookie(): void;
}
/** `put` writes one cookie, and the same for a domain. */
export declare function createCookieJar(page: Page, setCookie: SetCookie): CookieJar;
