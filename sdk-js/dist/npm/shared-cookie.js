// src/core/cookie.ts
/**
* The name of a site's cookie. The number is the version of the form; another form gets another name. Sites that share
* a host must not read each other's cookies, whatever their ports and paths.
*/
const cookieName = (site) => `samtycke-consent-1-${site}`;
/** The payload stores the first letter. */
const CATEGORIES = [
	"necessary",
	"preferences",
	"statistics",
	"marketing"
];
const FORM = /^(?:r\.([1-9]\d{0,9})\.(0|[1-9a-z][\da-z]{0,5})\.([\da-f]{8})|g\.([1-9]\d{0,9})\.(([\w-]+)\.[\w-]{86})\.([\w-]{43})(?:\.(\d+(?:-\d+)*))?)$/;
/** The server's limits: the largest choice number and the longest value. */
const NUMBER_MAX = 2 ** 31;
const VALUE_MAX = 4096;
/** A day in seconds. Refusals are dated by the day, so that the date identifies no user. */
const DAY_S = 86400;
/** Decodes unpadded base64url, one character per byte. Throws if it is invalid. */
function fromBase64url(text) {
	return atob(text.replace(/-/g, "+").replace(/_/g, "/"));
}
/** Parses a value of this site's cookie. Undefined if it is damaged, or signed for another site. Never throws. */
function parseChoice(value, site) {
	const [, refusal, day, notice8, count, text, payload, capability, withdrawnIndexes = ""] = FORM.exec(value) ?? [];
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
		const without = withdrawnIndexes ? withdrawnIndexes.split("-") : [];
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
				withdrawnIndexes: without.map(Number)
			}
		};
	} catch {}
}
const givenCount = (choice) => choice.purposes.filter((purpose) => purpose.given).length;
/** The choice that holds: the one with the highest number; of two equals, the one that gives less. */
function newestChoice(values, site) {
	return values.flatMap((value) => parseChoice(value, site) ?? []).sort((a, b) => b.n - a.n || givenCount(a) - givenCount(b))[0];
}
/** The values of the site's cookie in `document.cookie`. There can be several, with different paths or domains. */
function siteCookieValues(cookies, site) {
	const name = `${cookieName(site)}=`;
	return cookies.split("; ").flatMap((cookie) => cookie.startsWith(name) ? cookie.slice(name.length) : []);
}

// src/core/permission.ts
/** Seconds by which a token may seem to come from the future, because clocks differ. */
const AHEAD_S = 300;
/**
* Whether the server confirmed the token recently enough: browsers may rely on it for 24 hours. A token that is older
* than what the server has acknowledged since does not count: a cookie that the server sets can arrive late.
*/
function isConfirmed({ capability, seq, signed }, { local, now }) {
	return now - signed <= 86400 && signed - now <= AHEAD_S && !(seq < local.s && capability === local.c);
}
/** The ids that a purpose is answered by: the purpose as a whole, or each of its services as `<purpose>/<service>`. */
const answerIds = ({ id, vendors }) => vendors?.[0] ? vendors.map((vendor) => `${id}/${vendor.id}`) : [id];
/**
* Whether this browser stores a grant for a purpose, one of its services, or a whole category. `strict`: and no signal
* or missing part blocks it. A purpose is given if all of its services are. A grant to a purpose that is not asked by
* service covers each service.
*/
function isGiven(word, { stored, local, gpc, held }, strict) {
	const [name] = word.split("/");
	const about = stored?.purposes.filter(({ id, category }) => [word, name].includes(id) || category === name || id.startsWith(`${word}/`));
	return !!about?.[0] && about.every(({ id, given, gpc: denied, google }) => given && !(strict && (gpc && denied || held && google)) && !local.q.some((entry) => entry.no.includes(id) || strict && gpc && !entry.gpc));
}
/** Whether it may be done now. */
function isPermitted(word, view) {
	const token = view.stored?.token;
	return word === "necessary" || !!token && view.now < token.expires && isConfirmed(token, view) && isGiven(word, view, true);
}
/** The snapshot that a page sees. */
function stateOf(view) {
	const { stored, local, gpc, deferred } = view;
	const words = stored?.purposes.flatMap(({ id }) => [id.split("/")[0], id]);
	return {
		choice: local.q.some((entry) => entry.yes[0]) ? "given" : stored?.kind ?? (deferred ? "deferred" : "none"),
		pending: !!local.q[0],
		gpc,
		allowed: [...new Set(words)].filter((word) => isPermitted(word, view))
	};
}

// src/gate/needs.ts
/**
* Other tools' words for our four categories. A purpose may have such a name, so our own attribute is not translated.
*/
const OTHER_WORDS = {
	analytics: "statistics",
	ads: "marketing",
	advertising: "marketing",
	targeting: "marketing",
	functional: "preferences",
	functionality: "preferences"
};
/**
* Reads `data-samtycke-purpose`, or the attribute of vanilla-cookieconsent (`data-category`), Cookiebot
* (`data-cookieconsent`) or klaro (`data-name`). Several words, separated by spaces or commas, are all needed.
* `data-samtycke-vendor` limits each to that service.
*/
function neededPurposes(attributes) {
	const { samtyckePurpose: own, samtyckeVendor: vendor, category, cookieconsent, name } = attributes;
	const words = (own ?? category ?? cookieconsent ?? name ?? "").split(/[\s,]+/).filter((word) => word);
	if (own !== void 0) return vendor ? words.map((word) => `${word}/${vendor}`) : words;
	return words.map((word) => Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : word);
}
/** Whether all of them are permitted. An empty attribute is a mistake, and permits nothing. */
function allPermitted(words, allowed) {
	return words.length > 0 && words.every((word) => word === "necessary" || allowed(word));
}
/** Whether this site could ever permit them. */
function canBePermitted({ purposes, words: { categories } }, words) {
	return allPermitted(words, (word) => Object.hasOwn(categories, word) || purposes.some((purpose) => word === purpose.id || answerIds(purpose).includes(word)));
}

export { DAY_S, allPermitted, answerIds, canBePermitted, cookieName, isConfirmed, isGiven, isPermitted, neededPurposes, newestChoice, parseChoice, siteCookieValues, stateOf };