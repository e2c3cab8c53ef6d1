import { ANSWER_MS_MAX, COOKIE, DAY_S, attempt, isConfirmed, parseChoice, reasonOf } from "./shared-box.js";

// src/core/ask.ts
/**
* The purposes that a prompt is for; empty: nobody is prompted.
*
* A refusal is remembered for the purpose's `reask_s`, unless the notice has changed in a way that needs asking again. Of
* what was chosen, only new purposes and those whose answer the server says has run out are asked. While the browser sends
* GPC, what GPC denies is not asked: the answer has been given.
*/
function toAsk(banner, view) {
	const { stored, box, gpc, now, deferred } = view;
	if (deferred || box.q.some((entry) => entry.yes.length)) return [];
	const purposes = banner.purposes.filter((purpose) => !(gpc && purpose.gpc));
	if (!stored) return purposes;
	if (!stored.token) {
		const stands = [banner.notice.slice(7, 15), ...banner.quiet].includes(stored.notice8);
		return purposes.filter((purpose) => !stands || now >= stored.at + 86400 + purpose.reask_s);
	}
	if (now >= stored.token.expires) return purposes;
	if (!isConfirmed(stored.token, view)) return [];
	return purposes.filter((purpose) => {
		const index = stored.purposes.findIndex((known) => known.id === purpose.id);
		const known = stored.purposes[index];
		return !known || known.ask && !known.given && !stored.token.minus.includes(index);
	});
}

// src/core/format.ts
/** Writes what cookie.ts reads. */
/** Seconds that the cookie lives: under 13 months, however short they are. */
const COOKIE_AGE_S = 390 * DAY_S;
/**
* A refusal. It holds a number, a day and a notice, and nothing that tells one person from another. A `now` of 0 makes it
* one that may be asked again at once: a yes came after it, and is still on its way.
*/
function formatRefusal(n, now, notice8) {
	return `r.${n}.${Math.floor(now / DAY_S).toString(36)}.${notice8}`;
}
/** What was given, less what was withdrawn here since. */
function formatGiven(n, text, capability, minus) {
	return `g.${n}.${text}.${capability}${minus.length ? `.${minus.join("-")}` : ""}`;
}

// src/record/browser.ts
/** The record's port in a browser. */
/** A port over the page's storage, clock, chance and network. */
function browserPort(page, { changed, news }) {
	const { server, options } = page;
	const isFirstParty = new URL(server).origin === location.origin;
	return {
		view: page.view,
		changed,
		news,
		writeCookie(value) {
			const parts = [
				`${COOKIE}=${value ?? ""}`,
				`Path=${options.cookiePath ?? "/"}`,
				"SameSite=Lax",
				`Max-Age=${value ? COOKIE_AGE_S : 0}`
			];
			if (location.protocol === "https:") parts.push("Secure");
			attempt(() => {
				document.cookie = parts.join("; ");
			});
			return !value || !!attempt(() => document.cookie.includes(value));
		},
		writeBox(text) {
			page.memory = void 0;
			try {
				if (text) localStorage.setItem(page.key, text);
				else localStorage.removeItem(page.key);
			} catch {
				page.memory = text;
			}
		},
		random: (length) => crypto.getRandomValues(new Uint8Array(length)),
		async post(path, body, capability, n) {
			const headers = {
				Authorization: `Bearer ${options.key}`,
				"Content-Type": "application/json"
			};
			if (capability) headers["Samtycke-Capability"] = capability;
			if (n && isFirstParty) headers["Samtycke-Choice"] = `${n}`;
			const request = (keepalive) => fetch(`${server}v1/${path}`, {
				method: "POST",
				headers,
				body: JSON.stringify(body),
				keepalive,
				signal: AbortSignal.timeout(ANSWER_MS_MAX)
			});
			try {
				const response = await request(true).catch(() => request(false));
				return {
					status: response.status,
					body: await response.json().catch(() => ({})),
					retryAfter: Number(response.headers.get("Retry-After")) || 0
				};
			} catch {
				return {
					status: 0,
					body: {},
					retryAfter: 0
				};
			}
		},
		async lock(run) {
			if (navigator.locks) await navigator.locks.request("samtycke-1", { signal: page.ended }, run).catch(() => {});
			else await run();
		},
		wait(ms, run) {
			const timer = setTimeout(run, ms);
			page.ended.addEventListener("abort", () => clearTimeout(timer));
		},
		clockIs(seconds) {
			page.skew = seconds - Math.floor(Date.now() / 1e3);
		}
	};
}

