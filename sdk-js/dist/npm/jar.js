import { isPermitted } from "./shared-cookie.js";
import { attempt } from "./shared-local-record.js";

// src/record/jar.ts
/** Cookies for sites that use a parent domain, or a cookie for page caches. Loaded if an option asks for it. */
/** Whether an option is on. As an attribute, its presence is enough. */
const isOn = (option) => (option ?? false) !== false;
/** `setCookie` writes one cookie. */
function createJar(page, setCookie) {
	const { cookieDomain, cacheCookie } = page.options;
	let warned = false;
	return {
		domain() {
			if (!cookieDomain) return;
			if ((page.known?.cookie_domains.includes(cookieDomain) ?? true) && `.${location.hostname}`.endsWith(`.${cookieDomain}`)) return cookieDomain;
			if (!warned) console.warn(`samtycke: ${cookieDomain} is no domain for this site's cookie, which stays with the host`);
			warned = true;
		},
		writeCacheCookie() {
			if (!isOn(cacheCookie)) return;
			const view = {
				...page.view(),
				held: false
			};
			const letters = [
				"preferences",
				"statistics",
				"marketing"
			].filter((category) => isPermitted(category, view)).map((category) => category[0]).join("");
			const name = `samtycke-allowed-${page.site}`;
			if ((attempt(() => document.cookie)?.match(`(?:^|; )${name}=(\\w*)`)?.[1] ?? "") !== letters) setCookie(name, letters);
		}
	};
}

export { createJar };