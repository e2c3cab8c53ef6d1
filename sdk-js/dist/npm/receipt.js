// src/receipt/bytes.ts
const U64_MAX = 2n ** 64n - 1n;
/** Bytes of hex; undefined for any other spelling, and for another length than `length` where it is given. */
function fromHex(text, length) {
	if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/.test(text)) return void 0;
	if (length !== void 0 && text.length !== 2 * length) return void 0;
	return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
function toHex(bytes) {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
/** Bytes of padded base64 (RFC 4648, section 4); undefined for any other spelling. */
function fromBase64(text) {
	try {
		const binary = atob(text);
		return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : void 0;
	} catch {
		return;
	}
}
/** Bytes of unpadded base64url (RFC 4648, section 5); undefined for any other spelling. */
function fromBase64Url(text) {
	if (!/^[\w-]*$/.test(text)) return void 0;
	return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - text.length % 4) % 4));
}
function toBase64Url(bytes) {
	return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
/** A number of 64 bits in decimal. */
function fromDecimal(text) {
	if (!/^(?:0|[1-9]\d{0,19})$/.test(text)) return void 0;
	const value = BigInt(text);
	return value <= U64_MAX ? value : void 0;
}
/** UTF-8. Undefined where the text has half a surrogate pair, which has none. */
function utf8(text) {
	return /\p{Surrogate}/u.test(text) ? void 0 : new TextEncoder().encode(text);
}
function concat(...parts) {
	const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}
/** Nothing here is secret, so nothing has to be compared in constant time. */
function equal(a, b) {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
async function sha256(...parts) {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
}
async function hmacSha256(key, ...parts) {
	const imported = await crypto.subtle.importKey("raw", key, {
		name: "HMAC",
		hash: "SHA-256"
	}, false, ["sign"]);
	return new Uint8Array(await crypto.subtle.sign("HMAC", imported, concat(...parts)));
}

// src/receipt/json.ts
/** The JSON that samtycke reads (docs/grammar.md): what every reader of JSON understands alike, and nothing else. */
/** Limits of a committed body; bytes, and levels of objects and lists. */
const BODY_BYTES_MAX = 16384;
const DEPTH_MAX$1 = 16;
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/**
* The value of a text that is JSON without a key that stands twice, with ASCII keys, whole numbers in plain digits up to
* 2^53 - 1, and texts in Unicode form C that have no half of a surrogate pair; else undefined.
*/
function parseStrict(text, bytesMax, depthMax) {
	try {
		const bytes = utf8(text);
		if (!bytes || bytes.length > bytesMax) return void 0;
		const value = JSON.parse(text);
		return !hasSecondReading(text) && isStrict(value, depthMax) ? value : void 0;
	} catch {
		return;
	}
}
/** The value of a text that is strict JSON in its canonical form (RFC 8785); else undefined. */
function parseCanonical(text, bytesMax = BODY_BYTES_MAX) {
	const value = parseStrict(text, bytesMax, DEPTH_MAX$1);
	return value !== void 0 && canonical(value) === text ? value : void 0;
}
/** RFC 8785 for what `isStrict` accepts: the keys sorted by their UTF-16 units, and the rest as ECMAScript writes it. */
function canonical(value) {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (!isObject(value)) return JSON.stringify(value);
	return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}
function isStrict(value, depth) {
	switch (typeof value) {
		case "string": return !/\p{Surrogate}/u.test(value) && value.normalize("NFC") === value;
		case "number": return Number.isSafeInteger(value);
		case "boolean": return true;
	}
	if (value === null) return true;
	if (depth === 0) return false;
	if (Array.isArray(value)) return value.every((item) => isStrict(item, depth - 1));
	return Object.entries(value).every(([key, item]) => /^[\x00-\x7f]*$/.test(key) && isStrict(item, depth - 1));
}
/**
* Whether a text that JSON.parse accepts has what other readers take otherwise: a key that stands twice in one object, of
* which the last would win in silence, or a number that is not in plain digits.
*/
function hasSecondReading(text) {
	const open = [];
	for (const [token, string, colon, number] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|([-+.\d][-+.\deE]*)|[{}[\]]/g)) if (token === "{") open.push(/* @__PURE__ */ new Set());
	else if (token === "[") open.push(void 0);
	else if (token === "}" || token === "]") open.pop();
	else if (number && !/^(?:0|-?[1-9]\d*)$/.test(number)) return true;
	else if (colon && string) {
		const keys = open.at(-1);
		const key = JSON.parse(string);
		if (keys?.has(key)) return true;
		keys?.add(key);
	}
	return false;
}

// src/receipt/grammar.ts
/**
* What may stand in a committed body: docs/grammar.md, member by member, as samtycke-core reads it. A body with anything
* else in it is invalid, so that the same file is valid, or not, to whoever verifies it.
*/
/** An object with these members; one whose name here ends in `?` may be absent. What is absent is never `null`. */
function shape(members) {
	return (value) => {
		if (!isObject(value)) return false;
		const known = Object.keys(members);
		return Object.keys(value).every((name) => known.includes(name) || known.includes(`${name}?`)) && known.every((name) => {
			const bare = name.replace("?", "");
			return Object.hasOwn(value, bare) ? members[name](value[bare]) : bare !== name;
		});
	};
}
/** A list of at least `least` items. (What may be empty is absent instead, except where `least` is 0.) */
function list(item, least = 1, most = Infinity) {
	return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(item);
}
const each$1 = (check) => {
	const items = list(check, 1, 64);
	return (value) => items(value) && new Set(value).size === value.length;
};
const words = (text) => {
	const all = new Set(text.split(/\s+/));
	return (value) => typeof value === "string" && all.has(value);
};
const matches = (pattern, most, mayLookPersonal = false) => (value) => typeof value === "string" && value.length <= most && pattern.test(value) && (mayLookPersonal || !looksPersonal(value));
const text = (value) => typeof value === "string";
const integer = (value) => Number.isSafeInteger(value);
const from = (least, most = Infinity) => (value) => integer(value) && value >= least && value <= most;
/** A flag is written where it is set, and absent otherwise. */
const set = (value) => value === true;
const either = (value) => typeof value === "boolean";
const site = matches(/^[a-z\d][a-z\d.-]*$/, 64);
const publicSite = matches(/^[\da-f]{12}$/, 12, true);
const purpose = matches(/^[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*$/, 80);
const code = matches(/^[a-z\d._-]+$/, 64);
const log = matches(/^[a-z2-7]{26}$/, 26, true);
const subject = matches(/^s_[\w-]{21}[AQgw]$/, 24, true);
const prompt = matches(/^p_[\w-]{21}[AQgw]$/, 24, true);
const source = matches(/^[\w-]{21}[AQgw]$/, 22, true);
const event = matches(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, 36, true);
const noticeHash = matches(/^sha256:[\da-f]{64}$/, 71, true);
const hash$1 = matches(/^[\da-f]{64}$/, 64, true);
const language = matches(/^[A-Za-z\d]{2,3}(?:-[A-Za-z\d]{2,4})*$/, 11, true);
const country = matches(/^[A-Z]{2}$/, 2, true);
const day = (least, most) => (value) => {
	if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
	const year = Number(value.slice(0, 4));
	const date = /* @__PURE__ */ new Date(`${value}T00:00:00Z`);
	return year >= least && year <= most && !Number.isNaN(+date) && date.toISOString().startsWith(value);
};
const band = words("under_7 7_12 13 14 15 16_17 adult");
const verification = words("self_declared email_confirmed eid");
const assurance = words("browser prompted server signed");
const variant = words("adult teen child");
const change = words("editorial material_notice material_consent");
const cellState = "unknown requested deferred given renewed pending_guardian refused withdrawn expired stale invalidated revoked";
const reasons = words(`
  LEGAL_HOLD_ONLY LEGAL_OBLIGATION CONTRACT CONTRACT_ASSERTED CONTRACT_RETENTION LEGITIMATE_INTEREST
  OBJECTION_REJECTED CONSENT_VALID CONSENT_RENEWED GUARDIAN_CONSENT GUARDIAN_CONSENT_CARRIED NOTICE_EQUIVALENT
  PURPOSE_UNKNOWN NOT_CONTROLLER REGISTER_INCOMPLETE PURPOSE_RETIRED SUBJECT_ERASED RESTRICTED RETENTION_NONE
  RETENTION_PASSED DEPENDENCY_DENIED ART9_GROUND_MISSING SIGNAL_OBJECTION GPC_OPT_OUT RETENTION_UNKNOWN
  BASIS_CHANGED OP_NOT_COVERED ASSET_UNKNOWN CONTRACT_ENDED CONTRACT_MISSING NOT_INFORMED OBJECTED_MARKETING
  OBJECTION_PENDING OBJECTED CONSENT_REFUSED CONSENT_WITHDRAWN CONSENT_INVALIDATED CONSENT_REVOKED AGE_UNKNOWN
  CONSENT_MISSING CONSENT_DEFERRED SCOPE_NOT_COVERED GUARDIAN_PENDING CONSENT_EXPIRED CONSENT_USED AGED_OUT
  EXPLICIT_CONSENT_REQUIRED ASSURANCE_TOO_LOW NOTICE_STALE TERMINAL_CONSENT_REFUSED TERMINAL_CONSENT_WITHDRAWN
  TERMINAL_CONSENT_INVALIDATED TERMINAL_CONSENT_REVOKED TERMINAL_AGE_UNKNOWN TERMINAL_CONSENT_MISSING
  TERMINAL_CONSENT_DEFERRED TERMINAL_SCOPE_NOT_COVERED TERMINAL_GUARDIAN_PENDING TERMINAL_CONSENT_EXPIRED
  TERMINAL_CONSENT_USED TERMINAL_AGED_OUT TERMINAL_EXPLICIT_CONSENT_REQUIRED TERMINAL_ASSURANCE_TOO_LOW
  TERMINAL_NOTICE_STALE FAILCLOSED_UNAVAILABLE FAILCLOSED_RECOVERING FAILCLOSED_STALE_REPLICA
  FAILCLOSED_PERMISSION_ENDED FAILCLOSED_LEASE_LOST FAILCLOSED_TOKEN_TIMEOUT FAILCLOSED_TOKEN_LOST
  FAILCLOSED_OVERLOAD FAILCLOSED_NOT_READY FAILCLOSED_SIGNATURE FAILCLOSED_CLOCK
`.trim());
const scope = (value) => [
	{ recipient: code },
	{
		campaign: code,
		medium: code,
		surface: code
	},
	{ vendor: code },
	{ site: code }
].some((form) => shape(form)(value));
const cell = {
	purpose,
	"scope?": scope
};
const signals = shape({
	gpc: either,
	dnt: either,
	"source?": source
});
const holders = from(1, 2);
const ended = {
	...cell,
	"all_scopes?": set,
	cause: code
};
const actor = (value) => shape({
	role: words("subject guardian staff controller authority system"),
	"ref?": text,
	"verification?": verification
})(value) && !(value.role === "subject" && Object.keys(value).length === 1);
const joined = shape({
	seq: from(0),
	at: integer,
	"cells?": list(shape({
		...cell,
		state: words(cellState),
		at: integer,
		"said_at?": integer,
		"event_id?": event,
		"notice?": noticeHash,
		"explicit?": set,
		assurance,
		"gpc_acknowledged?": set,
		"used?": set,
		"campaign_end?": integer,
		"own?": set,
		"band_believed?": band,
		"band_true?": band,
		"refusals?": list(shape({
			"guardian?": subject,
			at: integer,
			"withdrew?": set
		})),
		"objection?": words("objected upheld rejected retracted"),
		"objection_at?": integer,
		"narrowed?": set
	})),
	"restricted?": set,
	"erased?": set,
	"narrowed?": set,
	"signals?": list(signals),
	"band?": band,
	"band_until?": integer,
	"country?": country,
	"guardians?": list(shape({
		guardian: subject,
		verification
	})),
	"holders?": from(1, 255)
});
/** The frame of `ctx`. Its `v`, `type` and `data` are the kind's. */
const CTX = {
	v: integer,
	type: text,
	log,
	stream: words("subject tenant"),
	"site?": site,
	"notice?": noticeHash,
	"language?": language,
	"variant?": text,
	"method?": words("button toggle_save signature verbal_recorded form eid api"),
	"surface?": code,
	"ui_hash?": text,
	assurance,
	hour: integer,
	results: list(shape({
		outcome: words("effective superseded pending_guardian not_applicable"),
		"reason?": words(`STALE_GRANT LATE_GRANT ALREADY_USED NOT_ENTITLED NOTHING_TO_CHANGE SUBJECT_ERASED CONTRACT_CLOSED STANDING_NO
        NOTICE_STALE PURPOSE_RETIRED REGISTER_INCOMPLETE BASIS_NOT_CONSENT BASIS_NOT_OBJECTABLE NOT_CONTROLLER`),
		"state?": words(`${cellState} not_informed informed objected upheld rejected contract_live contract_ended restricted erased`)
	}))
};
/** The frame of `sub`. */
const SUB = {
	v: integer,
	type: text,
	"subject?": subject,
	event_id: event,
	seq: from(0),
	"prev?": hash$1,
	received_at: integer,
	"occurred_at?": integer,
	"based_on?": from(1),
	"after_seqs?": list(from(0)),
	"actor?": actor,
	"signals?": signals,
	"device?": shape({
		browser: words("chrome firefox safari edge opera samsung brave vivaldi duckduckgo ie webview bot program other"),
		"browser_major?": from(0, 65535),
		os: words("windows macos ios android chromeos linux other"),
		form: words("desktop phone tablet tv watch other")
	}),
	"evidence?": text,
	"prompt?": prompt,
	"expires?": integer
};
/** What each kind of event adds, by type and version: to `ctx`, and to `sub`. */
const DATA = {
	"decisions/1": [{ decisions: list(shape({
		...cell,
		decision: words("given renewed refused deferred withdrawn objected objection_retracted"),
		"all_scopes?": set,
		"explicit?": set,
		"gpc_acknowledged?": set
	})) }, {}],
	"consent.used/1": [{
		...cell,
		reason: reasons,
		"obligations?": list(words("deliver_notice classify_data tell_young_person use_once"))
	}, {
		consent: event,
		"valid_until?": integer
	}],
	"notice.delivered/1": [{
		notice: noticeHash,
		purposes: each$1(purpose),
		language,
		variant
	}, {}],
	"objection.upheld/1": [cell, {}],
	"objection.rejected/1": [{
		...cell,
		grounds: code,
		balancing_test: noticeHash
	}, {}],
	"contract.started/1": [{ purposes: each$1(purpose) }, {
		contract: code,
		"effective_from?": integer
	}],
	"contract.ended/1": [{}, {
		contract: code,
		last_day: day(1900, 9e3)
	}],
	"terms.accepted/1": [{
		terms: noticeHash,
		version: code
	}, {}],
	"age.band_set/1": [{}, {
		band,
		"until?": day(1900, 9e3),
		"country?": country,
		verification
	}],
	"guardian.linked/1": [{ verification }, {
		guardian: subject,
		holders
	}],
	"guardian.unlinked/1": [{ cause: words("custody_ended link_wrong") }, {
		guardian: subject,
		holders
	}],
	"consent.invalidated/1": [ended, { "effective_from?": integer }],
	"consent.revoked/1": [ended, {}],
	"subject.linked/1": [{}, {
		from: subject,
		joined
	}],
	"subject.merged/1": [{}, { into: subject }],
	"subject.unmerged/1": [{ cause: code }, {
		from: subject,
		"joined?": joined
	}],
	"subject.restricted/1": [{ cause: code }, {}],
	"subject.unrestricted/1": [{ cause: code }, {}],
	"correction/1": [{ fault: words("wrong_subject wrong_purpose evidence") }, {
		corrects: event,
		"effective_from?": integer
	}]
};
const classes = (value) => isObject(value) && Object.entries(value).every(([name, word]) => purpose(name) && change(word));
const version = from(0, 2 ** 32 - 1);
const count = from(0, Number.MAX_SAFE_INTEGER);
/** The types of public leaf, by type and version: the kind of leaf that they stand in, and their data. */
const RECORDS = {
	"log.opened/1": {
		leaf: 2,
		data: {
			origin: text,
			vkey: text
		}
	},
	"log.succeeded/1": {
		leaf: 4,
		data: {
			origin: text,
			vkey: text,
			predecessor: shape({
				log,
				origin: text,
				size: count,
				root: text
			}),
			kept: count,
			cause: words("entries_lost other_history anchor_lost"),
			reason: text
		}
	},
	"loss.accepted/1": {
		leaf: 2,
		data: {
			proposed_by: text,
			lost: count
		}
	},
	"signer.added/1": {
		leaf: 2,
		data: { vkey: text }
	},
	"signer.retired/1": {
		leaf: 2,
		data: { vkey: text }
	},
	"register.published/1": {
		leaf: 1,
		data: {
			hash: noticeHash,
			version,
			classes,
			"previous?": noticeHash
		}
	},
	"notice.published/1": {
		leaf: 1,
		data: {
			site,
			hash: noticeHash,
			version,
			classes,
			"previous?": noticeHash
		}
	},
	"notice.invalidated/1": {
		leaf: 1,
		data: {
			hash: noticeHash,
			purposes: list(purpose, 0),
			cause: text,
			effective_from: integer
		}
	},
	"campaign.published/1": {
		leaf: 1,
		data: {
			campaign: code,
			version,
			ends_on: day(1, 9999),
			media: list(code, 0),
			surfaces: list(code, 0),
			advertising: either
		}
	},
	"key.added/1": {
		leaf: 2,
		data: {
			key_id: text,
			role: text,
			"site?": site,
			"expires_at?": integer
		}
	},
	"key.revoked/1": {
		leaf: 2,
		data: { key_id: text }
	},
	"site.added/1": {
		leaf: 2,
		data: {
			site,
			origins: list(text, 0)
		}
	},
	"site.changed/1": {
		leaf: 2,
		data: {
			site,
			origins: list(text, 0)
		}
	},
	"site.revoked/1": {
		leaf: 2,
		data: { site }
	}
};
/** The frame of a public leaf. */
const RECORD = {
	v: integer,
	type: text,
	log,
	at: integer,
	"by?": text
};
/** Whether a code looks like a telephone number or a Swedish personal number, which no id may be. */
function looksPersonal(id) {
	if (/[^\d.-]/.test(id)) return false;
	const digits = id.replace(/\D/g, "");
	return id.startsWith("0") && digits.length >= 7 && digits.length <= 15 || isPersonalNumber(digits);
}
function isPersonalNumber(digits) {
	const [, ten] = /^(?:1[89]|20)?(\d{10})$/.exec(digits) ?? [];
	if (!ten) return false;
	const month = Number(ten.slice(2, 4));
	const dayOfMonth = Number(ten.slice(4, 6)) % 60;
	const isDate = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31 && Number(ten.slice(4, 6)) <= 91;
	let luhn = 0;
	for (let at = 0; at < 10; at += 1) {
		const value = Number(ten[at]) * (at % 2 === 0 ? 2 : 1);
		luhn += Math.floor(value / 10) + value % 10;
	}
	return isDate && luhn % 10 === 0;
}

// src/receipt/invalid.ts
/** Ends the walk: something is wrong. */
var Invalid = class extends Error {
	why;
	constructor(why) {
		super(why);
		this.why = why;
	}
};
function expect(holds, why) {
	if (!holds) throw new Invalid(why);
}

// src/receipt/event.ts
/** What committed bodies say: the kinds of event and of public leaf that a log holds, by samtycke-core's `event::opening`. */
const HOUR_MS = 36e5;
/** What the public data of each kind say, by type and version. A kind that no route records yet is not known here. */
const FACTS = {
	"decisions/1": decided,
	"consent.used/1": (data) => [about("used", data, each(data, ["reason"]))],
	"notice.delivered/1": (data) => ofEach("notice_delivered", data, each(data, [
		"notice",
		"language",
		"variant"
	])),
	"objection.upheld/1": ofCell("upheld", []),
	"objection.rejected/1": ofCell("rejected", ["grounds", "balancing_test"]),
	"contract.started/1": (data) => ofEach("contract_started", data, {}),
	"contract.ended/1": plain("contract_ended", []),
	"terms.accepted/1": plain("terms_accepted", ["terms", "version"]),
	"age.band_set/1": plain("age_band_set", []),
	"guardian.linked/1": plain("guardian_linked", ["verification"]),
	"guardian.unlinked/1": plain("guardian_unlinked", ["cause"]),
	"consent.invalidated/1": ofCell("invalidated", ["cause"]),
	"consent.revoked/1": ofCell("revoked", ["cause"]),
	"subject.linked/1": plain("subject_linked", []),
	"subject.merged/1": plain("subject_merged", []),
	"subject.unmerged/1": plain("subject_unmerged", ["cause"]),
	"subject.restricted/1": plain("restricted", ["cause"]),
	"subject.unrestricted/1": plain("unrestricted", ["cause"]),
	"correction/1": plain("corrected", ["fault"])
};
/** What an event says; undefined for a kind or version that is not known here. Throws where the openings are not its. */
function readEvent(ctx, sub) {
	const kind = kindOf(ctx);
	const facts = Object.hasOwn(FACTS, kind) ? FACTS[kind] : void 0;
	if (!facts) return void 0;
	const [visible, hidden] = DATA[kind];
	expect(framed(CTX, visible)(ctx), "body");
	const data = ctx.data ?? {};
	const results = ctx.results;
	expect(results.length === (Array.isArray(data.decisions) ? data.decisions.length : 1), "body");
	if (sub) {
		expect(framed(SUB, hidden)(sub) && sub.type === ctx.type && sub.v === ctx.v, "body");
		expect(hourOf(sub.received_at) === ctx.hour, "body");
		expect(ctx.stream === "subject" === (sub.subject !== void 0), "body");
	}
	return facts(data).map((fact, at) => ({
		...fact,
		...became(results[at] ?? results.at(-1))
	}));
}
/** Whether a public leaf's body is of a type and version that is known here. Throws where it is in the wrong leaf. */
function isRecord(leaf, body) {
	const kind = kindOf(body);
	const type = Object.hasOwn(RECORDS, kind) ? RECORDS[kind] : void 0;
	if (!type) return false;
	expect(shape({
		...RECORD,
		data: shape(type.data)
	})(body) && type.leaf === leaf, "body");
	return true;
}
/** The hour since 1970 of a time. The remainder is exact, which a quotient of doubles is not. */
function hourOf(unix_ms) {
	return (unix_ms - (unix_ms % HOUR_MS + HOUR_MS) % HOUR_MS) / HOUR_MS;
}
/** A frame with the kind's own data, which are absent where there are none. */
function framed(frame, data) {
	const own = shape(data);
	const mayBeEmpty = Object.keys(data).every((name) => name.endsWith("?"));
	const notEmpty = (value) => own(value) && Object.keys(value).length > 0;
	return shape({
		...frame,
		[mayBeEmpty ? "data?" : "data"]: notEmpty
	});
}
function kindOf(body) {
	expect(typeof body.type === "string" && typeof body.v === "number" && body.v >= 0, "body");
	return `${body.type}/${body.v}`;
}
function decided(data) {
	return data.decisions.map((decision) => {
		const flags = [
			"all_scopes",
			"explicit",
			"gpc_acknowledged"
		].filter((name) => decision[name] === true);
		return about(decision.decision, decision, Object.fromEntries(flags.map((name) => [name, "true"])));
	});
}
function ofEach(what, data, details) {
	return data.purposes.map((purpose) => about(what, { purpose }, details));
}
/** A kind about one purpose and scope, or about every scope of a purpose. */
function ofCell(what, details) {
	return (data) => {
		return [about(what, data, {
			...data.all_scopes === true ? { all_scopes: "true" } : {},
			...each(data, details)
		})];
	};
}
/** A kind about no purpose. */
function plain(what, details) {
	return (data) => [{
		what,
		...details.length > 0 ? { details: each(data, details) } : {}
	}];
}
function each(data, names) {
	return Object.fromEntries(names.map((name) => [name, data[name]]));
}
function about(what, { purpose, scope }, details) {
	return {
		what,
		purpose,
		...scope === void 0 ? {} : { scope },
		...Object.keys(details).length > 0 ? { details } : {}
	};
}
function became({ outcome, reason, state }) {
	return {
		outcome,
		...reason === void 0 ? {} : { reason },
		...state === void 0 ? {} : { state }
	};
}

// src/receipt/curve.ts
/** Which 32 bytes are a public key that may be trusted: what samtycke-tlog asks, and WebCrypto of most engines does not. */
const P = 2n ** 255n - 19n;
/** The curve's constant: -121665 / 121666. */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** The y of a point of order 8; the other is its negative. */
const SMALL_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
/** The y of the points whose order divides 8: neutral, of order 2, 4 and 8 (twice). */
const SMALL = /* @__PURE__ */ new Set([
	0n,
	1n,
	P - 1n,
	SMALL_Y,
	P - SMALL_Y
]);
/** The y coordinate of an encoded point (RFC 8032, section 5.1.3): little endian, without the sign of x. */
function yOf(bytes) {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).reverse().join("");
	return BigInt(`0x${hex}`) & 2n ** 255n - 1n;
}
/** Whether it is a point of small order, under which one signature holds for many messages. */
function hasSmallOrder(bytes) {
	return SMALL.has(yOf(bytes) % P);
}
/** Whether 32 bytes are a point of the curve in its one spelling, and not of small order. */
function isPoint(bytes) {
	const y = yOf(bytes);
	if (y >= P || SMALL.has(y)) return false;
	const square = y * y % P;
	return power((square - 1n + P) * (D * square + 1n) % P, (P - 1n) / 2n) === 1n;
}
function power(base, exponent) {
	let [result, factor] = [1n, base];
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if (rest & 1n) result = result * factor % P;
		factor = factor * factor % P;
	}
	return result;
}