// src/core/id.ts
/** Names that this browser makes. The bytes are those of samtycke-core (`id.rs`). */
/** Unpadded base64url. */
function base64url(bytes) {
	return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds and ten random bytes. */
function eventId(unixMs, random) {
	const bytes = [...random];
	bytes[0] = 112 | bytes[0] & 15;
	bytes[2] = 128 | bytes[2] & 63;
	return (unixMs.toString(16).padStart(12, "0") + bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
/** The subject that a capability opens: a hash, so that who knows the subject's name alone can neither read nor change it. */
async function subjectOf(capability) {
	const secret = atob(capability.replace(/-/g, "+").replace(/_/g, "/"));
	const bytes = Uint8Array.from(`samtycke/subject/v1\n${secret}`, (character) => character.charCodeAt(0));
	return `s_${base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 16))}`;
}

// src/core/outbox.ts
/** Most entries; a submission is about 1 KiB, and browsers give a site some 5 MiB. */
const ENTRIES_MAX = 64;
/** Seconds after which a grant that could not be sent is given up: the server would not let it act either. */
const GRANT_AGE_MAX_S = 30 * DAY_S;
/** Whether it only narrows. */
function isNo(entry) {
	return !entry.yes.length;
}
/** The box with one more entry. Where there are too many, the oldest grant leaves: the new one itself if need be. */
function enqueue(box, entry) {
	const q = [...box.q, entry];
	const oldest = q.findIndex((old) => !isNo(old));
	if (q.length > 64 && oldest >= 0) q.splice(oldest, 1);
	return {
		...box,
		q
	};
}
/** What to send now: the oldest no, or else the oldest grant. So no grant leaves while a no is open. */
function next(box) {
	return box.q.find(isNo) ?? box.q[0];
}
/** Ids that a new entry comes after. Only a no among them can keep a grant from acting. */
function afterIds(box) {
	return box.q.filter((entry) => entry.no.length).slice(-16).map((entry) => entry.id);
}
/** Whether a grant has waited too long. A clock that was put back makes it young again, and the server judges. */
function isLate(entry, now) {
	return !isNo(entry) && now - entry.at > GRANT_AGE_MAX_S;
}
/** Whether a status says nothing about what was sent. 0: there was no answer. */
function isRetry(status) {
	return status < 200 || status >= 300 && status < 400 || status >= 500 || [
		408,
		425,
		429
	].includes(status);
}
/** What the answer's status means for an entry. */
function fateOf(entry, status) {
	if (isRetry(status)) return "retry";
	if (status < 300) return "done";
	return isNo(entry) ? [
		404,
		410,
		422
	].includes(status) ? "over" : "retry" : "dropped";
}
/** The number of the newest choice that this browser knows. */
function newestNumber(box, stored) {
	return Math.max(stored?.n ?? 0, ...box.q.map((entry) => entry.n));
}

// src/core/choose.ts
/** The value after purposes were taken away. `empty`: without an identifier where nothing given is left. */
function narrowed(stored, ids, n, now, empty) {
	const { token, purposes, notice8 } = stored;
	const minus = purposes.flatMap(({ id, given }, i) => token.minus.includes(i) || given && ids.includes(id) ? [i] : []);
	return empty && purposes.every(({ id, given }) => !given || ids.includes(id)) ? formatRefusal(n, now, notice8) : formatGiven(n, token.text, token.capability, minus);
}
/**
* Works a choice out. A no is in `value` at once; a yes is only queued. `top` is the highest number that this page has
* used, for storage may have been cleared since.
*/
function choose(view, saying, random, top) {
	const { stored, now, gpc } = view;
	const { yes, method, banner, decision } = saying;
	const given = (stored?.purposes ?? []).filter((purpose) => purpose.given).map((purpose) => purpose.id);
	const open = [.../* @__PURE__ */ new Set([...given, ...view.box.q.flatMap((entry) => entry.yes)])];
	const no = (saying.no ?? open).filter((id) => !yes.includes(id));
	const taken = open.filter((id) => no.includes(id));
	const n = Math.max(top, newestNumber(view.box, stored)) + 1;
	const known = stored?.token?.capability ?? view.box.c;
	const capability = known ?? (yes.length ? base64url(random(32)) : "");
	const shown = decision && banner;
	let box = view.box;
	/** One submission: these purposes, with these words. */
	function submit(said) {
		const decisions = Object.entries(said).flatMap(([word, ids]) => ids.map((id) => {
			const purpose = word === "given" ? banner?.purposes.find((asked) => asked.id === id) : void 0;
			return {
				purpose: id,
				decision: word,
				...purpose?.own_statement && { explicit: true },
				...purpose?.gpc && gpc && decision?.gpc_shown && { gpc_acknowledged: true }
			};
		}));
		if (!decisions.length) return;
		const seen = box.c === capability ? box.s : 0;
		const id = eventId(now * 1e3, random(10));
		const body = {
			event_id: id,
			notice: shown?.notice,
			language: shown?.language,
			variant: shown?.variant,
			method,
			based_on: Math.max(seen, stored?.token?.seq ?? 0),
			after: afterIds(box),
			decisions,
			occurred_at: (/* @__PURE__ */ new Date(now * 1e3)).toISOString(),
			signals: { gpc },
			ui_hash: decision?.ui_hash,
			surface: "web"
		};
		const entry = {
			id,
			n,
			at: now,
			yes: [...said.given],
			no: [...said.withdrawn, ...said.refused],
			c: capability,
			body
		};
		box = enqueue({
			...box,
			c: capability,
			s: seen
		}, entry);
	}
	const never = no.filter((id) => !taken.includes(id));
	if (known) submit({
		given: [],
		withdrawn: taken,
		refused: yes.length ? [] : never
	});
	if (yes.length) submit({
		given: yes,
		withdrawn: [],
		refused: never
	});
	let value;
	if (!yes.length && taken.length === open.length && (taken.length || decision || !saying.no)) value = formatRefusal(n, now, banner?.notice.slice(7, 15) ?? stored?.notice8 ?? "00000000");
	else if (given.some((id) => no.includes(id))) value = narrowed(stored, no, n, now, false);
	else if (yes.length && stored?.kind === "refused") value = formatRefusal(stored.n, 0, stored.notice8);
	return {
		n,
		box,
		value,
		taken
	};
}

// src/record/session.ts
/** First wait before another try, and the longest; milliseconds. Up to half is added by chance: 1 s to 5 min. */
const RETRY_MS = 1e3;
const RETRY_MS_MAX = 2e5;
/** The record of one page. */
function createSession(port) {
	/** The newest choice that this page has seen: an answer that sets an older cookie does not undo it. */
	let seen = {
		n: 0,
		value: ""
	};
	let top = 0;
	let failures = 0;
	let waiting = false;
	let held = false;
	let healed = false;
	const sending = /* @__PURE__ */ new Set();
	function write(box, value) {
		save({
			...box,
			k: port.writeCookie(value) ? void 0 : value
		});
		look();
	}
	function look() {
		const { stored } = port.view();
		if (stored && stored.n >= seen.n) seen = stored;
	}
	function save(box) {
		port.writeBox(box.c || box.k || box.q.length ? JSON.stringify(box) : void 0);
	}
	function say(saying) {
		const { n, box, value, taken } = choose(port.view(), saying, port.random, top);
		top = n;
		if (value) write(box, value);
		else save(box);
		if (value && !box.c && saying.banner) count("refused", saying.banner, n);
		port.changed();
		flush();
		return taken;
	}
	function count(choice, { notice }, n) {
		port.post("tallies", {
			notice,
			choice
		}, void 0, n).then(mend);
	}
	function decide(decision, banner) {
		const { kind, given, refused, method } = decision;
		const { stored, box } = port.view();
		const all = [...stored?.purposes.map((purpose) => purpose.id) ?? [], ...box.q.flatMap((entry) => entry.yes)];
		return say({
			yes: kind === "refuse" ? [] : given,
			no: kind === "refuse" ? [.../* @__PURE__ */ new Set([
				...refused,
				...given,
				...all
			])] : refused,
			method,
			banner,
			decision
		});
	}
	function withdraw(purposes, banner) {
		return say({
			yes: [],
			no: purposes,
			method: "api",
			banner
		});
	}
	/** Takes a token over, unless something newer was said or seen. */
	function adopt(view, text, entry, subject) {
		const { stored, box } = view;
		const fresh = parseChoice(`g.0.${text}.${entry.c}`);
		if (fresh?.token?.subject !== subject || fresh.token.seq < box.s) return false;
		if (stored && (stored.token ? stored.token.signed > fresh.at : stored.n >= entry.n)) return false;
		const taken = new Set(box.q.filter((other) => other.n >= entry.n).flatMap((other) => other.no));
		for (const index of stored?.token?.minus ?? []) {
			const { id } = stored.purposes[index];
			if (stored.n > entry.n || !entry.yes.includes(id)) taken.add(id);
		}
		const minus = fresh.purposes.flatMap(({ id, given }, i) => given && taken.has(id) ? [i] : []);
		const n = Math.max(entry.n, stored?.n ?? 0);
		write(box, formatGiven(n, text, entry.c, minus));
		return true;
	}
	/** Undoes a cookie of the server's that came in later than a newer choice. */
	function mend() {
		const { stored, box } = port.view();
		if (stored && stored.n < seen.n) write(box, seen.value);
		else look();
		return port.view();
	}
	async function send(path, body, capability, n) {
		const { stored, box } = port.view();
		const sets = n >= newestNumber(box, stored) && !stored?.token?.minus.length;
		try {
			const subject = await subjectOf(capability);
			return [subject, await port.post(path, {
				...body,
				subject
			}, capability, sets ? n : void 0)];
		} catch {
			return ["", {
				status: 0,
				body: {},
				retryAfter: 0
			}];
		}
	}
	/** Sends what waits, one after the other: what narrows, or what gives. False where it has to be tried again. */
	async function drain(no) {
		if (sending.has(no)) return;
		sending.add(no);
		for (;;) {
			const entry = next(port.view().box);
			if (!entry || isNo(entry) !== no || held) break;
			const [subject, answer] = await send(no ? "withdrawals" : "consents", entry.body, entry.c, entry.n);
			if (!settle(entry, subject, answer)) break;
		}
		sending.delete(no);
	}
	function settle(entry, subject, { status, body, retryAfter }) {
		const fate = fateOf(entry, status);
		let view = mend();
		if (fate === "retry") {
			if (!isNo(entry)) port.news("pending");
			return retry(retryAfter);
		}
		failures = 0;
		const { box } = view;
		if (!box.q.some((open) => open.id === entry.id)) return true;
		const left = {
			...box,
			q: box.q.filter((open) => open.id !== entry.id)
		};
		if (fate === "done" && box.c === entry.c) left.s = Math.max(box.s, body.seq ?? 0);
		save(left);
		const latest = entry.n >= newestNumber(box, view.stored);
		view = port.view();
		if (isNo(entry) && view.stored?.token && view.stored.n < entry.n) write(view.box, narrowed(view.stored, entry.no, entry.n, view.now, !view.box.q.length));
		if (fate === "done" && body.cookie) adopt(port.view(), body.cookie, entry, subject);
		tidy();
		port.changed();
		if (!isNo(entry) && latest) {
			const lost = body.decisions?.some((one) => one.outcome === "superseded" && entry.yes.includes(one.purpose));
			port.news(fate === "done" && !lost ? "saved" : "again");
		}
		return true;
	}
	/** Nothing given and nothing under way: then there is nobody whom this browser needs to know. */
	function tidy() {
		const { stored, box, now } = port.view();
		if (box.q.length) return;
		if (stored?.token?.minus.length && !stored.purposes.some((purpose) => purpose.given)) write({
			s: 0,
			q: []
		}, narrowed(stored, [], stored.n, now, true));
		else if (!stored?.token) save({
			s: 0,
			q: [],
			k: box.k
		});
	}
	/** Asks the server whether what was given still stands. */
	async function renew() {
		const { stored, box, now } = port.view();
		const token = stored?.token;
		if (!token || box.q.length || held || now >= token.expires) return;
		const age = now - token.signed;
		if (age >= 0 && age < 900 && !token.minus.length && isConfirmed(token, port.view())) return;
		const [subject, { status, body, retryAfter }] = await send("cookie", {}, token.capability, stored.n);
		const view = mend();
		if (isRetry(status)) return void retry(retryAfter);
		failures = 0;
		if (view.stored?.token?.capability !== token.capability) return;
		if (status === 200 && body.cookie) {
			if (adopt(view, body.cookie, {
				c: token.capability,
				n: stored.n,
				yes: []
			}, subject)) port.clockIs(port.view().stored.at);
			await heal();
		} else if ((status === 200 || status === 410) && view.stored.n === stored.n && !view.box.q.length) {
			seen = {
				n: 0,
				value: ""
			};
			write({
				s: 0,
				q: []
			}, void 0);
		}
		port.changed();
	}
	/** What was taken back here and still stands at the server was never heard there: said again, once a page. */
	async function heal() {
		const { stored, box } = port.view();
		const minus = stored?.token?.minus ?? [];
		if (healed || box.q.length || !minus.length) return;
		healed = true;
		const no = minus.map((index) => stored.purposes[index].id);
		const purposes = stored.purposes.map((one) => no.includes(one.id) ? {
			...one,
			given: true
		} : one);
		const view = {
			...port.view(),
			stored: {
				...stored,
				purposes
			}
		};
		save(choose(view, {
			yes: [],
			no,
			method: "api",
			banner: void 0
		}, port.random, top).box);
		await drain(true);
	}
	function retry(seconds) {
		held ||= seconds > 0;
		if (waiting) return false;
		waiting = true;
		const wait = Math.min(RETRY_MS * 2 ** failures++, RETRY_MS_MAX) * (1 + port.random(1)[0] / 512);
		port.wait(Math.max(wait, seconds * 1e3), () => {
			waiting = held = false;
			flush();
		});
		return false;
	}
	async function flush() {
		look();
		const { box, stored, now } = port.view();
		const late = box.q.filter((entry) => isLate(entry, now));
		if (late.length) {
			save({
				...box,
				q: box.q.filter((entry) => !late.includes(entry))
			});
			tidy();
			port.changed();
			if (late.some((entry) => entry.n >= newestNumber(box, stored))) port.news("again");
		}
		await drain(true);
		await port.lock(async () => {
			await drain(false);
			await renew();
		});
	}
	return {
		decide,
		withdraw,
		count,
		flush,
		look
	};
}

// src/record/index.ts
/** How often a page that stays open looks whether what it relies on is still confirmed; milliseconds. */
const LOOK_MS = 9e5;
/** Takes a page over. To be called once. */
function attach(page) {
	const { options, ended } = page;
	const channel = attempt(() => new BroadcastChannel("samtycke-1"));
	const session = createSession(browserPort(page, {
		changed() {
			changed();
			channel?.postMessage(0);
		},
		news
	}));
	let ui;
	let banner;
	let asking = false;
	/** Closed or answered in this page, so not asked again here. */
	let quiet = false;
	/** A yes does not hold: asked again, whatever else is known. */
	let again = false;
	let before = standing(page.view());
	/** Looks at everything anew: what is released, what has to be cleared, whether somebody is asked. */
	function changed() {
		page.changed();
		const now = standing(page.view());
		const taken = before.filter((id) => !now.includes(id));
		before = now;
		if (taken.length) clear(taken, now);
		consider().catch(() => {});
	}
	/** Clears what purposes left behind, and reloads where something of theirs still runs. */
	async function clear(taken, kept) {
		const { purposes = [] } = await page.banner() ?? {};
		const uses = (ids) => purposes.filter(({ id }) => ids.includes(id)).flatMap((p) => p.terminal);
		const needed = uses(kept).map((use) => use.name);
		const gone = uses(taken).filter((use) => !needed.includes(use.name));
		if (gone.length) await import("./clear.js").then((module) => module.clearTerminal(gone)).catch(() => {});
		const view = page.view();
		if (page.gate.ran().some((word) => /^(refused|no_choice|pending)$/.test(reasonOf(word, view)))) location.reload();
	}
	async function consider() {
		banner = await page.banner();
		const wanted = !!banner && (again || !quiet && toAsk(banner, page.view()).length > 0);
		if (ended.aborted || wanted === asking) return;
		asking = wanted;
		const drawn = await loadUi();
		if (asking) drawn.prompt();
		else drawn.close();
	}
	function loadUi() {
		ui ??= draw().catch((error) => {
			ui = void 0;
			asking = false;
			throw error;
		});
		return ui;
	}
	async function draw() {
		const [{ mount }, document] = await Promise.all([import("./ui.js"), page.banner()]);
		if (!document) throw new Error("samtycke: the server cannot be reached");
		const drawn = mount({
			document,
			options: {
				control: options.control ?? "auto",
				position: options.position ?? "bottom",
				theme: options.theme ?? "auto",
				...options.nonce && { nonce: options.nonce }
			},
			get gpc() {
				return page.view().gpc;
			},
			chosen,
			acknowledged: (id) => !!page.view().stored?.purposes.some((one) => one.id === id && one.given && !one.gpc),
			decide: (decision) => decide(decision, document),
			shown: () => session.count("shown", document)
		});
		ended.addEventListener("abort", drawn.unmount);
		if (options.control !== "none") drawn.control();
		return drawn;
	}
	function chosen(id) {
		const { stored, box } = page.view();
		for (const entry of [...box.q].sort((a, b) => b.n - a.n)) {
			if (entry.yes.includes(id)) return true;
			if (entry.no.includes(id)) return false;
		}
		return stored && (stored.token ? stored.purposes.find((purpose) => purpose.id === id)?.given : false);
	}
	function decide(decision, document) {
		again = false;
		if (decision.kind === "defer") {
			quiet = true;
			attempt(() => sessionStorage.setItem("samtycke-1", "d"));
			session.count("deferred", document);
			changed();
			return;
		}
		const taken = session.decide(decision, document);
		if (!decision.given.length) say(taken.length ? "withdrawn" : "saved");
	}
	async function withdraw(purposes) {
		const view = page.view();
		const ids = view.stored?.purposes.filter(({ category }) => purposes?.includes(category)).map(({ id }) => id) ?? [];
		const known = view.stored || view.box.q.length ? banner : await page.banner();
		again = false;
		if (session.withdraw(purposes && [...purposes, ...ids], known).length) say("withdrawn");
	}
	function news(news) {
		quiet ||= news === "saved";
		again = news === "again";
		say(news);
		changed();
	}
	function say(word) {
		ui?.then((drawn) => drawn.say(word === "again" || !banner ? "" : banner.words[word])).catch(() => {});
	}
	function wake() {
		session.look();
		changed();
		session.flush();
	}
	const signal = { signal: ended };
	for (const event of ["online", "pageshow"]) addEventListener(event, wake, signal);
	document.addEventListener("visibilitychange", () => document.hidden || wake(), signal);
	const timer = setInterval(() => document.hidden || wake(), LOOK_MS);
	if (channel) channel.onmessage = () => {
		session.look();
		changed();
	};
	ended.addEventListener("abort", () => {
		clearInterval(timer);
		channel?.close();
	});
	wake();
	if (options.control !== "none") loadUi().catch(() => {});
	return {
		open: async () => (await loadUi()).settings(),
		withdraw
	};
}
/** Purposes that are given, by this browser's word. */
function standing({ stored, box }) {
	return (stored?.purposes ?? []).filter(({ id, given }) => given && !box.q.some((entry) => entry.no.includes(id))).map(({ id }) => id);
}

export { attach };