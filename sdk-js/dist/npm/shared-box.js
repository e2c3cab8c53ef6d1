import { GATED, concerns, fill } from "./shared-markup.js";
import { knows, needs, permitted } from "./shared-needs.js";

// src/core/box.ts
/** The box that a text says. What is damaged is left out: it permits nothing by being missing. Never throws. */
function parseBox(text) {
	try {
		const { c, s, q, k } = JSON.parse(text);
		return {
			c,
			s: +s || 0,
			q: q.filter(({ yes, no }) => Array.isArray(yes) && Array.isArray(no)),
			k
		};
	} catch {
		return {
			s: 0,
			q: []
		};
	}
}

// src/core/cookie.ts
/** Name of the cookie. The number is the form's: another form gets another name. */
const COOKIE = "samtycke-consent-1";
const CATEGORIES = {
	n: "necessary",
	p: "preferences",
	s: "statistics",
	m: "marketing"
};
const FORM = /^(?:r\.([1-9]\d{0,9})\.(0|[1-9a-z][\da-z]{0,5})\.([\da-f]{8})|g\.([1-9]\d{0,9})\.(([\w-]+)\.[\w-]{86})\.([\w-]{43})(?:\.(\d+(?:-\d+)*))?)$/;
/** Largest number of a choice, and longest value: the server's limits. */
const NUMBER_MAX = 2 ** 31;
const VALUE_MAX = 4096;
/** A day in seconds: refusals are dated no finer, so that the date singles nobody out. */
const DAY_S = 86400;
/** The text that unpadded base64url spells, a character for a byte. Throws where it is none. */
function fromBase64url(text) {
	return atob(text.replace(/-/g, "+").replace(/_/g, "/"));
}
/** The choice that a cookie's value says, or nothing where it is damaged. Never throws. */
function parseChoice(value) {
	const [, refusal, day, notice8, count, text, payload, capability, minus = ""] = FORM.exec(value) ?? [];
	const n = +(refusal ?? count ?? NaN);
	if (!(n <= NUMBER_MAX) || value.length > VALUE_MAX) return;
	if (refusal) return {
		value,
		n,
		kind: "refused",
		at: parseInt(day, 36) * DAY_S,
		notice8,
		purposes: []
	};
	try {
		const json = fromBase64url(payload);
		const signed = JSON.parse(json);
		const { v, n: notice8, sub: subject, seq, iat, exp } = signed;
		const purposes = signed.p.map(([id, letter, bits]) => ({
			id,
			category: CATEGORIES[bits > 7 ? "" : letter],
			given: !!(bits & 1),
			gpc: !!(bits & 2),
			ask: !!(bits & 4)
		}));
		const without = minus ? minus.split("-") : [];
		for (const index of without) purposes[index].given = false;
		if (v !== 1 || JSON.stringify(signed) !== json || Object.keys(signed).length !== 10 || ![
			seq,
			iat,
			exp
		].every(Number.isSafeInteger) || !purposes.every((purpose) => purpose.category) || new Set(without).size < without.length) return;
		return {
			value,
			n,
			kind: "given",
			at: iat,
			notice8,
			purposes,
			token: {
				text,
				subject,
				capability,
				seq,
				signed: iat,
				expires: exp,
				minus: without.map(Number)
			}
		};
	} catch {}
}
const givenOf = (choice) => choice.purposes.filter((purpose) => purpose.given).length;
/** Which of several choices holds: the one with the highest number, of two equals the one that gives less. */
function newest(values) {
	return values.map(parseChoice).filter((choice) => choice !== void 0).sort((a, b) => b.n - a.n || givenOf(a) - givenOf(b))[0];
}
/** Values of our cookie in `document.cookie`: there can be several, with other paths or domains. */
function ourValues(cookies) {
	return cookies.split("; ").filter((cookie) => cookie.startsWith(`${COOKIE}=`)).map((cookie) => cookie.slice(19));
}

// src/core/permission.ts
/** Seconds by which a token may seem to come from the future: clocks differ. */
const AHEAD_S = 300;
/**
* Whether the server confirmed the token recently enough to rely on: 24 hours is the published bound for browsers. A token
* from before what the server has acknowledged since is not: a cookie that the server sets can come in late.
*/
function isConfirmed({ capability, seq, signed }, { box, now }) {
	return now - signed <= 86400 && signed - now <= AHEAD_S && !(seq < box.s && capability === box.c);
}
/** Why a purpose, or a category as a whole, is or is not permitted. Only `necessary` and `given` permit. */
function reasonOf(word, view) {
	const { stored, box, gpc, now } = view;
	if (word === "necessary") return word;
	const asked = stored?.purposes.filter((purpose) => purpose.id === word || purpose.category === word) ?? [];
	const given = asked.every((purpose) => purpose.given && !box.q.some((entry) => entry.no.includes(purpose.id)));
	if (!asked.length || !given) {
		if (box.q.some((entry) => entry.yes.includes(word))) return "pending";
		return asked.length || stored?.kind === "refused" ? "refused" : stored ? "unknown" : "no_choice";
	}
	const token = stored.token;
	if (now >= token.expires) return "expired";
	if (!isConfirmed(token, view)) return "unconfirmed";
	return gpc && asked.some((purpose) => purpose.gpc) ? "gpc" : "given";
}
/** Whether it may be done now. */
function isPermitted(word, view) {
	return /^(necessary|given)$/.test(reasonOf(word, view));
}
/** The snapshot that a page sees. */
function stateOf(view) {
	const { stored, box, gpc, deferred } = view;
	return {
		choice: box.q.some((entry) => entry.yes[0]) ? "given" : stored?.kind ?? (deferred ? "deferred" : "none"),
		pending: !!box.q[0],
		gpc,
		allowed: (stored?.purposes ?? []).map((purpose) => purpose.id).filter((id) => isPermitted(id, view))
	};
}