// src/receipt/note.ts
/** C2SP signed-note, tlog-checkpoint and tlog-proof, as far as one log's own signature goes. */
const NOTE_BYTES_MAX = 131072;
const PROOF_BYTES_MAX = 147456;
const ORIGIN_BYTES_MAX = 255;
const SIGNATURES_MAX = 32;
const HASHES_MAX = 64;
const ED25519 = 1;
/** A key's name: no white space, no plus, no control character (C2SP signed-note). */
const NAME = "[^+\\p{White_Space}\\x00-\\x1f]+";
const VKEY = new RegExp(`^(${NAME})\\+([0-9a-f]{8})\\+(\\S+)$`, "u");
const LINE = new RegExp(`^\u2014 (${NAME}) (\\S+)$`, "u");
/**
* Reads `<name>+<key id in hex>+<base64(0x01 | public key)>`. Undefined for anything else, for a key whose id is not its
* own or that is no point or a weak one, and where the browser knows no Ed25519.
*/
async function readVerifierKey(text) {
	const [, name, hex, encoded] = VKEY.exec(text) ?? [];
	const bytes = encoded && fromBase64(encoded);
	const id = fromHex(hex, 4);
	if (!name || !bytes || !id || bytes.length !== 33 || bytes[0] !== ED25519) return void 0;
	if (!isPoint(bytes.slice(1))) return void 0;
	const digest = await sha256(utf8(`${name}\n`) ?? /* @__PURE__ */ new Uint8Array(), bytes);
	if (!equal(digest.subarray(0, 4), id)) return void 0;
	try {
		return {
			name,
			id,
			key: await crypto.subtle.importKey("raw", bytes.slice(1), { name: "Ed25519" }, false, ["verify"])
		};
	} catch {
		return;
	}
}
async function verifies({ key }, text, signature) {
	const bytes = utf8(text);
	if (!bytes || signature.length !== 64 || hasSmallOrder(signature.slice(0, 32))) return false;
	return crypto.subtle.verify("Ed25519", key, signature, bytes);
}
/** Reads `c2sp.org/tlog-proof@v1` without extra data. */
function readProof(text) {
	const cut = text.indexOf("\n\n");
	const [version, index, ...rest] = text.slice(0, cut).split("\n");
	if (cut < 0 || version !== "c2sp.org/tlog-proof@v1" || !index?.startsWith("index ")) return void 0;
	const at = fromDecimal(index.slice(6));
	const hashes = all(rest, hash);
	const note = readNote(text.slice(cut + 2));
	return hashes && hashes.length <= HASHES_MAX && utf8(text).length <= PROOF_BYTES_MAX && at !== void 0 && note ? {
		index: at,
		hashes,
		note
	} : void 0;
}
function readNote(note) {
	const cut = note.lastIndexOf("\n\n");
	if (cut < 0 || !note.endsWith("\n") || utf8(note).length > NOTE_BYTES_MAX) return void 0;
	const text = note.slice(0, cut + 1);
	if (/[\x00-\x09\x0b-\x1f]/.test(text)) return void 0;
	const signatures = all(note.slice(cut + 2, -1).split("\n"), readLine);
	return signatures && signatures.length <= SIGNATURES_MAX ? {
		text,
		signatures
	} : void 0;
}
/** Reads a note's text as a checkpoint without extension lines. */
function readCheckpoint(note) {
	const [origin, sizeText, rootText, end, ...more] = note.text.split("\n");
	const size = fromDecimal(sizeText ?? "");
	const root = hash(rootText ?? "");
	if (!origin || utf8(origin).length > ORIGIN_BYTES_MAX || end !== "" || more.length > 0) return void 0;
	return size === void 0 || !root ? void 0 : {
		...note,
		origin,
		size,
		root
	};
}
function readLine(line) {
	const [, name, encoded] = LINE.exec(line) ?? [];
	const bytes = encoded && fromBase64(encoded);
	if (!name || !bytes || bytes.length < 5) return void 0;
	return {
		name,
		id: bytes.slice(0, 4),
		signature: bytes.slice(4)
	};
}
function hash(text) {
	const bytes = fromBase64(text);
	return bytes?.length === 32 ? bytes : void 0;
}
/** Every item read, or undefined where one cannot be. */
function all(items, read) {
	const out = [];
	for (const item of items) {
		const value = read(item);
		if (value === void 0) return void 0;
		out.push(value);
	}
	return out;
}
/** RFC 6962: the hash of a leaf. */
function leafHash(leaf) {
	return sha256(Uint8Array.of(0), leaf);
}
/** RFC 9162, section 2.1.3.2: whether a leaf stands at its index in the tree of this size and root. */
async function isIncluded(leaf, { index, hashes, checkpoint }) {
	if (index >= checkpoint.size) return false;
	let [node, last, current] = [
		index,
		checkpoint.size - 1n,
		leaf
	];
	for (const sibling of hashes) {
		if (last === 0n) return false;
		if ((node & 1n) === 1n || node === last) {
			current = await pair(sibling, current);
			while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
		} else current = await pair(current, sibling);
		[node, last] = [node >> 1n, last >> 1n];
	}
	return last === 0n && equal(current, checkpoint.root);
}
function pair(left, right) {
	return sha256(concat(Uint8Array.of(1), left, right));
}

