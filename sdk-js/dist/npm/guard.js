import { allPermitted } from "./shared-cookie.js";

// src/guard.ts
/**
* A network guard: code of the page that requests a listed host is refused until the purpose is permitted. For sites
* that want more than gated markup. An entry point of its own; no other part loads it.
*
* It is a safety net: it sees what code requests through the functions below, and not what markup, workers, CSS or
* other frames request. Use a Content-Security-Policy to enforce.
*/
/**
* Installs the guard, and returns a function that removes it. Removal restores every patched property, unless other
* code has patched it since; then ours stays underneath and lets everything pass.
*/
function guard(options) {
	let up = true;
	const refuses = (address, through) => {
		const url = up ? parse(address) : void 0;
		const rule = url && options.rules.find((rule) => ruleMatches(rule, url) && !allPermitted(rule.purposes, options.allowed));
		if (rule) options.report?.({
			url: url.href,
			purposes: rule.purposes,
			through
		});
		return rule !== void 0;
	};
	const restore = [
		guardFetch(refuses),
		guardRequest(refuses),
		guardBeacon(refuses),
		guardConstructor("EventSource", refuses),
		guardConstructor("WebSocket", refuses),
		...guardSources(refuses)
	];
	return () => {
		up = false;
		for (const back of restore.reverse()) back();
	};
}
/** Whether a rule applies to this URL. `ads.example` applies to `x.ads.example` too, and never to `myads.example`. */
function ruleMatches(rule, url) {
	return rule.hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
function parse(address) {
	const text = address instanceof Request ? address.url : String(address);
	try {
		return new URL(text, document.baseURI);
	} catch {
		return;
	}
}
/** Replaces one property, and returns a function that restores its descriptor. */
function patch(owner, name, change) {
	const old = Object.getOwnPropertyDescriptor(owner, name);
	if (!old?.configurable) return () => {};
	const ours = change(old);
	Object.defineProperty(owner, name, ours);
	return () => {
		const now = Object.getOwnPropertyDescriptor(owner, name);
		if (now && now.value === ours.value && now.set === ours.set) Object.defineProperty(owner, name, old);
	};
}
/** Wraps a method, and keeps its name and length. */
function wrap(method, apply) {
	return new Proxy(method, { apply: (target, self, parts) => apply(self, parts, () => Reflect.apply(target, self, parts)) });
}
function guardFetch(refuses) {
	return patch(globalThis, "fetch", (old) => ({
		...old,
		value: wrap(old.value, (_, [target], call) => refuses(target, "fetch") ? Promise.reject(/* @__PURE__ */ new TypeError("Failed to fetch: refused by samtycke")) : call())
	}));
}
/** `open` tells the address, and `send` makes the request. If it is refused, it fails as without a network. */
function guardRequest(refuses) {
	const addresses = /* @__PURE__ */ new WeakMap();
	const { prototype } = XMLHttpRequest;
	const open = patch(prototype, "open", (old) => ({
		...old,
		value: wrap(old.value, (self, [, address], call) => {
			addresses.set(self, address);
			return call();
		})
	}));
	const send = patch(prototype, "send", (old) => ({
		...old,
		value: wrap(old.value, (self, _, call) => {
			if (!refuses(addresses.get(self), "XMLHttpRequest")) return call();
			const request = self;
			setTimeout(() => {
				for (const event of ["error", "loadend"]) request.dispatchEvent(new ProgressEvent(event));
			});
		})
	}));
	return () => {
		send();
		open();
	};
}
/** A browser returns false if its queue is full. */
function guardBeacon(refuses) {
	return patch(Navigator.prototype, "sendBeacon", (old) => ({
		...old,
		value: wrap(old.value, (_, [target], call) => refuses(target, "sendBeacon") ? false : call())
	}));
}
/** These connect when they are constructed. Refusing means throwing, as they do for an invalid address. */
function guardConstructor(name, refuses) {
	return patch(globalThis, name, (old) => ({
		...old,
		value: new Proxy(old.value, { construct(target, parts, self) {
			if (refuses(parts[0], name)) throw new DOMException("Refused by samtycke", "SecurityError");
			return Reflect.construct(target, parts, self);
		} })
	}));
}
/** `src` and `srcset` that code sets, as a property or as an attribute. `new Image()` is covered too. */
function guardSources(refuses) {
	const elements = [
		HTMLImageElement,
		HTMLScriptElement,
		HTMLIFrameElement
	];
	const asProperty = elements.map(({ prototype }) => patch(prototype, "src", (old) => ({
		...old,
		set: wrap(old.set, (self, [value], call) => refuses(value, "src") ? failed(self) : call())
	})));
	const asAttribute = patch(Element.prototype, "setAttribute", (old) => ({
		...old,
		value: wrap(old.value, (self, [name, value], call) => {
			return (elements.some((kind) => self instanceof kind) ? named(String(name).toLowerCase(), value) : []).some((address) => refuses(address, "src")) ? failed(self) : call();
		})
	}));
	const asSet = patch(HTMLImageElement.prototype, "srcset", (old) => ({
		...old,
		set: wrap(old.set, (self, [value], call) => candidates(String(value)).some((address) => refuses(address, "src")) ? failed(self) : call())
	}));
	return [
		...asProperty,
		asAttribute,
		asSet
	];
}
function named(attribute, value) {
	if (attribute === "src") return [value];
	return attribute === "srcset" ? candidates(String(value)) : [];
}
/** Addresses of `a.png 1x, b.png 2x`. */
function candidates(srcset) {
	return srcset.split(/,\s/).map((candidate) => candidate.trim().split(/\s/)[0] ?? "").filter((address) => address);
}
/** Code that waits for an event gets one. */
function failed(element) {
	setTimeout(() => element.dispatchEvent(new Event("error")));
}

export { candidates, guard, ruleMatches };