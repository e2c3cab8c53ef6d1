/** Cookies of sites that want more than one cookie for one host. Loaded where an option asks for it. */
import { isPermitted } from '../core/permission.js';
import { attempt, type Page } from '../setup.js';
import type { SetCookie } from './browser.js';

/** Whether an option is on: as an attribute it is so by being there. */
export const isOn = (option: unknown) => (option ?? false) !== false;

/** What the record's port does differently then. */
export interface CookieJar {
  /** The domain to set the cookie for; undefined: this host alone. */
  domain(): string | undefined;
  /** Brings the cookie for page caches to what is permitted now. */
  writeCacheCookie(): void;
}

/** `put` writes one cookie, and the same for a domain. */
export function createCookieJar(page: Page, setCookie: SetCookie): CookieJar {
  const { cookieDomain, cacheCookie } = page.options;
  let warned = false;
  return {
    domain() {
      if (!cookieDomain) return;
      // Until it is known what the site may, the page is believed: no browser takes a domain that is not above the page.
      const may = page.known?.cookie_domains.includes(cookieDomain) ?? true;
      if (may && `.${location.hostname}`.endsWith(`.${cookieDomain}`)) return cookieDomain;
      if (!warned)
        console.warn(`samtycke: ${cookieDomain} is no domain for this site's cookie, which stays with the host`);
      warned = true;
    },
    writeCacheCookie() {
      if (!isOn(cacheCookie)) return;
      // Which categories are permitted, in letters that are the same for everybody.
      const view = { ...page.view(), held: false };
      const letters = ['preferences', 'statistics', 'marketing']
        .filter((category) => isPermitted(category, view))
        .map((category) => category[0])
        .join('');
      const name = `samtycke-allowed-${page.site}`;
      const before = attempt(() => document.cookie)?.match(`(?:^|; )${name}=(\\w*)`)?.[1] ?? '';
      if (before !== letters) setCookie(name, letters);
    },
  };
}
