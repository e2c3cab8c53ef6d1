import { isPermitted, knows, needs, newest, ourValues, permitted, stateOf } from "./shared-cookie.js";
import { GATED, concerns, fill } from "./shared-markup.js";

// src/core/box.ts
/** The box that a text says. What is damaged is left out: it permits nothing by being missing. Never throws. */
function parseBox(text) {
	try {
		const { c, s, q, k } = JSON.parse(text);
		return {
			c,
			s: +s || 0,
			q: q.filter(({ yes, no }) => [yes, no].every(Array.isArray)),
			k
		};
	} catch {
		return {
			s: 0,
			q: []
		};
	}
}

// src/core/store.ts
/** A store that begins with this snapshot. */
function createStore(state) {
	const listeners = /* @__PURE__ */ new Set();
	return {
		state: () => state,
		set(next) {
			if (JSON.stringify(next) === JSON.stringify(state)) return false;
			state = next;
			for (const tell of [...listeners]) tell();
			return true;
		},
		subscribe(listener) {
			const tell = () => {
				try {
					listener(state);
				} catch (error) {
					console.error(error);
				}
			};
			listeners.add(tell);
			tell();
			return () => listeners.delete(tell);
		}
	};
}

// src/gate/index.ts
/** See `Gate`. Does by itself what cannot wait, and calls for the rest where there is something to look after. */
function createGate(port) {
	const filled = [];
	let allowed;
	let keeper;
	let called;
	const watcher = new MutationObserver((records) => records.some(concerns) && look());
	function look() {
		filled.push(...fill());
		const elements = [...document.querySelectorAll(GATED)];
		const open = elements.some(({ dataset }) => permitted(needs(dataset), allowed));
		if (open) import("./release.js").catch(() => {});
		if (open || elements.some((element) => element.matches("iframe,[data-samtycke-purpose]:not(script)"))) call();
		else if (elements[0]) port.document().then((banner) => {
			if (banner && elements.some(({ dataset }) => !knows(banner, needs(dataset)))) call();
		}).catch(() => {});
	}
	function call() {
		called ??= import("./keeper.js").then(({ createKeeper }) => {
			if (!allowed || keeper) return;
			watcher.disconnect();
			keeper = createKeeper(port, filled);
			keeper.sync(allowed);
		}, (error) => {
			called = void 0;
			console.warn(error);
		});
	}
	return {
		sync(next) {
			if (!allowed) watcher.observe(document, {
				childList: true,
				subtree: true
			});
			allowed = next;
			keeper ? keeper.sync(next) : look();
		},
		ran: () => keeper?.ran() ?? [],
		stop() {
			watcher.disconnect();
			keeper?.stop();
			allowed = keeper = called = void 0;
		}
	};
}

// src/setup.ts
/** Longest wait for an answer; milliseconds. Browsers that cannot count to it wait as long as they do anyway. */
const ANSWER_MS_MAX = 1e4;
/** Longest wait for a part that others do not depend on; milliseconds. */
const PART_MS_MAX = 1500;
/** Longest wait for a quiet moment; milliseconds. */
const IDLE_MS_MAX = 2e3;
/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
function attempt(run) {
	try {
		return run();
	} catch {}
}
/** A part of us that is missing keeps nothing else from working, and is not kept quiet about. */
const report = (error) => console.error("samtycke: see samtycke site embed --check", error);
/** Starts in this page. What is permitted is released before it returns, unless nobody sees the page yet. */
function start(given) {
	const options = { ...given };
	const end = new AbortController();
	const allowed = (word) => !end.signal.aborted && isPermitted(word, page.view());
	const site = /^pk_(?:test_)?([\da-f]{12})_/.exec(options.key)?.[1] ?? "";
	const bridged = (options.google ?? false) !== false;
	let asked;
	let released = false;
	let record;
	const banner = (anew) => asked = !anew && asked || fetchBanner();
	const page = {
		options,
		server: new URL((options.server ?? "").replace(/\/?$/, "/"), location.href).href,
		site,
		key: `samtycke-1:${site}`,
		skew: 0,
		view() {
			const clock = Math.floor(Date.now() / 1e3);
			const box = parseBox(page.memory ?? attempt(() => localStorage.getItem(page.key)));
			return {
				stored: newest([...ourValues(attempt(() => document.cookie) ?? "", site), box.k ?? ""], site),
				box,
				gpc: navigator.globalPrivacyControl === true,
				clock,
				now: clock + page.skew,
				deferred: attempt(() => sessionStorage.getItem(page.key)) === "d",
				held: bridged && !(page.bridge && page.known)
			};
		},
		banner,
		changed() {
			if (end.signal.aborted) return;
			page.bridge?.();
			if (released) page.gate.sync(allowed);
			if (store.set(stateOf(page.view())) && released) tell("change");
		},
		ended: end.signal,
		gate: createGate({
			...options,
			ask: (words, said) => void load(said ? "give" : "open", words).catch(report),
			document: banner
		})
	};
	async function fetchBanner() {
		const { key, variant, language = document.documentElement.lang } = options;
		const url = new URL(`v1/banner/${key}`, page.server);
		if (language) url.searchParams.set("language", language);
		if (variant && variant !== "adult") url.searchParams.set("variant", variant);
		try {
			const response = await fetch(url, { signal: AbortSignal.timeout?.(ANSWER_MS_MAX) });
			if (response.ok) {
				page.known = await response.json();
				page.changed();
				return page.known;
			}
		} catch {}
		asked = void 0;
	}
	const tell = (name) => document.dispatchEvent(new CustomEvent(`samtycke:${name}`, { detail: store.state() }));
	/** Waits for a part of us, but not for long. */
	const soon = (part) => Promise.race([part.catch(report), new Promise((done) => setTimeout(done, PART_MS_MAX))]);
	/** Loads what asks and records, and has it do something. A failure is not remembered: the network may come back. */
	const load = (act, what) => {
		record ??= import("./record.js").then((module) => module.attach(page));
		return record.then((to) => act && to[act](what), (error) => {
			record = void 0;
			throw error;
		});
	};
	const loadQuietly = () => void load().catch(report);
	async function begin() {
		if (document.hidden) await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
		if (attempt(() => localStorage.getItem(`${page.key}:gone`))) await soon(import("./clear.js").then((module) => module.finish(page)));
		if (end.signal.aborted) return;
		const { choice, allowed: permitted } = store.state();
		released = true;
		page.changed();
		banner();
		if (choice !== "refused" && !permitted.length) loadQuietly();
		else (globalThis.requestIdleCallback ?? setTimeout)(loadQuietly, { timeout: IDLE_MS_MAX });
		addEventListener("online", loadQuietly, { signal: end.signal });
		await bridge;
		tell("ready");
	}
	const store = createStore(stateOf(page.view()));
	const bridge = bridged && soon(import("./google.js").then((module) => module.bridge(page, allowed)));
	return {
		site,
		allowed,
		state: store.state,
		subscribe: store.subscribe,
		open: () => load("open"),
		language: (tag) => load("speak", tag),
		withdraw: (purposes) => load("withdraw", purposes),
		ready: begin(),
		stop() {
			end.abort();
			page.gate.stop();
		}
	};
}

export { ANSWER_MS_MAX, attempt, report, start };