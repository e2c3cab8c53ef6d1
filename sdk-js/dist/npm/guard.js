import { allPermitted } from "./shared-cookie.js";

// src/guard.ts
/**
* A network guard, for sites that want a second net under their markup: code of the page that asks a listed host for
* something is refused until the purpose is permitted. Its own entry point; nothing loads it by itself.
*
* It is a net and not a wall: it sees what code asks for through the functions below, and not what markup, workers, CSS
* or another frame ask for. A Content-Security-Policy is the wall.
*/
/**
* Puts the guard up. Answers how to take it down: every patched thing is then exactly as it was, unless somebody else has
* patched it since, in which case ours stays beneath and lets everything pass.
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
/** Whether a rule is about this address. `ads.example` is about `x.ads.example` too, and never about `myads.example`. */
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
/** Replaces one property and answers how to put its own descriptor back. */
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
/** A method that stays itself for whoever looks at its name or its length. */
function wrap(method, apply) {
	return new Proxy(method, { apply: (target, self, parts) => apply(self, parts, () => Reflect.apply(target, self, parts)) });
}
function guardFetch(refuses) {
	return patch(globalThis, "fetch", (old) => ({
		...old,
		value: wrap(old.value, (_, [target], call) => refuses(target, "fetch") ? Promise.reject(/* @__PURE__ */ new TypeError("Failed to fetch: refused by samtycke")) : call())
	}));
}
/** The address is known at `open`, the request is made at `send`. Refused, it fails as with a network that is down. */
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
/** False is what a browser answers when its queue is full. */
function guardBeacon(refuses) {
	return patch(Navigator.prototype, "sendBeacon", (old) => ({
		...old,
		value: wrap(old.value, (_, [target], call) => refuses(target, "sendBeacon") ? false : call())
	}));
}
/** These connect as they are made, so refusing means throwing, as they do for an address that they cannot take. */
function guardConstructor(name, refuses) {
	return patch(globalThis, name, (old) => ({
		...old,
		value: new Proxy(old.value, { construct(target, parts, self) {
			if (refuses(parts[0], name)) throw new DOMException("Refused by samtycke", "SecurityError");
			return Reflect.construct(target, parts, self);
		} })
	}));
}
/** `src` and `srcset` set by code, as property or as attribute. `new Image()` makes an element like any other. */
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
/** Code that waits for an answer gets one. */
function failed(element) {
	setTimeout(() => element.dispatchEvent(new Event("error")));
}

export { candidates, guard, ruleMatches };