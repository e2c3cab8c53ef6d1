import { allPermitted, canBePermitted, isPermitted, neededPurposes, newestChoice, siteCookieValues, stateOf } from "./shared-cookie.js";
import { GATED, moveChildrenToContent, touchesGated } from "./shared-markup.js";

// src/core/local-record.ts
/** Parses the stored text. Damaged parts are left out, which permits nothing. Never throws. */
function parseLocalRecord(text) {
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
/** Creates a store with this snapshot. */
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
/** See `Gate`. Does what cannot wait, and loads keeper.ts if the page has something to manage. */
function createGate(port) {
	const filled = [];
	let allowed;
	let keeper;
	let loading;
	const watcher = new MutationObserver((records) => records.some(touchesGated) && look());
	function look() {
		filled.push(...moveChildrenToContent());
		const elements = [...document.querySelectorAll(GATED)];
		const open = elements.some(({ dataset }) => allPermitted(neededPurposes(dataset), allowed));
		if (open) import("./release.js").catch(() => {});
		if (open || elements.some((element) => element.matches("iframe,[data-samtycke-purpose]:not(script)"))) loadKeeper();
		else if (elements[0]) port.document().then((banner) => {
			if (banner && elements.some(({ dataset }) => !canBePermitted(banner, neededPurposes(dataset)))) loadKeeper();
		}).catch(() => {});
	}
	function loadKeeper() {
		loading ??= import("./keeper.js").then(({ createKeeper }) => {
			if (!allowed || keeper) return;
			watcher.disconnect();
			keeper = createKeeper(port, filled);
			keeper.sync(allowed);
		}, (error) => {
			loading = void 0;
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
			allowed = keeper = loading = void 0;
		}
	};
}

// src/setup.ts
/** Longest wait for a response; milliseconds. Browsers without `AbortSignal.timeout` wait for their own limit. */
const ANSWER_MS_MAX = 1e4;
/** Longest wait for a part that others do not depend on; milliseconds. */
const PART_MS_MAX = 1500;
/** Longest wait for an idle moment; milliseconds. */
const IDLE_MS_MAX = 2e3;
/** The value, or undefined if the browser refuses: blocked storage throws at the first access. */
function attempt(run) {
	try {
		return run();
	} catch {}
}
/** A part that fails to load is reported, and does not stop the others. */
const reportError = (error) => console.error("samtycke: see samtycke site embed --check", error);
/** Starts in this page. Releases what is permitted before it returns, unless the page is not visible yet. */
function start(given) {
	const options = { ...given };
	const end = new AbortController();
	const allowed = (word) => !end.signal.aborted && isPermitted(word, page.view());
	const site = /^pk_(?:test_)?([\da-f]{12})_/.exec(options.key)?.[1] ?? "";
	const bridged = (options.google ?? false) !== false;
	let asked;
	let released = false;
	let recorder;
	const banner = (anew) => asked = !anew && asked || fetchBanner();
	const page = {
		options,
		server: new URL((options.server ?? "").replace(/\/?$/, "/"), location.href).href,
		site,
		key: `samtycke-1:${site}`,
		skew: 0,
		view() {
			const clock = Math.floor(Date.now() / 1e3);
			const local = parseLocalRecord(page.memory ?? attempt(() => localStorage.getItem(page.key)));
			return {
				stored: newestChoice([...siteCookieValues(attempt(() => document.cookie) ?? "", site), local.k ?? ""], site),
				local,
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
			if (store.set(stateOf(page.view())) && released) dispatch("change");
		},
		ended: end.signal,
		gate: createGate({
			...options,
			ask: (words, said) => void loadRecorder(said ? "grant" : "open", words).catch(reportError),
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
	const dispatch = (name) => document.dispatchEvent(new CustomEvent(`samtycke:${name}`, { detail: store.state() }));
	/** Waits for a part, but not for long. */
	const briefly = (part) => Promise.race([part.catch(reportError), new Promise((done) => setTimeout(done, PART_MS_MAX))]);
	/** Loads the recorder, and calls it. A failure is not remembered, because the network may come back. */
	const loadRecorder = (act, what) => {
		recorder ??= import("./record.js").then((module) => module.attach(page));
		return recorder.then((to) => act && to[act](what), (error) => {
			recorder = void 0;
			throw error;
		});
	};
	const loadInBackground = () => void loadRecorder().catch(reportError);
	async function begin() {
		if (document.hidden) await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
		if (attempt(() => localStorage.getItem(`${page.key}:gone`))) await briefly(import("./clear.js").then((module) => module.clearMarked(page)));
		if (end.signal.aborted) return;
		const { choice, allowed: permitted } = store.state();
		released = true;
		page.changed();
		banner();
		if (choice !== "refused" && !permitted.length) loadInBackground();
		else (globalThis.requestIdleCallback ?? setTimeout)(loadInBackground, { timeout: IDLE_MS_MAX });
		addEventListener("online", loadInBackground, { signal: end.signal });
		await bridge;
		dispatch("ready");
	}
	const store = createStore(stateOf(page.view()));
	const bridge = bridged && briefly(import("./google.js").then((module) => module.bridge(page, allowed)));
	return {
		site,
		allowed,
		state: store.state,
		subscribe: store.subscribe,
		open: () => loadRecorder("open"),
		setLanguage: (tag) => loadRecorder("setLanguage", tag),
		withdraw: (purposes) => loadRecorder("withdraw", purposes),
		ready: begin(),
		stop() {
			end.abort();
			page.gate.stop();
		}
	};
}

export { ANSWER_MS_MAX, attempt, reportError, start };