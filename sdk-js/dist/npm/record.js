import { ANSWER_MS_MAX, DAY_S, attempt, cookieName, isConfirmed, parseChoice, report } from "./shared-box.js";

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
async function browserPort(page, tell) {
	const { server, options, site } = page;
	const { key, cookiePath = "/" } = options;
	const isLocal = options.storage === "local";
	const own = cookieName(site);
	const isFirstParty = new URL(server).origin === location.origin;
	const jar = options.cookieDomain || (options.cacheCookie ?? false) !== false ? (await import("./jar.js")).createJar(page, put) : void 0;
	function put(name, value) {
		const wide = jar?.domain();
		const write = (value, more) => attempt(() => {
			document.cookie = `${name}=${value ?? ""}; Path=${cookiePath}; SameSite=Lax; Max-Age=${value ? COOKIE_AGE_S : 0}${more}`;
		});
		const secure = location.protocol === "https:" ? "; Secure" : "";
		if (wide) write(value, `; Domain=${wide}${secure}`);
		write(wide ? void 0 : value, secure);
	}
	return {
		site,
		view: page.view,
		...tell,
		keep: () => jar?.keep(),
		writeCookie(value) {
			put(own, isLocal ? void 0 : value);
			return !value || !isLocal && !!attempt(() => document.cookie.includes(value));
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
			const wide = jar?.domain();
			const isCount = path === "tallies";
			const headers = {
				...!isCount && {
					Authorization: `Bearer ${key}`,
					"Content-Type": "application/json"
				},
				...capability && { "Samtycke-Capability": capability },
				...n && isFirstParty && !isLocal && { "Samtycke-Choice": `${n}${cookiePath === "/" ? "" : `; path=${cookiePath}`}${wide ? `; domain=${wide}` : ""}` }
			};
			const request = (keepalive) => fetch(`${server}v1/${isCount ? `banner/${key}/` : ""}${path}`, {
				method: "POST",
				headers,
				body: JSON.stringify(body),
				keepalive,
				signal: AbortSignal.timeout?.(ANSWER_MS_MAX)
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
			await (navigator.locks?.request(page.key, run).catch(run) ?? run());
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
/** A version 7 UUID (RFC 9562, 5.7) of a time in Unix milliseconds and ten bytes of chance. */
function eventId(unixMs, chance) {
	const time = unixMs.toString(16).padStart(12, "0");
	const hex = [...chance].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	const variant = "89ab"[chance[2] & 3];
	return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8)}`;
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
		const id = eventId(now * 1e3, chance.random(10));
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
	function adopt(text, { c, n, yes }) {
		const { stored, box } = port.view();
		const fresh = parseChoice(`g.${n}.${text}.${c}`, port.site);
		if (!fresh?.token || fresh.token.seq < box.s) return false;
		if (stored && (stored.token ? stored.at > fresh.at : stored.n >= n)) return false;
		const taken = box.q.flatMap((other) => other.n >= n ? other.no : []);
		for (const index of stored?.token?.minus ?? []) {
			const { id } = stored.purposes[index];
			if (stored.n > n || !yes.includes(id)) taken.push(id);
		}
		write(box, narrowed(fresh, taken, Math.max(n, stored?.n ?? 0)));
		return true;
	}
	/** Whose it is, the server knows by the capability. */
	async function send(path, body, c, n) {
		const { stored, box } = port.view();
		const sets = n >= newestNumber(box, stored) && !stored?.token?.minus.length;
		const answer = await port.post(path, body, c, sets ? n : void 0);
		mend();
		return answer;
	}
	/**
	* Sends one entry. A yes comes back with its token. The server may have the one and be unable, just then, to say the
	* other: then it is asked, for a yes on record that nobody here knows of could not be taken back.
	*/
	async function submit(entry) {
		const { body, c, n, yes } = entry;
		const answer = await send(isNo(entry) ? "withdrawals" : "consents", body, c, n);
		const { cookie, decisions } = answer.body;
		if (cookie || !decisions?.some((one) => one.outcome === "effective" && yes.includes(one.purpose))) return answer;
		const said = await send("cookie", {}, c, n);
		return said.status === 200 ? {
			...answer,
			body: {
				...answer.body,
				cookie: said.body.cookie ?? null
			}
		} : said;
	}
	/** Sends what waits, one after the other: what narrows, or what gives. */
	async function drain(no) {
		if (sending.has(no)) return;
		sending.add(no);
		for (;;) {
			const { box, clock } = port.view();
			const entry = next(box);
			if (!entry || isNo(entry) !== no || held) break;
			if (isLate(entry, clock)) settle(entry, {
				status: 410,
				body: {},
				retryAfter: 0
			});
			else if (!settle(entry, await submit(entry))) break;
		}
		sending.delete(no);
	}
	/** What an answer means. False where it has to be tried again. */
	function settle(entry, { status, body, retryAfter }) {
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
		if (done && body.cookie) adopt(body.cookie, entry);
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
		const { status, body, retryAfter } = await send("cookie", {}, token.capability, n);
		const { stored, box, now } = port.view();
		if (status !== 200 && status !== 410) return void retry(retryAfter);
		failures = 0;
		if (stored?.token?.capability !== token.capability) return;
		if (body.cookie) {
			if (adopt(body.cookie, {
				c: token.capability,
				n,
				yes: []
			})) port.clockIs(port.view().stored.at);
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
async function attach(page) {
	const { options, ended, key } = page;
	const until = { signal: ended };
	const channel = attempt(() => new BroadcastChannel(key));
	const port = await browserPort(page, {
		changed() {
			changed();
			channel?.postMessage(0);
		},
		news
	});
	const session = createSession(port);
	let ui;
	let banner;
	let asking = false;
	/** Closed or answered in this page, so not asked again here. */
	let quiet = false;
	/** A yes does not hold: asked again, whatever else is known. */
	let again = false;
	/** Somebody at this page is taking something back. */
	let mine = false;
	let before = standing(page.view());
	let clear;
	let watching = false;
	let explained = false;
	let honoured = false;
	/** Looks at everything anew: what is released, what has to be cleared, whether somebody is asked. */
	function changed() {
		page.changed();
		port.keep();
		const now = standing(page.view());
		const taken = before.filter((id) => !now.includes(id));
		before = now;
		const isMine = mine;
		if (now[0] && !watching) watch().catch(report);
		if (taken[0]) watch().then((clear) => clear(taken, now, isMine)).catch(report);
		consider().catch(report);
	}
	/** What clears. A failure is told, and tried again where there is something to clear. */
	async function watch() {
		watching = true;
		const module = await import("./clear.js");
		clear ??= module.watch(page);
		return clear;
	}
	/** Who asks in this page's stead. */
	async function asker() {
		return window !== window.parent && (await import("./frames.js")).askerFor(page);
	}
	async function consider() {
		banner = await page.banner();
		if (!banner) {
			if (!explained) await import("./explain.js").then((module) => module.explain(page));
			explained = true;
			return;
		}
		const isQuiet = await asker();
		const view = page.view();
		const wanted = !isQuiet && (again || !quiet && toAsk(banner, view).length > 0);
		if (ended.aborted) return;
		if (!honoured && !isQuiet && view.gpc && banner.purposes.some(({ id, gpc }) => gpc && !acknowledged(id))) {
			honoured = true;
			session.count("signal", banner);
		}
		const turns = wanted !== asking;
		asking = wanted;
		const drawn = await (turns ? loadUi() : ui);
		if (turns) asking ? drawn.prompt() : drawn.close();
		if (!isQuiet) drawn?.control();
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
				declaration: `${page.server}declaration/${options.key}`,
				...options
			},
			get gpc() {
				return page.view().gpc;
			},
			chosen,
			acknowledged,
			asked: () => askedNow(document),
			changes: () => document.changes.find(({ since }) => since === page.view().stored?.notice8),
			testing: options.key.startsWith("pk_test_"),
			decide: (decision) => decide(decision, document),
			shown: () => session.count("shown", document)
		});
		ended.addEventListener("abort", drawn.unmount);
		return drawn;
	}
	/** A yes that does not hold is asked for again, together with whatever else does not stand. */
	function askedNow(document) {
		const asked = toAsk(document, {
			...page.view(),
			deferred: false
		});
		return (again && !asked[0] ? document.purposes.filter(({ id }) => !chosen(id)) : asked).map(({ id }) => id);
	}
	async function speak(tag) {
		if (tag) options.language = tag;
		const was = banner?.language;
		banner = await page.banner(true) ?? banner;
		const old = await ui;
		if (!banner || ended.aborted || was === banner.language) return;
		if (document.querySelector(".samtycke-embed")) import("./placeholder.js").then((module) => module.update());
		if (!old) return;
		const isOpen = document.querySelector(".samtycke-second");
		old.unmount();
		ui = void 0;
		const drawn = await loadUi();
		if (asking) drawn.prompt();
		if (isOpen) await drawn.settings();
		if (!await asker()) drawn.control();
	}
	function acknowledged(id) {
		return !!page.view().stored?.purposes.some((one) => one.id === id && one.given && !one.gpc);
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
			attempt(() => sessionStorage.setItem(key, "d"));
			session.count("deferred", document);
			changed();
			return;
		}
		const { kind, given: yes, refused } = decision;
		const taken = tell({
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
		const instead = await asker();
		const isElsewhere = instead && !("allowed" in instead);
		if (!document || isElsewhere || !needed.length || needed.some((purpose) => purpose.own_statement)) return open();
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
		if (tell({
			yes: [],
			no: words && [.../* @__PURE__ */ new Set([...named, ...queued])],
			banner: known
		}).length) say("withdrawn");
	}
	function tell(saying) {
		mine = true;
		const taken = session.say(saying);
		mine = false;
		return taken;
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
	/** A link or button of the page's own that opens the settings. A link goes where it leads where they cannot be had. */
	function openByPage(event) {
		const opener = event.target.closest("[data-samtycke-action=settings]:not(.samtycke *)");
		if (!opener) return;
		const { href } = opener;
		if (banner) event.preventDefault();
		open().catch((error) => {
			report(error);
			if (banner && href) location.assign(href);
		});
	}
	async function open() {
		const instead = await asker();
		if (instead) return instead.open();
		await (await loadUi()).settings();
	}
	function look() {
		session.look();
		changed();
	}
	function wake() {
		look();
		session.flush();
	}
	for (const event of ["online", "pageshow"]) addEventListener(event, wake, until);
	document.addEventListener("visibilitychange", () => document.hidden || wake(), until);
	channel?.addEventListener("message", look, until);
	addEventListener("storage", (event) => (event.key ?? key) !== key || look(), until);
	document.addEventListener("click", openByPage, until);
	const lang = new MutationObserver(() => options.language || void speak().catch(report));
	lang.observe(document.documentElement, { attributeFilter: ["lang"] });
	ended.addEventListener("abort", () => {
		lang.disconnect();
		channel?.close();
	});
	wake();
	if (options.control !== "none" || page.view().gpc) loadUi().then(changed, () => {});
	return {
		open,
		give,
		withdraw,
		speak
	};
}
/** Purposes that are given, by this browser's word. */
function standing({ stored, box }) {
	return (stored?.purposes ?? []).filter(({ id, given }) => given && !box.q.some((entry) => entry.no.includes(id))).map(({ id }) => id);
}

export { attach };