// src/gate/clear.ts
/** Our own state is never a purpose's, whatever a pattern says. */
const OWN = /^samtycke-/;
/**
* Clears every declared entry as far as a script can. Never throws: a store that is blocked has nothing in it. Needs nothing
* but the entries, and may be called on every page: what is gone already is only reported as not seen.
*/
async function clearTerminal(entries, port = pagePort()) {
	const report = {
		cleared: [],
		left: []
	};
	for (const { name, kind, third_party } of entries) if (third_party) report.left.push({
		name,
		why: "third_party"
	});
	else if (kind === "pixel" || kind === "fingerprint") report.left.push({
		name,
		why: "not_storage"
	});
	else {
		const results = await clearKind(kind, name, port).catch(() => []);
		for (const [found, gone] of results) if (gone) report.cleared.push(found);
		else report.left.push({
			name: found,
			why: "still_there"
		});
		if (!results.length) report.left.push({
			name,
			why: "not_seen"
		});
	}
	return report;
}
async function clearKind(kind, name, port) {
	if (kind === "cookie") return clearCookies(name, port);
	return kind === "worker" ? clearWorkers(name, port) : clearStores(name, kind === "sdk", port);
}
/** `_ga_*` names all that begin so. Without the star it is the whole name. */
function nameMatches(pattern, name) {
	if (OWN.test(name)) return false;
	return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
function clearCookies(pattern, port) {
	const found = cookieNames(port).filter((name) => nameMatches(pattern, name));
	for (const name of found) for (const attributes of cookieVariants(port.location)) port.cookies.cookie = `${name}=; Max-Age=0${attributes}`;
	const left = cookieNames(port);
	return found.map((name) => [name, !left.includes(name)]);
}
function cookieNames({ cookies }) {
	const names = cookies.cookie.split("; ").map((pair) => pair.slice(0, Math.max(0, pair.indexOf("="))));
	return [...new Set(names.filter((name) => name))];
}
/**
* Every domain, path and partition that a cookie seen here can have been set with: a browser says its name only, and
* removes it only for the very same three. Public suffixes are among the domains; browsers refuse those themselves.
*/
function cookieVariants({ hostname, pathname, protocol }) {
	const labels = hostname.split(".");
	const domains = /^[\d.]+$|:/.test(hostname) ? [] : labels.map((_, index) => `; Domain=${labels.slice(index).join(".")}`);
	const parts = pathname.split("/").slice(1);
	const paths = ["/"];
	parts.forEach((_, index) => {
		const path = `/${parts.slice(0, index + 1).join("/")}`;
		paths.push(path, `${path}/`);
	});
	const secure = protocol === "https:" ? "; Secure" : "";
	const partitions = secure ? [secure, `${secure}; Partitioned`] : [""];
	return ["", ...domains].flatMap((domain) => [...new Set(paths)].flatMap((path) => partitions.map((partition) => `${domain}; Path=${path}${partition}`)));
}
/** Keys of local and session storage, databases and caches by name; for an SDK its cookies too. */
async function clearStores(pattern, cookiesToo, port) {
	const results = cookiesToo ? clearCookies(pattern, port) : [];
	for (const store of port.stores) {
		const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
		for (const key of keys.filter((key) => nameMatches(pattern, key))) {
			store.removeItem(key);
			results.push([key, true]);
		}
	}
	if (port.databases && !port.databases.list && !pattern.endsWith("*") && nameMatches(pattern, pattern)) await port.databases.remove(pattern);
	for (const name of await port.databases?.list?.().catch(() => []) ?? []) if (name && nameMatches(pattern, name)) results.push([name, await port.databases?.remove(name) ?? false]);
	for (const name of await port.caches?.keys().catch(() => []) ?? []) if (nameMatches(pattern, name)) results.push([name, await port.caches?.delete(name).catch(() => false) ?? false]);
	return results;
}
/** Service workers by scope or script: a whole address, or a path of this origin as registers have it. */
async function clearWorkers(pattern, port) {
	const results = [];
	for (const { addresses, remove } of await port.workers?.list().catch(() => []) ?? []) {
		const found = addresses.flatMap((address) => [address, address.replace(/^\w+:\/\/[^/]*/, "")]).find((address) => nameMatches(pattern, address));
		if (found !== void 0) results.push([found, await remove().catch(() => false)]);
	}
	return results;
}
/** The page's own stores. Reading one throws where the browser blocks it. */
function pagePort() {
	const attempt = (read) => {
		try {
			return read();
		} catch {
			return;
		}
	};
	const stores = [attempt(() => localStorage), attempt(() => sessionStorage)].filter((store) => store !== void 0);
	const cookies = attempt(() => document.cookie) === void 0 ? { cookie: "" } : document;
	const port = {
		location,
		cookies,
		stores
	};
	const database = attempt(() => indexedDB);
	if (database) {
		port.databases = { remove: (name) => removeDatabase(database, name) };
		if (database.databases) port.databases.list = async () => (await database.databases()).map(({ name }) => name);
	}
	const cacheStore = attempt(() => "caches" in globalThis ? caches : void 0);
	if (cacheStore) port.caches = cacheStore;
	const container = attempt(() => navigator.serviceWorker);
	if (container) port.workers = { list: async () => (await container.getRegistrations()).map(toWorker) };
	return port;
}
/** The browser keeps a subscription of an unregistered worker alive at the push service, so that goes first. */
function toWorker(registration) {
	const { scope, active, waiting, installing } = registration;
	return {
		addresses: [scope, ...[
			active,
			waiting,
			installing
		].flatMap((worker) => worker ? [worker.scriptURL] : [])],
		async remove() {
			const ended = await (await registration.pushManager?.getSubscription().catch(() => null))?.unsubscribe().catch(() => false);
			return await registration.unregister() && ended !== false;
		}
	};
}
/** An open connection blocks it; it then happens when that closes, at the latest with the reload. */
function removeDatabase(database, name) {
	return new Promise((answer) => {
		const request = database.deleteDatabase(name);
		request.onsuccess = () => answer(true);
		request.onerror = () => answer(false);
		request.onblocked = () => answer(false);
	});
}

// src/record/clear.ts
/** Clears what was declared for the purposes that are gone, but for what others still need. */
async function clear(purposes, gone, kept) {
	const uses = (ids) => purposes.filter(({ id }) => ids.includes(id)).flatMap((p) => p.terminal);
	const needed = uses(kept).map((use) => use.name);
	await clearTerminal(uses(gone).filter((use) => !needed.includes(use.name)));
}

export { clear };