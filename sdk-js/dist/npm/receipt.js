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

// src/receipt/json.ts
const DEPTH_MAX = 16;
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/**
* The value of a text that is JSON in its canonical form (RFC 8785), with whole numbers, ASCII keys and texts in Unicode
* form C; else undefined.
*/
function parseCanonical(text) {
	try {
		const value = JSON.parse(text);
		return isStrict(value, DEPTH_MAX) && canonical(value) === text ? value : void 0;
	} catch {
		return;
	}
}
/** RFC 8785 for what `isStrict` accepts: the keys sorted by their UTF-16 units, and the rest as ECMAScript writes it. */
function canonical(value) {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (!isObject(value)) return JSON.stringify(value);
	return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}
function isStrict(value, depth) {
	switch (typeof value) {
		case "string": return value.normalize("NFC") === value;
		case "number": return Number.isSafeInteger(value);
		case "boolean": return true;
	}
	if (value === null) return true;
	if (depth === 0) return false;
	if (Array.isArray(value)) return value.every((item) => isStrict(item, depth - 1));
	return Object.entries(value).every(([key, item]) => /^[\x00-\x7f]*$/.test(key) && isStrict(item, depth - 1));
}
/** Whether a key stands twice in one object of a text that JSON.parse accepts: the last would win, in silence. */
function hasKeyTwice(text) {
	const open = [];
	for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) if (token === "{") open.push(/* @__PURE__ */ new Set());
	else if (token === "[") open.push(void 0);
	else if (token === "}" || token === "]") open.pop();
	else if (colon && string) {
		const keys = open.at(-1);
		const key = JSON.parse(string);
		if (keys?.has(key)) return true;
		keys?.add(key);
	}
	return false;
}

