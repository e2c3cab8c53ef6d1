import { ANSWER_MS_MAX, COOKIE, DAY_S, attempt, fromBase64url, isConfirmed, parseChoice, reasonOf } from "./shared-box.js";

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
			const secure = location.protocol === "https:" ? "; Secure" : "";
			const age = value ? COOKIE_AGE_S : 0;
			attempt(() => {
				document.cookie = `${COOKIE}=${value ?? ""}; Path=${options.cookiePath ?? "/"}; SameSite=Lax; Max-Age=${age}${secure}`;
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
		uuid: () => crypto.randomUUID(),
		random: (length) => crypto.getRandomValues(new Uint8Array(length)),
		async post(path, body, capability, n) {
			const headers = {
				Authorization: `Bearer ${options.key}`,
				"Content-Type": "application/json",
				...capability && { "Samtycke-Capability": capability },
				...n && isFirstParty && { "Samtycke-Choice": `${n}` }
			};
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
					body: response.ok && response.status !== 204 ? await response.json() : {},
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
		lock: async (run) => {
			await (navigator.locks?.request("samtycke-1", run).catch(run) ?? run());
		},
		wait(ms, run) {
			setTimeout(() => page.ended.aborted || run(), ms);
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
/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds, with the chance of a version 4 one. */
function eventId(unixMs, uuid) {
	const time = unixMs.toString(16).padStart(12, "0");
	return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid.slice(15)}`;
}
/** The subject that a capability opens: a hash, so that who knows the subject's name alone can neither read nor change it. */
async function subjectOf(capability) {
	const bytes = Uint8Array.from(`samtycke/subject/v1\n${fromBase64url(capability)}`, (character) => character.charCodeAt(0));
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
/** The value after purposes were taken away here. */
function narrowed({ token, purposes }, ids, n) {
	const minus = purposes.flatMap(({ id, given }, i) => token.minus.includes(i) || given && ids.includes(id) ? [i] : []);
	return formatGiven(n, token.text, token.capability, minus);
}
/**
* Works a choice out. A no is in `value` at once; a yes is only queued. `top` is the highest number that this page has
* used, for storage may have been cleared since.
*/
function choose(view, saying, chance, top) {
	const { stored, now, clock, gpc } = view;
	const { yes, banner, decision } = saying;
	const asked = banner?.purposes ?? [];
	const given = (stored?.purposes ?? []).filter((purpose) => purpose.given).map((purpose) => purpose.id);
	const open = [.../* @__PURE__ */ new Set([...given, ...view.box.q.flatMap((entry) => entry.yes)])];
	const no = saying.no ?? [.../* @__PURE__ */ new Set([...open, ...asked.map((purpose) => purpose.id)])];
	const taken = open.filter((id) => no.includes(id));
	const never = no.filter((id) => !open.includes(id));
	const n = Math.max(top, newestNumber(view.box, stored)) + 1;
	const known = stored?.token?.capability ?? view.box.c;
	const c = known ?? (yes.length ? base64url(chance.random(32)) : "");
	const notice = decision && banner;
	let { box } = view;
	/** One submission: the purposes of each word. */
	function submit(words) {
		const decisions = Object.entries(words).flatMap(([word, ids]) => ids.map((id) => {
			const purpose = word === "given" ? asked.find((one) => one.id === id) : void 0;
			return {
				purpose: id,
				decision: word,
				...purpose?.own_statement && { explicit: true },
				...purpose?.gpc && gpc && decision?.gpc_shown && { gpc_acknowledged: true }
			};
		}));
		if (!decisions.length) return;
		const s = box.c === c ? box.s : 0;
		const id = eventId(now * 1e3, chance.uuid());
		const body = {
			event_id: id,
			notice: notice?.notice,
			language: notice?.language,
			variant: notice?.variant,
			method: decision?.method ?? "api",
			based_on: Math.max(s, stored?.token?.seq ?? 0),
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
			at: clock,
			yes: words.given ?? [],
			no: [...words.withdrawn ?? [], ...words.refused],
			c,
			body
		};
		box = enqueue({
			...box,
			c,
			s
		}, entry);
	}
	if (known) submit({
		withdrawn: taken,
		refused: yes.length ? [] : never
	});
	if (yes.length) submit({
		given: yes,
		refused: never
	});
	const change = {
		n,
		box,
		taken
	};
	if (!yes.length && taken.length === open.length && (taken.length || decision || !saying.no)) return {
		...change,
		value: formatRefusal(n, now, banner?.notice.slice(7, 15) ?? stored?.notice8 ?? "00000000")
	};
	if (given.some((id) => no.includes(id))) return {
		...change,
		value: narrowed(stored, no, n)
	};
	if (yes.length && stored && !stored.token) return {
		...change,
		value: formatRefusal(stored.n, 0, stored.notice8)
	};
	return change;
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
	/** The highest number that this page has used. */
	let top = 0;
	let failures = 0;
	let waiting = false;
	/** The server has asked to be left alone. */
	let held = false;
	let repeated = false;
	const sending = /* @__PURE__ */ new Set();
	function save(box) {
		port.writeBox(box.c || box.k || box.q.length ? JSON.stringify(box) : void 0);
	}
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
	/** Undoes a cookie of the server's that came in later than a newer choice. */
	function mend() {
		const { stored, box } = port.view();
		if (stored && stored.value !== seen.value && stored.n < Math.max(seen.n, top)) write(box, seen.value || void 0);
		look();
	}
	function say(saying) {
		const { n, box, value, taken } = choose(port.view(), saying, port, top);
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
	/** Takes a token over, unless something newer was said or seen. `yes`: what the person gave by it. */
	function adopt(text, { c, n, yes }, subject) {
		const { stored, box } = port.view();
		const fresh = parseChoice(`g.${n}.${text}.${c}`);
		if (fresh?.token?.subject !== subject || fresh.token.seq < box.s) return false;
		if (stored && (stored.token ? stored.at > fresh.at : stored.n >= n)) return false;
		const taken = box.q.flatMap((other) => other.n >= n ? other.no : []);
		for (const index of stored?.token?.minus ?? []) {
			const { id } = stored.purposes[index];
			if (stored.n > n || !yes.includes(id)) taken.push(id);
		}
		write(box, narrowed(fresh, taken, Math.max(n, stored?.n ?? 0)));
		return true;
	}
	async function send(path, body, c, n) {
		const { stored, box } = port.view();
		const sets = n >= newestNumber(box, stored) && !stored?.token?.minus.length;
		try {
			const subject = await subjectOf(c);
			return [subject, await port.post(path, {
				...body,
				subject
			}, c, sets ? n : void 0)];
		} catch {
			return ["", {
				status: 0,
				body: {},
				retryAfter: 0
			}];
		} finally {
			mend();
		}
	}
	/**
	* Sends one entry. A yes comes back with its token. The server may have the one and be unable, just then, to say the
	* other: then it is asked, for a yes on record that nobody here knows of could not be taken back.
	*/
	async function submit(entry) {
		const { body, c, n, yes } = entry;
		const [subject, answer] = await send(isNo(entry) ? "withdrawals" : "consents", body, c, n);
		const { cookie, decisions } = answer.body;
		if (cookie || !decisions?.some((one) => one.outcome === "effective" && yes.includes(one.purpose))) return [subject, answer];
		const [, said] = await send("cookie", {}, c, n);
		return [subject, said.status === 200 ? {
			...answer,
			body: {
				...answer.body,
				cookie: said.body.cookie ?? null
			}
		} : said];
	}
	/** Sends what waits, one after the other: what narrows, or what gives. */
	async function drain(no) {
		if (sending.has(no)) return;
		sending.add(no);
		for (;;) {
			const { box, clock } = port.view();
			const entry = next(box);
			if (!entry || isNo(entry) !== no || held) break;
			if (isLate(entry, clock)) settle(entry, "", {
				status: 410,
				body: {},
				retryAfter: 0
			});
			else if (!settle(entry, ...await submit(entry))) break;
		}
		sending.delete(no);
	}
	/** What an answer means. False where it has to be tried again. */
	function settle(entry, subject, { status, body, retryAfter }) {
		const fate = fateOf(entry, status);
		const no = isNo(entry);
		if (fate === "retry") {
			if (!no) port.news("pending");
			return retry(retryAfter);
		}
		failures = 0;
		const { stored, box } = port.view();
		const q = box.q.filter((open) => open.id !== entry.id);
		const done = fate === "done";
		if (q.length === box.q.length) {
			if (done) disown(entry, body);
			return true;
		}
		const left = {
			...box,
			q,
			s: done && box.c === entry.c ? Math.max(box.s, body.seq ?? 0) : box.s
		};
		const newest = entry.n >= newestNumber(box, stored);
		if (no && stored?.token && stored.n < entry.n) write(left, narrowed(stored, entry.no, entry.n));
		else save(left);
		if (done && body.cookie) adopt(body.cookie, entry, subject);
		const after = port.view();
		if (!after.stored?.token && !q.length) save({
			s: 0,
			q,
			k: after.box.k
		});
		if (done) disown(entry, body);
		const lost = body.decisions?.some((one) => one.outcome === "superseded" && entry.yes.includes(one.purpose));
		if (!no && newest) port.news(done && !lost ? "saved" : "again");
		port.changed();
		return true;
	}
	/** A no of another tab, said in the same moment, knew nothing of this yes. It stands here, so the server hears of it. */
	function disown({ c, n, yes }, { cookie, seq = 0 }) {
		const { stored, box } = port.view();
		if (!yes.length || !cookie || box.c || !stored || stored.token || stored.n < n) return;
		save({
			...box,
			c,
			s: seq
		});
		say({
			yes: [],
			no: yes
		});
	}
	/** Asks the server whether what was given still stands. */
	async function renew() {
		const view = port.view();
		const { token, n = 0, notice8 = "" } = view.stored ?? {};
		if (!token || view.box.q.length || held || view.now >= token.expires) return;
		const age = view.now - token.signed;
		if (age >= 0 && age < 900 && !token.minus.length && isConfirmed(token, view)) return;
		const [subject, { status, body, retryAfter }] = await send("cookie", {}, token.capability, n);
		const { stored, box, now } = port.view();
		if (status !== 200 && status !== 410) return void retry(retryAfter);
		failures = 0;
		if (stored?.token?.capability !== token.capability) return;
		if (body.cookie) {
			if (adopt(body.cookie, {
				c: token.capability,
				n,
				yes: []
			}, subject)) port.clockIs(port.view().stored.at);
			repeat();
		} else if (stored.n === n && !box.q.length) {
			seen = {
				n: 0,
				value: ""
			};
			write({
				s: 0,
				q: []
			}, body.may_ask === false ? formatRefusal(n, now, notice8) : void 0);
		}
		port.changed();
	}
	/** What was taken back here and still stands at the server was never heard there: said again, once a page. */
	function repeat() {
		const { stored, box } = port.view();
		const no = stored?.token?.minus.map((index) => stored.purposes[index].id) ?? [];
		if (repeated || box.q.length || !no.length) return;
		repeated = true;
		say({
			yes: [],
			no
		});
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
		await drain(true);
		await port.lock(async () => {
			await drain(false);
			await renew();
		});
	}
	return {
		say,
		count,
		flush,
		look
	};
}

// src/record/index.ts
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
		try {
			const [module, known] = await Promise.all([import("./clear.js"), page.banner()]);
			if (known) await module.clear(known.purposes, taken, kept);
		} catch {}
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
				control: "auto",
				position: "bottom",
				layout: "card",
				theme: "auto",
				...options
			},
			get gpc() {
				return page.view().gpc;
			},
			chosen,
			acknowledged: (id) => !!page.view().stored?.purposes.some((one) => one.id === id && one.given && !one.gpc),
			asked: () => toAsk(document, page.view()).map(({ id }) => id),
			changes: () => document.changes.find(({ since }) => since === page.view().stored?.notice8),
			testing: options.key.startsWith("pk_test_"),
			decide: (decision) => decide(decision, document),
			shown: () => session.count("shown", document)
		});
		ended.addEventListener("abort", drawn.unmount);
		if (options.control !== "none") drawn.control();
		return drawn;
	}
	function chosen(id) {
		const { stored, box } = page.view();
		const entry = [...box.q].reverse().find(({ yes, no }) => yes.includes(id) || no.includes(id));
		if (entry) return entry.yes.includes(id);
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
		const { kind, given: yes, refused } = decision;
		const taken = session.say({
			yes,
			no: kind === "refuse" ? void 0 : refused,
			banner: document,
			decision
		});
		if (!yes.length) say(taken.length ? "withdrawn" : "saved");
	}
	async function give(words) {
		const document = await page.banner();
		const needed = document?.purposes.filter(({ id, category }) => words.includes(id) || words.includes(category)) ?? [];
		if (!document || !needed.length || needed.some((purpose) => purpose.own_statement)) return open();
		decide({
			kind: "save",
			given: needed.map(({ id }) => id),
			refused: [],
			method: "button",
			gpc_shown: page.view().gpc
		}, document);
	}
	async function withdraw(words) {
		const { stored, box } = page.view();
		const known = stored || box.q.length ? banner : await page.banner();
		const named = [...stored?.purposes ?? [], ...known?.purposes ?? []].filter(({ id, category }) => words?.includes(id) || words?.includes(category)).map(({ id }) => id);
		const queued = box.q.flatMap((entry) => entry.yes).filter((id) => words?.includes(id));
		again = false;
		const no = words && [.../* @__PURE__ */ new Set([...named, ...queued])];
		if (session.say({
			yes: [],
			no,
			banner: known
		}).length) say("withdrawn");
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
	/** A link or button of the page's own that opens the settings. A link goes where it leads as long as they cannot be had. */
	function openByPage(event) {
		if (!event.target.closest("[data-samtycke-action=settings]:not(.samtycke *)")) return;
		if (banner) event.preventDefault();
		open().catch(() => {});
	}
	const open = async () => (await loadUi()).settings();
	function look() {
		session.look();
		changed();
	}
	function wake() {
		look();
		session.flush();
	}
	const until = { signal: ended };
	for (const event of ["online", "pageshow"]) addEventListener(event, wake, until);
	document.addEventListener("visibilitychange", () => document.hidden || wake(), until);
	channel?.addEventListener("message", look, until);
	addEventListener("storage", ({ key }) => (key ?? page.key) !== page.key || look(), until);
	document.addEventListener("click", openByPage, until);
	ended.addEventListener("abort", () => channel?.close());
	wake();
	if (options.control !== "none") loadUi().catch(() => {});
	return {
		open,
		give,
		withdraw
	};
}
/** Purposes that are given, by this browser's word. */
function standing({ stored, box }) {
	return (stored?.purposes ?? []).filter(({ id, given }) => given && !box.q.some((entry) => entry.no.includes(id))).map(({ id }) => id);
}

export { attach };