// src/receipt/bundle.ts
/** Verifies a proof bundle with nothing but WebCrypto: the steps of samtycke-core's `bundle::verify`, in their order. */
const BUNDLE_BYTES_MAX = 2097152;
const BUNDLE_DEPTH_MAX = 4;
const NOTICE_BYTES_MAX = 262144;
const PROOFS_MAX = 4;
const LEAF_BYTES = 82;
const KINDS = [
	"event",
	"publication",
	"key_change",
	"erasure",
	"succession"
];
const encoder = new TextEncoder();
/**
* Verifies a bundle, as `GET /v1/events/{id}/proof` answers it, against the log's verifier key. Offline, and it never
* throws. Take the key from somewhere else than the server that you are checking.
*/
async function verifyReceipt(bundle, vkey) {
	try {
		const key = await readVerifierKey(vkey);
		return key ? await verified(bundle, key) : {
			ok: false,
			outcome: "undecidable",
			reason: "key",
			said: []
		};
	} catch (error) {
		return {
			ok: false,
			outcome: "invalid",
			reason: error instanceof Invalid ? error.why : "format",
			said: []
		};
	}
}
async function verified(source, key) {
	const unknown = [];
	const bundle = readBundle(source);
	const leaf = await readLeaf(bundle.leaf, "leaf");
	const { ctx, sub } = await openings(leaf, fields(bundle.open, ["ctx", "sub"]));
	const said = meaning(leaf, ctx, sub, unknown);
	const salt = await erasureSalt(leaf, bundle);
	expect(bundle.expires === (whole(sub?.expires) ?? whole(ctx?.expires) ?? null), "expires");
	if (bundle.notice !== null) expect(await isCited(bundle.notice, ctx), "notice");
	const heads = [];
	const place = await proofs(bundle.proofs, leaf, ctx, {
		key,
		heads,
		unknown
	});
	const erased_at = bundle.erasure === null ? void 0 : await erasure(bundle.erasure, salt, leaf, place, {
		key,
		heads,
		unknown
	});
	if (erased_at === void 0 && !ctx) unknown.push("nothing_opened");
	const reason = unknown[0];
	if (reason) return {
		ok: false,
		outcome: "undecidable",
		reason,
		said: []
	};
	const outcome = erased_at === void 0 ? "valid" : "valid_erased";
	return {
		ok: outcome === "valid",
		outcome,
		...told(leaf, place, said, ctx, sub),
		...erased_at ? { erased_at } : {}
	};
}
/** What follows from a bundle that holds. */
function told(leaf, place, said, ctx, sub) {
	const kind = KINDS[leaf.kind];
	const text = (from, name) => {
		const value = from?.[name];
		return typeof value === "string" ? { [name]: value } : {};
	};
	const expires = sub?.expires ?? ctx?.expires;
	const hour = ctx?.hour;
	return {
		said,
		origin: place.checkpoint.origin,
		index: place.index,
		size: place.checkpoint.size,
		...kind ? { kind } : {},
		...text(ctx, "notice"),
		...text(ctx, "language"),
		...text(sub, "subject"),
		...typeof hour === "number" ? { hour_ms: hour * 36e5 } : {},
		...typeof expires === "number" ? { expires_ms: expires } : {}
	};
}
/** A bundle has all of its members, and `null` where it has no value. */
const orNull = (check) => (value) => value === null || check(value);
const openingShape = shape({
	r: orNull(text),
	bytes: text
});
const bundleShape = shape({
	v: (value) => value === "samtycke-bundle/1",
	leaf: text,
	open: shape({
		ctx: orNull(openingShape),
		sub: orNull(openingShape)
	}),
	proofs: list(text, 0),
	notice: orNull(shape({
		manifest: text,
		text: shape({
			language: text,
			variant: text,
			bytes: text
		})
	})),
	salt: orNull(text),
	erasure: orNull(shape({
		leaf: text,
		open: openingShape,
		proof: text
	})),
	expires: orNull(integer)
});
function readBundle(source) {
	const bundle = parseStrict(source, BUNDLE_BYTES_MAX, BUNDLE_DEPTH_MAX);
	expect(bundle !== void 0 && bundleShape(bundle), "format");
	return bundle;
}
/** A whole number; undefined for anything else. */
function whole(value) {
	return typeof value === "number" ? value : void 0;
}
/** An object with exactly these fields. */
function fields(value, names) {
	expect(isObject(value) && Object.keys(value).length === names.length && names.every((name) => name in value), "format");
	return value;
}
function asText(value) {
	expect(typeof value === "string", "format");
	return value;
}
async function readLeaf(hex, why) {
	const bytes = fromHex(hex, LEAF_BYTES);
	expect(bytes !== void 0 && equal(bytes.subarray(0, 17), encoder.encode("samtycke/leaf/v1\n")), why);
	const kind = bytes[17];
	const sub = bytes.slice(50);
	const secondIsEmpty = sub.every((byte) => byte === 0);
	expect(kind < KINDS.length && isHidden(kind) !== secondIsEmpty, why);
	return {
		kind,
		ctx: bytes.slice(18, 50),
		sub,
		hash: await leafHash(bytes)
	};
}
/** Whether its bytes are hidden behind a random key rather than hashed openly. */
function isHidden(kind) {
	return kind === 0 || kind === 3;
}
/** That exactly these bytes were committed to. Who decided says nothing without what was decided. */
async function openings(leaf, open) {
	if (open.ctx === null) {
		expect(open.sub === null, "opening");
		return {};
	}
	expect(await opens(leaf, open.ctx, "ctx"), "opening");
	const ctx = body(open.ctx);
	if (open.sub === null) return { ctx };
	expect(await opens(leaf, open.sub, "sub"), "opening");
	return {
		ctx,
		sub: body(open.sub)
	};
}
async function opens(leaf, opening, part) {
	const { r, bytes } = fields(opening, ["r", "bytes"]);
	const committed = encoder.encode(asText(bytes));
	if (r === null) return part === "ctx" && !isHidden(leaf.kind) && equal(await sha256(committed), leaf.ctx);
	const key = fromHex(asText(r), 32);
	if (!key || !isHidden(leaf.kind)) return false;
	return equal(await hmacSha256(key, encoder.encode(`samtycke/${part}/v1\n`), committed), leaf[part]);
}
/** What finds an erasure of an event, in its bundle: it follows from ctx's key where that is shown. */
async function erasureSalt(leaf, { salt, open }) {
	if (leaf.kind !== 0) {
		expect(salt === null, "salt");
		return;
	}
	const bytes = fromHex(salt, 32);
	expect(bytes !== void 0, "salt");
	const key = fromHex(own(own(open, "ctx"), "r"), 32);
	if (key) expect(equal(bytes, await sha256(encoder.encode("samtycke/erased/v1\n"), key)), "salt");
	return bytes;
}
/** What the bodies say. A kind or version that is not known here decides nothing. */
function meaning(leaf, ctx, sub, unknown) {
	if (!ctx) return [];
	if (leaf.kind === 3) {
		if (ctx.v !== 1) unknown.push("body_version");
		return [];
	}
	const said = leaf.kind === 0 ? readEvent(ctx, sub) : isRecord(leaf.kind, ctx) ? [] : void 0;
	if (!said) unknown.push("body_version");
	return said ?? [];
}
function body(opening) {
	const text = asText(fields(opening, ["r", "bytes"]).bytes);
	const value = parseCanonical(text);
	expect(isObject(value), "body");
	return value;
}
/** Whether the event cites this manifest, language and variant, and the manifest this text for them. */
async function isCited(value, ctx) {
	const notice = fields(value, ["manifest", "text"]);
	const text = fields(notice.text, [
		"language",
		"variant",
		"bytes"
	]);
	const manifestText = asText(notice.manifest);
	const [language, variant, shown] = [
		asText(text.language),
		asText(text.variant),
		encoder.encode(asText(text.bytes))
	];
	const cited = ctx?.notice === await sha256Name(encoder.encode(manifestText)) && ctx.language === language && ctx.variant === variant;
	const manifest = parseCanonical(manifestText, NOTICE_BYTES_MAX);
	if (!cited || !isObject(manifest)) return false;
	return own(own(own(manifest, "texts"), language), variant) === await sha256Name(shown) && shown.length <= NOTICE_BYTES_MAX;
}
/** A field of its own: not what every object has, such as `constructor`. */
function own(value, name) {
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : void 0;
}
async function sha256Name(bytes) {
	return `sha256:${toHex(await sha256(bytes))}`;
}
/** That the leaf stands at one place of one log. */
async function proofs(list, leaf, ctx, walk) {
	expect(Array.isArray(list), "format");
	const texts = list.map(asText);
	expect(texts.length >= 1 && texts.length <= PROOFS_MAX, "proof");
	const named = ctx && (isHidden(leaf.kind) || "log" in ctx);
	expect(!named || typeof ctx.log === "string", "body");
	let first;
	for (const text of texts) {
		const place = await proof(text, leaf, named ? String(ctx.log) : void 0, walk);
		first ??= place;
		expect(first.index === place.index && first.checkpoint.origin === place.checkpoint.origin, "place");
	}
	return first;
}
async function proof(text, leaf, log, walk) {
	const found = readProof(text);
	expect(found !== void 0, "proof");
	const checkpoint = readCheckpoint(found.note);
	expect(checkpoint !== void 0, "checkpoint");
	const place = {
		...found,
		checkpoint
	};
	const { origin, size, root } = place.checkpoint;
	expect(log === void 0 || log === origin.split("/").at(-1), "place");
	expect(await isIncluded(leaf.hash, place), "inclusion");
	await signatures(place, walk);
	const differs = walk.heads.some(({ checkpoint }) => checkpoint.origin === origin && checkpoint.size === size && !equal(checkpoint.root, root));
	expect(!differs, "split_view");
	walk.heads.push(place);
	return place;
}
/**
* Every line by the known key must verify, and one by it under another label was changed. Lines of others prove nothing
* here and are ignored, as signed-note asks.
*/
async function signatures({ checkpoint }, { key, unknown }) {
	let signed = false;
	for (const { name, id, signature } of checkpoint.signatures) {
		const [sameName, sameId] = [name === key.name, equal(id, key.id)];
		const holds = (sameName || sameId) && await verifies(key, checkpoint.text, signature);
		if (sameName && sameId) {
			expect(holds, "signature");
			expect(key.name === checkpoint.origin, "place");
			signed = true;
		} else {
			const near = sameName && first30(id) === first30(key.id);
			expect(!holds && !near, "signature");
		}
	}
	if (!signed) unknown.push("unknown_log");
}
function first30(id) {
	return new DataView(id.buffer, id.byteOffset).getUint32(0) >>> 2;
}
/** That a later leaf of the same log says that this leaf's openings were destroyed; returns its index. */
async function erasure(value, salt, erased, at, walk) {
	const found = fields(value, [
		"leaf",
		"open",
		"proof"
	]);
	const leaf = await readLeaf(found.leaf, "erasure");
	expect(leaf.kind === 3 && await opens(leaf, found.open, "ctx"), "erasure");
	const said = body(found.open);
	if (said.v !== 1) walk.unknown.push("body_version");
	expect(salt !== void 0 && erased.kind === 0, "erasure");
	const index = /* @__PURE__ */ new Uint8Array(8);
	new DataView(index.buffer).setBigUint64(0, at.index);
	const mark = toHex(await sha256(salt, index));
	expect(Array.isArray(said.erased) && said.erased.includes(mark), "erasure");
	expect(typeof said.log === "string", "body");
	const place = await proof(asText(found.proof), leaf, String(said.log), walk);
	expect(place.checkpoint.origin === at.checkpoint.origin && place.index > at.index, "erasure");
	return place.index;
}