// src/receipt/event.ts
/** What committed bodies say: the kinds of event and of public leaf that a log holds, by samtycke-core's `event::opening`. */
const HOUR_MS = 36e5;
const CTX = "v type log stream site notice language variant method surface ui_hash assurance hour data results".split(" ");
const SUB = "v type subject event_id seq prev received_at occurred_at based_on after_seqs actor signals device evidence prompt expires data".split(" ");
/** The kinds of event, by type and version. A kind that no route records yet is not known here. */
const EVENTS = {
	"decisions/1": {
		facts: decided,
		private: []
	},
	"consent.used/1": {
		facts: used,
		private: ["consent", "valid_until"]
	},
	"notice.delivered/1": {
		facts: delivered,
		private: []
	},
	"objection.upheld/1": {
		facts: ofCell("upheld", []),
		private: []
	},
	"objection.rejected/1": {
		facts: ofCell("rejected", ["grounds", "balancing_test"]),
		private: []
	},
	"contract.started/1": {
		facts: contractStarted,
		private: ["contract", "effective_from"]
	},
	"contract.ended/1": {
		facts: plain("contract_ended", []),
		private: ["contract", "last_day"]
	},
	"terms.accepted/1": {
		facts: plain("terms_accepted", ["terms", "version"]),
		private: []
	},
	"age.band_set/1": {
		facts: plain("age_band_set", []),
		private: [
			"band",
			"until",
			"country",
			"verification"
		]
	},
	"guardian.linked/1": {
		facts: plain("guardian_linked", ["verification"]),
		private: ["guardian", "holders"]
	},
	"guardian.unlinked/1": {
		facts: plain("guardian_unlinked", ["cause"]),
		private: ["guardian", "holders"]
	},
	"consent.invalidated/1": {
		facts: ofCell("invalidated", ["cause"], true),
		private: ["effective_from"]
	},
	"consent.revoked/1": {
		facts: ofCell("revoked", ["cause"], true),
		private: []
	},
	"subject.linked/1": {
		facts: plain("subject_linked", []),
		private: ["from", "joined"]
	},
	"subject.merged/1": {
		facts: plain("subject_merged", []),
		private: ["into"]
	},
	"subject.unmerged/1": {
		facts: plain("subject_unmerged", ["cause"]),
		private: ["from", "joined"]
	},
	"subject.restricted/1": {
		facts: plain("restricted", ["cause"]),
		private: []
	},
	"subject.unrestricted/1": {
		facts: plain("unrestricted", ["cause"]),
		private: []
	},
	"correction/1": {
		facts: plain("corrected", ["fault"]),
		private: ["corrects", "effective_from"]
	}
};
/** The types of public leaf, by type and version: the kind of leaf that they stand in, and their data. */
const RECORDS = {
	"log.opened/1": {
		leaf: 2,
		data: ["origin", "vkey"]
	},
	"register.published/1": {
		leaf: 1,
		data: [
			"hash",
			"version",
			"classes",
			"previous"
		]
	},
	"notice.invalidated/1": {
		leaf: 1,
		data: [
			"hash",
			"purposes",
			"cause",
			"effective_from"
		]
	},
	"campaign.published/1": {
		leaf: 1,
		data: [
			"campaign",
			"version",
			"ends_on",
			"media",
			"surfaces",
			"advertising"
		]
	},
	"notice.published/1": {
		leaf: 1,
		data: [
			"site",
			"hash",
			"version",
			"classes",
			"previous"
		]
	},
	"key.added/1": {
		leaf: 2,
		data: [
			"key_id",
			"role",
			"site"
		]
	},
	"key.revoked/1": {
		leaf: 2,
		data: ["key_id"]
	},
	"site.added/1": {
		leaf: 2,
		data: ["site", "origins"]
	},
	"site.changed/1": {
		leaf: 2,
		data: ["site", "origins"]
	},
	"site.revoked/1": {
		leaf: 2,
		data: ["site"]
	}
};
/** What an event says; undefined for a kind or version that is not known here. Throws where the openings are not its. */
function readEvent(ctx, sub) {
	const kind = kindOf(EVENTS, ctx);
	if (!kind) return void 0;
	only(ctx, CTX);
	const facts = kind.facts(object(ctx.data ?? {}));
	const results = Array.isArray(ctx.results) ? ctx.results.map(object) : [];
	expect(facts.length > 0 && results.length === facts.length, "body");
	if (sub) {
		only(sub, SUB);
		only(object(sub.data ?? {}), kind.private);
		expect(sub.type === ctx.type && sub.v === ctx.v, "body");
		expect(Math.floor(Number(sub.received_at) / HOUR_MS) === ctx.hour, "body");
		expect(ctx.stream === "subject" === (typeof sub.subject === "string"), "body");
	}
	return facts.map((fact, i) => ({
		...fact,
		...became(results[i])
	}));
}
/** Whether a public leaf's body is of a type and version that is known here. Throws where it is in the wrong leaf. */
function isRecord(leaf, body) {
	const type = kindOf(RECORDS, body);
	if (!type) return false;
	only(body, [
		"v",
		"type",
		"log",
		"at",
		"by",
		"data"
	]);
	only(object(body.data), type.data);
	expect(type.leaf === leaf, "body");
	return true;
}
function kindOf(kinds, body) {
	expect(typeof body.type === "string" && typeof body.v === "number", "body");
	const name = `${body.type}/${body.v}`;
	return Object.hasOwn(kinds, name) ? kinds[name] : void 0;
}
function decided(data) {
	only(data, ["decisions"]);
	return (Array.isArray(data.decisions) ? data.decisions : []).map((value) => {
		const decision = object(value);
		only(decision, [
			"purpose",
			"decision",
			"scope",
			"all_scopes",
			"explicit",
			"gpc_acknowledged"
		]);
		const flags = [
			"all_scopes",
			"explicit",
			"gpc_acknowledged"
		].filter((name) => decision[name] === true);
		return about(text(decision.decision), decision, Object.fromEntries(flags.map((name) => [name, "true"])));
	});
}
function used(data) {
	only(data, [
		"purpose",
		"scope",
		"reason",
		"obligations"
	]);
	return [about("used", data, { reason: text(data.reason) })];
}
function delivered(data) {
	only(data, [
		"notice",
		"purposes",
		"language",
		"variant"
	]);
	const details = each(data, [
		"notice",
		"language",
		"variant"
	]);
	return purposes(data).map((purpose) => about("notice_delivered", { purpose }, details));
}
function contractStarted(data) {
	only(data, ["purposes"]);
	return purposes(data).map((purpose) => about("contract_started", { purpose }, {}));
}
/** A kind about one purpose and scope, or with `everyScope` about every scope of a purpose. */
function ofCell(what, details, everyScope = false) {
	return (data) => {
		only(data, [
			"purpose",
			"scope",
			...everyScope ? ["all_scopes"] : [],
			...details
		]);
		return [about(what, data, {
			...data.all_scopes === true ? { all_scopes: "true" } : {},
			...each(data, details)
		})];
	};
}
/** A kind about no purpose. */
function plain(what, details) {
	return (data) => {
		only(data, details);
		return [{
			what,
			...details.length > 0 ? { details: each(data, details) } : {}
		}];
	};
}
function purposes(data) {
	return Array.isArray(data.purposes) ? data.purposes : [];
}
function each(data, names) {
	return Object.fromEntries(names.map((name) => [name, text(data[name])]));
}
function about(what, { purpose, scope }, details) {
	return {
		what,
		purpose: text(purpose),
		...scope === void 0 ? {} : { scope: texts(scope) },
		...Object.keys(details).length > 0 ? { details } : {}
	};
}
function became(result) {
	only(result, [
		"outcome",
		"reason",
		"state"
	]);
	const { outcome, reason, state } = result;
	return {
		outcome: text(outcome),
		...reason === void 0 ? {} : { reason: text(reason) },
		...state === void 0 ? {} : { state: text(state) }
	};
}
function texts(value) {
	return Object.fromEntries(Object.entries(object(value)).map(([name, each]) => [name, text(each)]));
}
/** An unknown field could say anything, and so says nothing here. */
function only(value, names) {
	expect(Object.keys(value).every((name) => names.includes(name)), "body");
}
function object(value) {
	expect(isObject(value), "body");
	return value;
}
function text(value) {
	expect(typeof value === "string", "body");
	return value;
}

