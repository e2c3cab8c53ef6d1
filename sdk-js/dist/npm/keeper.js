import { GATED, moveChildrenToContent, touchesGated } from "./shared-markup.js";
import { allPermitted, canBePermitted, neededPurposes } from "./shared-cookie.js";

// src/gate/keeper.ts
/** Attributes that hold an address. */
const ADDRESSES = [
	"srcset",
	"src",
	"href",
	"poster"
];
/** Whether the parser is done with the node: something follows it, or one of its ancestors. */
function isParsed(node) {
	return document.readyState !== "loading" || !!node && (!!node.nextSibling || isParsed(node.parentNode));
}
/** The page is prerendered, and the user may never see it. */
const isPrerendered = () => document.prerendering;
/** Reports a mistake of the page. The code is in a chunk that other pages never load. */
function reportMistake(mistake, element, banner) {
	import("./mistakes.js").then((mistakes) => mistakes[mistake](element, banner)).catch(() => {});
}
/** An error at one element does not hold up the others. */
function isolate({ element }, act) {
	try {
		act();
	} catch (error) {
		console.warn("samtycke:", element, error);
	}
}
/** See `Gate`. `filled`: templates whose children had to be moved before this was loaded. */
function createKeeper(port, filled = []) {
	const entries = /* @__PURE__ */ new Map();
	const ran = /* @__PURE__ */ new Set();
	let allowed;
	let scheduled = false;
	const watcher = new MutationObserver((records) => {
		const concerned = records.some(touchesGated);
		if (concerned) look();
		if (concerned || [...entries.keys()].some((element) => !element.isConnected)) schedule();
	});
	const wanted = ({ element, words }) => !!allowed && element.isConnected && allPermitted(words, allowed);
	/** After the paint that shows the user's click. A hidden page paints nothing. */
	function schedule() {
		if (scheduled || isPrerendered()) return;
		scheduled = true;
		const later = () => setTimeout(flush);
		document.hidden ? later() : requestAnimationFrame(later);
	}
	/** Makes inert at once what a framework or a lazy loader has made live. */
	function look() {
		for (const template of moveChildrenToContent()) reportMistake("liveChildren", template);
		for (const element of document.querySelectorAll(GATED)) {
			if (!entries.has(element)) {
				if (isUnprotected(element)) for (const name of ADDRESSES) {
					const value = element.getAttribute(name);
					if (value !== null && isWebAddress(value)) setAttribute(element, [`data-samtycke-${name}`, value]);
				}
				entries.set(element, {
					element,
					words: neededPurposes(element.dataset),
					on: false,
					hidden: /* @__PURE__ */ new Set(),
					own: element.matches("script,template") ? void 0 : ADDRESSES.map((name) => [name, ownAddress(element, name)])
				});
			}
			const { on, own, hidden } = entries.get(element);
			if (on || !own || element.dataset.samtyckePurpose === void 0) continue;
			for (const name of ADDRESSES) {
				const value = element.getAttribute(`data-${name}`);
				if (value === null || !hidden.has(name) && element.hasAttribute(`data-samtycke-${name}`)) continue;
				setAttribute(element, [`data-${name}`, null]);
				setAttribute(element, [`data-samtycke-${name}`, value]);
				hidden.add(name);
			}
			const live = own.filter(([name, value]) => element.getAttribute(name) !== value);
			if (!live[0]) continue;
			for (const address of live) setAttribute(element, address);
			element.after(element);
			reportMistake("liveAddress", element);
		}
	}
	function flush() {
		scheduled = false;
		if (!allowed) return;
		revoke();
		look();
		const due = [];
		const placeholder = [];
		for (const element of document.querySelectorAll(GATED)) {
			const entry = entries.get(element);
			if (!isParsed(element)) continue;
			if (element.content?.firstChild && entry.undo) {
				entry.undo();
				entry.on = false;
			}
			if (entry.on) continue;
			entry.on = wanted(entry);
			if (!entry.on) showPlaceholder(entry);
			else removePlaceholder(entry);
			if (!entry.on) placeholder.push(entry);
			else if (entry.own) isolate(entry, () => setAddresses(entry, entry.own));
			else due.push(entry);
		}
		if (due[0]) import("./release.js").then(({ release }) => release(due, ran, port), (error) => {
			for (const entry of due) entry.on = false;
			console.warn(error);
		});
		if (placeholder[0]) port.document().then((banner) => {
			for (const { element, words, own } of placeholder) if (banner && !(own && element.dataset.samtyckePurpose === void 0) && !canBePermitted(banner, words)) reportMistake("unknownPurpose", element, banner);
		}).catch(() => {});
	}
	function showPlaceholder(entry) {
		const { element, words } = entry;
		const missing = () => words.filter((word) => !allowed || !allPermitted([word], allowed));
		if (element.localName === "iframe" || element.content?.querySelector("iframe")) entry.placeholder ??= import("./placeholder.js").then((module) => module.showPlaceholder(element, words, missing, port)).catch(() => void 0);
	}
	function removePlaceholder(entry) {
		entry.placeholder?.then((remove) => remove?.());
		entry.placeholder = void 0;
	}
	/**
	* Outer templates come before inner ones. The inner ones' content then goes back too, because they have left the
	* page.
	*/
	function revoke() {
		for (const entry of entries.values()) {
			if (!wanted(entry)) {
				entry.on = false;
				isolate(entry, () => entry.undo?.());
			}
			if (!allowed || !entry.element.isConnected) {
				removePlaceholder(entry);
				restoreAttributes(entry);
				entries.delete(entry.element);
			}
		}
	}
	return {
		sync(next) {
			const first = !allowed;
			allowed = next;
			revoke();
			if (first) {
				const attributeFilter = [...ADDRESSES, ...ADDRESSES.map((name) => `data-${name}`)];
				watcher.observe(document, {
					childList: true,
					subtree: true,
					attributeFilter
				});
				for (const event of ["DOMContentLoaded", "prerenderingchange"]) document.addEventListener(event, schedule, { once: true });
				for (const template of filled) reportMistake("liveChildren", template);
				look();
			}
			first && !isPrerendered() ? flush() : schedule();
		},
		ran: () => [...ran],
		stop() {
			watcher.disconnect();
			allowed = void 0;
			revoke();
		}
	};
}
/** The held address: in our own attribute, or in the one that lazy loaders read too. */
function gatedAddress(element, name) {
	return element.getAttribute(`data-samtycke-${name}`) ?? element.getAttribute(`data-${name}`);
}
/** Whether the element is gated, but has its address where the browser reads it. */
function isUnprotected(element) {
	return element.dataset.samtyckePurpose !== void 0 && !element.matches("script,template") && ADDRESSES.every((name) => gatedAddress(element, name) === null);
}
/** The address while it is held. None if a lazy loader was faster. */
function ownAddress(element, name) {
	const value = element.getAttribute(name);
	return value === gatedAddress(element, name) ? null : value;
}
/** Restores the element's attributes. */
function restoreAttributes({ element, hidden }) {
	for (const name of hidden) {
		setAttribute(element, [`data-${name}`, gatedAddress(element, name)]);
		setAttribute(element, [`data-samtycke-${name}`, null]);
	}
}
function setAttribute(element, [name, value]) {
	if (value === null) element.removeAttribute(name);
	else element.setAttribute(name, value);
}
/** Sets the real addresses, and stores how to restore the held ones. */
function setAddresses(entry, own) {
	const { element } = entry;
	const load = () => element.closest("video,audio")?.load();
	entry.undo = () => {
		entry.undo = void 0;
		for (const address of own) setAttribute(element, address);
		if (element.parentNode) element.after(element);
		load();
	};
	for (const name of ADDRESSES) {
		const value = gatedAddress(element, name);
		if (value !== null && isWebAddress(value)) setAttribute(element, [name, value]);
	}
	load();
}
/** Sanitisers let `data-` attributes pass, so an address from one must never run code. */
function isWebAddress(address) {
	try {
		return /^https?:$/.test(new URL(address, document.baseURI).protocol);
	} catch {
		return false;
	}
}

export { createKeeper };