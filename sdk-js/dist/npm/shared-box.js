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

// src/core/cookie.ts
/**
* Name of a site's cookie. The number is the form's: another form gets another name. Sites that share a host must not read
* each other's, whatever ports or paths they are at.
*/
const cookieName = (site) => `samtycke-consent-1-${site}`;
/** Each is signed as its first letter. */
const CATEGORIES = [
	"necessary",
	"preferences",
	"statistics",
	"marketing"
];
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
/**
* The choice that a value of this site's cookie says, or nothing where it is damaged, or was signed for another site. Never
* throws.
*/
function parseChoice(value, site) {
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
		const { v, i, n: notice8, seq, iat, exp } = signed;
		const purposes = signed.p.map(([id, letter, bits]) => ({
			id,
			category: CATEGORIES.find((category) => category[0] === letter && bits < 16),
			given: !!(bits & 1),
			gpc: !!(bits & 2),
			ask: !!(bits & 4),
			google: !!(bits & 8)
		}));
		const without = minus ? minus.split("-") : [];
		for (const index of without) purposes[index].given = false;
		if (v !== 1 || i !== site || JSON.stringify(signed) !== json || Object.keys(signed).length !== 11 || ![
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
function newest(values, site) {
	return values.flatMap((value) => parseChoice(value, site) ?? []).sort((a, b) => b.n - a.n || givenOf(a) - givenOf(b))[0];
}
/** Values of the site's cookie in `document.cookie`: there can be several, with other paths or domains. */
function ourValues(cookies, site) {
	const name = `${cookieName(site)}=`;
	return cookies.split("; ").flatMap((cookie) => cookie.startsWith(name) ? cookie.slice(name.length) : []);
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
/**
* Whether the person has said yes to a purpose, or to a category as a whole, by this browser's word. `strict`: and no signal
* or missing part stands against it. `shop.film/videohuset`: a yes to the purpose is one to each of its services that was
* not asked by itself.
*/
function isGiven(word, { stored, box, gpc, held }, strict) {
	const named = (name) => stored?.purposes.filter((purpose) => purpose.id === name || purpose.category === name) ?? [];
	const asked = [...named(word), ...named(word.split("/")[0])];
	const about = asked.filter(({ id }) => id === word);
	return (about[0] ? about : asked).every(({ id, given, gpc: denied, google }) => given && !(strict && (gpc && denied || held && google)) && !box.q.some(({ no }) => no.includes(id))) && !!asked[0];
}
/** Whether it may be done now. */
function isPermitted(word, view) {
	const token = view.stored?.token;
	return word === "necessary" || !!token && view.now < token.expires && isConfirmed(token, view) && isGiven(word, view, true);
}
/** The snapshot that a page sees. */
function stateOf(view) {
	const { stored, box, gpc, deferred } = view;
	return {
		choice: box.q.some((entry) => entry.yes[0]) ? "given" : stored?.kind ?? (deferred ? "deferred" : "none"),
		pending: !!box.q[0],
		gpc,
		allowed: (stored?.purposes ?? []).flatMap(({ id }) => isPermitted(id, view) ? id : [])
	};
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

export { ANSWER_MS_MAX, DAY_S, attempt, cookieName, isConfirmed, isGiven, isPermitted, parseChoice, report, start };