// src/receipt/note.ts
/** C2SP signed-note, tlog-checkpoint and tlog-proof, as far as one log's own signature goes. */
const NOTE_CHARS_MAX = 131072;
const SIGNATURES_MAX = 32;
const HASHES_MAX = 64;
const ED25519 = 1;
/**
* Reads `<name>+<key id in hex>+<base64(0x01 | public key)>`. Undefined for anything else, for a key whose id is not its
* own, and where the browser knows no Ed25519.
*/
async function readVerifierKey(text) {
	const [, name, hex, encoded] = /^([^+\s\p{Cc}]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
	const bytes = encoded && fromBase64(encoded);
	const id = fromHex(hex, 4);
	if (!name || !bytes || !id || bytes.length !== 33 || bytes[0] !== ED25519) return void 0;
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
	if (!bytes || signature.length !== 64) return false;
	return crypto.subtle.verify("Ed25519", key, signature, bytes);
}
/** Reads `c2sp.org/tlog-proof@v1` without extra data, around a checkpoint without extensions. */
function readProof(text) {
	if (text.length > NOTE_CHARS_MAX) return void 0;
	const cut = text.indexOf("\n\n");
	const [version, index, ...rest] = text.slice(0, cut).split("\n");
	if (cut < 0 || version !== "c2sp.org/tlog-proof@v1" || !index?.startsWith("index ")) return void 0;
	const at = fromDecimal(index.slice(6));
	const hashes = all(rest, hash);
	const checkpoint = readCheckpoint(text.slice(cut + 2));
	if (at === void 0 || !hashes || hashes.length > HASHES_MAX || !checkpoint) return void 0;
	return {
		index: at,
		hashes,
		checkpoint
	};
}
function readCheckpoint(note) {
	const cut = note.lastIndexOf("\n\n");
	if (cut < 0 || !note.endsWith("\n")) return void 0;
	const text = note.slice(0, cut + 1);
	const signatures = all(note.slice(cut + 2, -1).split("\n"), readLine);
	const [origin, sizeText, rootText, end, ...more] = text.split("\n");
	const size = fromDecimal(sizeText ?? "");
	const root = hash(rootText ?? "");
	if (!origin || origin.length > 255 || /[\x00-\x1f]/.test(origin) || end !== "" || more.length > 0) return void 0;
	if (size === void 0 || !root || !signatures || signatures.length > SIGNATURES_MAX) return void 0;
	return {
		text,
		signatures,
		origin,
		size,
		root
	};
}
function readLine(line) {
	const [, name, encoded] = /^\u2014 ([^+\s\p{Cc}]+) (\S+)$/u.exec(line) ?? [];
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
const BUNDLE_CHARS_MAX = 2097152;
const NOTICE_BYTES_MAX = 262144;
const BODY_BYTES_MAX = 16384;
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
async function verified(text, key) {
	const unknown = [];
	const bundle = readBundle(text);
	const leaf = await readLeaf(bundle.leaf, "leaf");
	const { ctx, sub } = await openings(leaf, fields(bundle.open, ["ctx", "sub"]));
	const said = meaning(leaf, ctx, sub, unknown);
	const salt = await erasureSalt(leaf, bundle);
	expect((bundle.expires ?? null) === (sub?.expires ?? ctx?.expires ?? null), "expires");
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
function readBundle(text) {
	expect(text.length <= BUNDLE_CHARS_MAX, "format");
	const value = JSON.parse(text);
	expect(!hasKeyTwice(text) && utf8(JSON.stringify(value)) !== void 0, "format");
	const bundle = fields(value, [
		"v",
		"leaf",
		"open",
		"proofs",
		"notice",
		"salt",
		"erasure",
		"expires"
	]);
	expect(bundle.v === "samtycke-bundle/1", "format");
	return bundle;
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
	if (!ctx || leaf.kind === 3) return [];
	const said = leaf.kind === 0 ? readEvent(ctx, sub) : isRecord(leaf.kind, ctx) ? [] : void 0;
	if (!said) unknown.push("body_version");
	return said ?? [];
}
function body(opening) {
	const text = asText(fields(opening, ["r", "bytes"]).bytes);
	const value = encoder.encode(text).length <= BODY_BYTES_MAX ? parseCanonical(text) : void 0;
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
	const manifest = parseCanonical(manifestText);
	if (!cited || !isObject(manifest) || manifestText.length > NOTICE_BYTES_MAX) return false;
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
	const place = found;
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
		const holds = await verifies(key, checkpoint.text, signature);
		if (name === key.name && equal(id, key.id)) {
			expect(holds, "signature");
			expect(key.name === checkpoint.origin, "place");
			signed = true;
		} else {
			const near = name === key.name && first30(id) === first30(key.id);
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
const VALUE_CHARS_MAX = 4096;
const COUNTER_MAX = 2n ** 31n;
const MINUS_MAX = 64;
const AHEAD_MS_MAX = 3e5;
const MAX_AGE_S = 86400;
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
	if (value.length > VALUE_CHARS_MAX) return no("too_long");
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
/** There is one spelling of each payload: these fields, in this order, without a space. */
function readPayload(text) {
	try {
		const json = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(fromBase64Url(text));
		const read = JSON.parse(json);
		if (!Number.isInteger(read.v)) return "format";
		if (read.v !== 1) return "version";
		const { v, o, s, i, n, sub, seq, iat, exp, pos, p } = read;
		const texts = [
			o,
			s,
			i,
			n,
			sub,
			pos
		].every((part) => typeof part === "string");
		const numbers = [
			seq,
			iat,
			exp
		].every(Number.isSafeInteger) && seq >= 0;
		const spelled = JSON.stringify({
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
		}) === json;
		return texts && numbers && spelled && Array.isArray(p) && p.every(isEntry) ? read : "format";
	} catch {
		return "format";
	}
}
function isEntry(entry) {
	if (!Array.isArray(entry) || entry.length !== 3) return false;
	const [purpose, letter, bits] = entry;
	const category = letter === "n" || letter === "p" || letter === "s" || letter === "m";
	return typeof purpose === "string" && /^[a-z\d][a-z\d.-]*(?:\/[a-z\d._-]+)?$/.test(purpose) && category && Number.isInteger(bits) && bits >= 0 && bits <= 15;
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