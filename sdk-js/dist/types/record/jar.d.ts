import { type Page } from '../setup.js';
import type { SetCookie } from './browser.js';
/** Whether an option is on. As an attribute, its presence is enough. */
export declare const isOn: (option: unknown) => boolean;
/** What the port adds for these sites. */
export interface CookieJar {
    /** The domain to set the cookie for; undefined: this host alone. */
    domain(): string | undefined;
    /** Updates the cookie for page caches to what is permitted now. */
    writeCacheCookie(): void;
}
/** `setCookie` writes one cookie. */
export declare function createJar(page: Page, setCookie: SetCookie): CookieJar;
