/** Cookies for sites that use a parent domain, or a cookie for page caches. Loaded if an option asks for it. */
import { isPermitted } from '../core/permission.js';
import { attempt, type Page } from '../setup.js';
import type { SetCookie } from './browser.js';

/** Whether an option is on. As an attribute, its presence is enough. */
export const isOn = (option: unknown) => (option ?? false) !== false;

/** What the port adds for these sites. */
export interface CookieJar {
  /** The domain to set the cookie for; undefined: this host alone. */
  domain(): string | undefined;
  /** Updates the cookie for page caches to what is permitted now. */
  writeCacheCookie(): void;
}

/** `setCookie` writes one cookie. */
export function createJar(page: Page, setCookie: SetCookie): CookieJar {
  const { cookieDomain, cacheCookie } = page.options;
  let warned = false;
  return {
    domain() {
      if (!cookieDomain) return;
      // Until the site's domains are known, the option is trusted: browsers refuse a domain that is not a parent of the
      // page's host.
      const may = page.known?.cookie_domains.includes(cookieDomain) ?? true;
      if (may && `.${location.hostname}`.endsWith(`.${cookieDomain}`)) return cookieDomain;
      if (!warned)
        console.warn(`samtycke: ${cookieDomain} is no domain for this site's cookie, which stays with the host`);
      warned = true;
    },
    writeCacheCookie() {
      if (!isOn(cacheCookie)) return;
      // The permitted categories, in letters that are the same for all users.
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
