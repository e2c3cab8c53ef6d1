import { isGiven } from "./shared-cookie.js";
import { attempt } from "./shared-local-record.js";

// src/gate/clear.ts
/** The banner's own data never belongs to a purpose, whatever a pattern says. */
const OWN = /^samtycke-/;
/**
* Clears every declared entry as far as a script can. Never throws: a blocked store counts as empty. It may be called
* on every page: what is already gone is reported as not seen.
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
/** `_ga_*` matches every name that begins with `_ga_`. Without the star the whole name must match. */
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
* Every domain, path and partition that a visible cookie can have been set with. A browser tells only the name, and
* deletes the cookie only for the same three. Public suffixes are among the domains; browsers refuse those.
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
/** Keys of local and session storage, and databases and caches by name; for an SDK also its cookies. */
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
/** Service workers by scope or script: a whole address, or a path of this origin. */
async function clearWorkers(pattern, port) {
	const results = [];
	for (const { addresses, remove } of await port.workers?.list().catch(() => []) ?? []) {
		const found = addresses.flatMap((address) => [address, address.replace(/^\w+:\/\/[^/]*/, "")]).find((address) => nameMatches(pattern, address));
		if (found !== void 0) results.push([found, await remove().catch(() => false)]);
	}
	return results;
}
/** The page's own stores. Reading one throws if the browser blocks it. */
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
/** The push service keeps the subscription of an unregistered worker, so the subscription ends first. */
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
/** An open connection blocks it. It then happens when that closes, at the latest with the reload. */
function removeDatabase(database, name) {
	return new Promise((answer) => {
		const request = database.deleteDatabase(name);
		request.onsuccess = () => answer(true);
		request.onerror = () => answer(false);
		request.onblocked = () => answer(false);
	});
}

// src/record/clear.ts
/** How long after it comes back a page counts as untouched; milliseconds. */
const CAME_BACK_MS = 1e3;
const markName = (page) => `${page.key}:gone`;
/**
* Clears what an earlier page has marked, except what has been given again. This includes what was written as that page
* ended. Needs no network, unless that page did not know the declaration.
*/
async function clearMarked(page) {
	const name = markName(page);
	const text = localStorage.getItem(name);
	const uncleared = readMark(text);
	for (const { id, given } of page.view().stored?.purposes ?? []) if (given) delete uncleared[id];
	if (Object.values(uncleared).includes(null)) {
		const purposes = (await page.banner())?.purposes;
		for (const id in uncleared) uncleared[id] ??= usesOf(id, purposes) ?? null;
	}
	await clearUses(uncleared);
	if (localStorage.getItem(name) !== text) return;
	const unknown = Object.entries(uncleared).filter(([, uses]) => !uses);
	if (unknown[0]) localStorage.setItem(name, JSON.stringify(Object.fromEntries(unknown)));
	else localStorage.removeItem(name);
}
/** Clears withdrawals in a page in which scripts may run. */
function clearWithdrawn(page) {
	const until = { signal: page.ended };
	/** Withdrawn while this page was open. */
	const uncleared = {};
	/** Fields that the user typed into; false once they have been submitted. */
	const touched = /* @__PURE__ */ new Map();
	let mustEnd = false;
	/**
	* The page has just come back from the browser's cache with its scripts, and the user has done nothing in it yet.
	*/
	let cameBack = false;
	/** Whether a script of a withdrawn purpose still runs here. */
	const isRunning = () => page.gate.ran().some((word) => word !== "necessary" && !isGiven(word, page.view()));
	/** For the next page: scripts may write for as long as this page is open. */
	function mark() {
		const name = markName(page);
		attempt(() => localStorage.setItem(name, JSON.stringify({
			...readMark(localStorage.getItem(name)),
			...uncleared
		})));
	}
	function reload() {
		if (mustEnd && isRunning() && isClean(touched)) location.reload();
	}
	addEventListener("pagehide", () => isRunning() && mark(), until);
	document.addEventListener("visibilitychange", () => document.hidden && reload(), until);
	addEventListener("pageshow", ({ persisted }) => {
		cameBack = persisted;
		setTimeout(() => {
			cameBack = false;
		}, CAME_BACK_MS);
	}, until);
	addEventListener("input", (event) => touched.set(event.composedPath()[0], true), {
		...until,
		capture: true
	});
	for (const event of ["submit", "reset"]) {
		const sent = ({ target }) => {
			for (const field of target.elements) touched.set(field, false);
			if (event === "reset") setTimeout(reload);
		};
		addEventListener(event, sent, until);
	}
	return async (taken, kept, mine) => {
		const uses = (id) => usesOf(id, page.known?.purposes);
		const needed = kept.flatMap((id) => uses(id) ?? []).map(({ name }) => name);
		const now = {};
		for (const id of taken) now[id] = uses(id)?.filter(({ name }) => !needed.includes(name)) ?? null;
		Object.assign(uncleared, now);
		mark();
		await clearUses(now);
		mustEnd = true;
		if (mine || document.hidden || cameBack) reload();
	};
}
/** Uses of a purpose. For one of its services, also the uses that are not specific to another service. */
function usesOf(word, purposes) {
	const [id, service] = word.split("/");
	return (purposes?.find((purpose) => purpose.id === id)?.terminal)?.filter(({ vendor }) => !service || !vendor || vendor === service);
}
function readMark(text) {
	return attempt(() => JSON.parse(text)) ?? {};
}
/** Clears, and lists in the console what a page cannot reach. */
async function clearUses(uncleared) {
	const { left } = await clearTerminal(Object.values(uncleared).flatMap((uses) => uses ?? []));
	const names = left.filter(({ why }) => why === "third_party" || why === "still_there").map(({ name }) => name);
	if (names.length) console.info(`samtycke: out of a page's reach: ${names.join(", ")}`);
}
/**
* Whether a reload would lose nothing that the user typed or chose. Frameworks change a field's default along with its
* value, so a touched field is clean only if it is empty or was submitted.
*/
function isClean(touched) {
	return ![.../* @__PURE__ */ new Set([...touched.keys(), ...document.querySelectorAll("input,textarea,select")])].some((field) => {
		const typed = touched.get(field);
		if (!field.isConnected || typed === false) return false;
		return typed ? (field.value ?? field.textContent) !== "" : isChanged(field);
	});
}
/** Whether a field differs from what the page set. */
function isChanged(field) {
	if (field.options) {
		const options = [...field.options];
		const byPage = options.some((option) => option.defaultSelected);
		const first = field.multiple ? void 0 : options.find((option) => !option.disabled);
		return options.some((option) => option.selected !== (byPage ? option.defaultSelected : option === first));
	}
	if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
	if (/^(hidden|submit|button|reset|image)$/.test(field.type)) return false;
	return field.value !== field.defaultValue;
}

export { clearMarked, clearWithdrawn };