// src/core/store.ts
/** A store that begins with this snapshot. */
function createStore(state) {
	const listeners = /* @__PURE__ */ new Set();
	const tell = (listener) => {
		try {
			listener(state);
		} catch (error) {
			console.error(error);
		}
	};
	return {
		state: () => state,
		set(next) {
			if (JSON.stringify(next) === JSON.stringify(state)) return false;
			state = next;
			for (const listener of [...listeners]) tell(listener);
			return true;
		},
		subscribe(listener) {
			const own = (state) => listener(state);
			listeners.add(own);
			tell(own);
			return () => listeners.delete(own);
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
/** Longest wait for an answer; milliseconds. */
const ANSWER_MS_MAX = 1e4;
/** Longest wait for a quiet moment; milliseconds. */
const IDLE_MS_MAX = 2e3;
/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
function attempt(run) {
	try {
		return run();
	} catch {}
}
/** Starts in this page. What is permitted is released before it returns, unless a bridge has to be told first. */
function start(options) {
	const end = new AbortController();
	const allowed = (word) => !end.signal.aborted && isPermitted(word, page.view());
	let asked;
	let tellBridge = () => {};
	let released = false;
	let record;
	const page = {
		options,
		server: new URL((options.server ?? "").replace(/\/?$/, "/"), location.href).href,
		key: `samtycke-1:${options.key}`,
		skew: 0,
		view() {
			const clock = Math.floor(Date.now() / 1e3);
			const box = parseBox(page.memory ?? attempt(() => localStorage.getItem(page.key)));
			return {
				stored: newest([...ourValues(attempt(() => document.cookie) ?? ""), box.k ?? ""]),
				box,
				gpc: navigator.globalPrivacyControl === true,
				clock,
				now: clock + page.skew,
				deferred: attempt(() => sessionStorage.getItem("samtycke-1")) === "d"
			};
		},
		banner: () => asked ??= fetchBanner(),
		changed() {
			if (released && !end.signal.aborted) {
				tellBridge();
				page.gate.sync(allowed);
			}
			if (store.set(stateOf(page.view())) && released) tell("change");
		},
		subscribe: (listener) => store.subscribe(listener),
		ended: end.signal,
		gate: createGate({
			nonce: options.nonce,
			theme: options.theme,
			ask: (words, said) => void load().then((recorder) => said ? recorder.give(words) : recorder.open()),
			document: () => page.banner()
		})
	};
	async function fetchBanner() {
		const languages = /* @__PURE__ */ new Set([
			options.language,
			document.documentElement.lang,
			...navigator.languages
		]);
		const query = new URLSearchParams({
			language: [...languages].filter(Boolean).join(),
			variant: options.variant ?? "adult"
		});
		try {
			const url = `${page.server}v1/banner/${options.key}?${query}`;
			const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
			if (response.ok) return await response.json();
		} catch {}
		asked = void 0;
	}
	const tell = (name) => document.dispatchEvent(new CustomEvent(`samtycke:${name}`, { detail: store.state() }));
	async function release() {
		if (options.google) {
			const [banner, { createGoogle }] = await Promise.all([page.banner(), import("./google.js")]);
			const google = createGoogle();
			tellBridge = () => google.update(banner?.purposes ?? [], allowed);
		}
		released = true;
		page.changed();
		tell("ready");
	}
	/** Loads what asks and records. A failure is not remembered: the network may come back. */
	const load = () => record ??= import("./record.js").then((module) => module.attach(page), (error) => {
		record = void 0;
		throw error;
	});
	const loadQuietly = () => void load().catch(() => {});
	const store = createStore(stateOf(page.view()));
	const ready = release();
	page.banner();
	const { choice, allowed: permitted } = store.state();
	if (choice === "none") import("./ui.js").catch(() => {});
	if (choice !== "refused" && !permitted.length) loadQuietly();
	else if (typeof requestIdleCallback === "function") requestIdleCallback(loadQuietly, { timeout: IDLE_MS_MAX });
	else setTimeout(loadQuietly);
	addEventListener("online", loadQuietly, { signal: end.signal });
	return {
		allowed,
		state: store.state,
		subscribe: page.subscribe,
		open: async () => (await load()).open(),
		language: async () => {},
		withdraw: async (purposes) => (await load()).withdraw(purposes),
		ready,
		stop() {
			end.abort();
			page.gate.stop();
		}
	};
}

export { ANSWER_MS_MAX, COOKIE, DAY_S, attempt, fromBase64url, isConfirmed, parseChoice, reasonOf, start };