// src/receipt/cookie.ts
/** Verifies the consent cookie offline: for a server that runs JavaScript, and for who wants to see for themselves. */
const VALUE_BYTES_MAX = 4096;
const COUNTER_MAX = 2n ** 31n;
const MINUS_MAX = 64;
const AHEAD_MS_MAX = 3e5;
const MAX_AGE_S = 86400;
/** The last second of the year 9999: no time in a cookie is later, and none is before 1970. */
const TIME_S_MAX = 253402300799;
const DEPTH_MAX = 4;
/** The name of a site's cookie, by the origin of its log (a verifier key's text up to its first `+`) and the site's name. */
async function cookieName(logOrigin, site) {
	return `samtycke-consent-1-${await siteId(logOrigin, site)}`;
}
/**
* Verifies a value of the cookie called by `cookieName`, or a bare `<payload>.<signature>`, against the log's verifier key.
* Whatever is not in `allowed` is a no. It never throws.
*/
async function verifyCookie(value, vkey, expected) {
	const no = (reason) => ({
		ok: false,
		reason,
		allowed: [],
		allowedUnderGpc: [],
		withdrawnSince: []
	});
	if (new TextEncoder().encode(value).length > VALUE_BYTES_MAX) return no("too_long");
	const parts = readParts(value);
	if (!parts) return no("format");
	if (parts === "refused") return no("refused");
	const key = await readVerifierKey(vkey);
	if (!key) return no("key");
	const signature = fromBase64Url(parts.signature);
	if (!await verifies(key, `samtycke/cookie/v1\n${parts.payload}`, signature)) return no("signature");
	const payload = readPayload(parts.payload);
	if (typeof payload === "string") return no(payload);
	if (payload.o !== key.name) return no("origin");
	if (payload.i !== await siteId(payload.o, payload.s)) return no("site");
	if (parts.capability && await subjectOf(parts.capability) !== payload.sub) return no("capability");
	if (parts.withdrawnIndexes.some((index) => index >= payload.p.length)) return no("format");
	if (payload.s !== expected.site) return no("site");
	const now = expected.now_ms ?? Date.now();
	if (payload.iat * 1e3 > now + AHEAD_MS_MAX) return no("future");
	if (payload.exp * 1e3 <= now) return no("expired");
	if (now - payload.iat * 1e3 > (expected.max_age_s ?? MAX_AGE_S) * 1e3) return no("too_old");
	const entries = payload.p.map(([word, , bits], index) => ({
		word,
		bits,
		gone: parts.withdrawnIndexes.includes(index)
	}));
	const words = [...new Set(entries.flatMap(({ word }) => [word.split("/")[0], word]))];
	const about = (word) => entries.filter((entry) => entry.word === word || entry.word.startsWith(`${word}/`));
	const isGiven = (mask) => (word) => about(word).every(({ bits, gone }) => (bits & mask) === 1 && !gone);
	return {
		ok: true,
		allowed: words.filter(isGiven(1)),
		allowedUnderGpc: words.filter(isGiven(3)),
		withdrawnSince: words.filter((word) => about(word).some(({ gone }) => gone)),
		payload
	};
}
function readParts(value) {
	const parts = value.split(".");
	const [form, n = "", third = "", fourth = "", capability = "", withdrawnIndexes] = parts;
	if (form === "r" && parts.length === 4) return isCounter(n) && isRefusal(third, fourth) ? "refused" : void 0;
	if (parts.length === 2) return signed(form ?? "", n, []);
	if (form !== "g" || parts.length < 5 || parts.length > 6) return void 0;
	const without = withdrawnIndexes === void 0 ? [] : indices(withdrawnIndexes);
	if (!isCounter(n) || fromBase64Url(capability)?.length !== 32 || !without) return void 0;
	const found = signed(third, fourth, without);
	return found && {
		...found,
		capability
	};
}
function signed(payload, signature, withdrawnIndexes) {
	return payload !== "" && fromBase64Url(payload) && fromBase64Url(signature)?.length === 64 ? {
		payload,
		signature,
		withdrawnIndexes
	} : void 0;
}
function isCounter(text) {
	const n = fromDecimal(text);
	return n !== void 0 && n >= 1n && n <= COUNTER_MAX;
}
/** The day to base 36 in its one spelling, and eight hex digits. */
function isRefusal(day, notice8) {
	return /^(?:0|[1-9a-z][\da-z]{0,5})$/.test(day) && /^[\da-f]{8}$/.test(notice8);
}
/** Each at most once; in any order, as they were withdrawn. */
function indices(text) {
	const found = text.split("-").map(fromDecimal);
	if (found.includes(void 0) || found.length > MINUS_MAX || new Set(found).size < found.length) return void 0;
	return found.map(Number);
}
const time = (value) => integer(value) && value >= 0 && value <= TIME_S_MAX;
const payloadShape = shape({
	v: (value) => value === 1,
	o: text,
	s: site,
	i: publicSite,
	n: (value) => typeof value === "string" && /^[\da-f]{8}$/.test(value),
	sub: subject,
	seq: (value) => integer(value) && value >= 0,
	iat: time,
	exp: time,
	pos: text,
	p: list(isEntry, 0)
});
/** There is one spelling of each payload: these fields, in this order, without a space. */
function readPayload(encoded) {
	try {
		const json = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(fromBase64Url(encoded));
		const read = parseStrict(json, VALUE_BYTES_MAX, DEPTH_MAX);
		if (!isObject(read) || typeof read.v !== "number" || read.v < 0) return "format";
		if (read.v !== 1) return "version";
		const { v, o, s, i, n, sub, seq, iat, exp, pos, p } = read;
		return JSON.stringify({
			v,
			o,
			s,
			i,
			n,
			sub,
			seq,
			iat,
			exp,
			pos,
			p
		}) === json && payloadShape(read) && isEachOnce(read) ? read : "format";
	} catch {
		return "format";
	}
}
/** Two entries about one purpose and service could disagree. */
function isEachOnce({ p }) {
	const words = p.map(([word]) => word);
	return new Set(words).size === words.length;
}
function isEntry(entry) {
	if (!Array.isArray(entry) || entry.length !== 3) return false;
	const [word, letter, bits] = entry;
	if (typeof word !== "string" || typeof letter !== "string" || typeof bits !== "number") return false;
	const cut = word.indexOf("/");
	return (cut < 0 ? purpose(word) : purpose(word.slice(0, cut)) && code(word.slice(cut + 1))) && /^[npsm]$/.test(letter) && bits >= 0 && bits <= 15;
}
/** The public id of a site: the first 12 hex digits of a hash over its log and its name. */
async function siteId(logOrigin, site) {
	const digest = await sha256(utf8(`samtycke/site/v1\n${logOrigin}\n${site}`));
	return toHex(digest.subarray(0, 6));
}
/** The pseudonym that a browser's own capability opens. */
async function subjectOf(capability) {
	const digest = await sha256(utf8("samtycke/subject/v1\n"), fromBase64Url(capability));
	return `s_${toBase64Url(digest.subarray(0, 16))}`;
}

export { cookieName, verifyCookie, verifyReceipt };