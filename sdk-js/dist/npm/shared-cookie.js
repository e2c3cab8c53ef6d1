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
/** Which of several choices holds: the one with the highest number, of two equals the one that gives less. */
function newestChoice(values, site) {
	return values.flatMap((value) => parseChoice(value, site) ?? []).sort((a, b) => b.n - a.n || givenCount(a) - givenCount(b))[0];
}
/** Values of the site's cookie in `document.cookie`: there can be several, with other paths or domains. */
function siteCookieValues(cookies, site) {
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
function isConfirmed({ capability, seq, signed }, { local, now }) {
	return now - signed <= 86400 && signed - now <= AHEAD_S && !(seq < local.s && capability === local.c);
}
/** What a purpose is asked about, and answered: the purpose as a whole, or each of its services as `<purpose>/<service>`. */
const answerIds = ({ id, vendors }) => vendors?.[0] ? vendors.map((vendor) => `${id}/${vendor.id}`) : [id];
/**
* Whether the person has said yes to a purpose, to one of its services, or to a category as a whole, by this browser's word.
* `strict`: and no signal or missing part stands against it. A purpose is given with all of its services, and a yes to one
* whose services are not asked by themselves is one to each of them.
*/
function isGiven(word, { stored, local, gpc, held }, strict) {
	const [name] = word.split("/");
	const about = stored?.purposes.filter(({ id, category }) => [word, name].includes(id) || category === name || id.startsWith(`${word}/`));
	return !!about?.[0] && about.every(({ id, given, gpc: denied, google }) => given && !(strict && (gpc && denied || held && google)) && !local.q.some(({ no }) => no.includes(id)));
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
/** Words of other tools for our four categories. A purpose may bear such a name, so the own attribute is taken as it is. */
const OTHER_WORDS = {
	analytics: "statistics",
	ads: "marketing",
	advertising: "marketing",
	targeting: "marketing",
	functional: "preferences",
	functionality: "preferences"
};
/**
* Reads `data-samtycke-purpose`, or what vanilla-cookieconsent (`data-category`), Cookiebot (`data-cookieconsent`) and
* klaro (`data-name`) call it. Several words, by blank or comma, are all needed. With `data-samtycke-vendor` each is that
* service's part of the purpose.
*/
function neededPurposes(attributes) {
	const { samtyckePurpose: own, samtyckeVendor: vendor, category, cookieconsent, name } = attributes;
	const words = (own ?? category ?? cookieconsent ?? name ?? "").split(/[\s,]+/).filter((word) => word);
	if (own !== void 0) return vendor ? words.map((word) => `${word}/${vendor}`) : words;
	return words.map((word) => Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : word);
}
/** Whether all of it is there. Nothing named is nothing permitted: an empty attribute is a mistake, not a yes. */
function allPermitted(words, allowed) {
	return words.length > 0 && words.every((word) => word === "necessary" || allowed(word));
}
/** Whether a site could ever permit them. */
function canBePermitted({ purposes, words: { categories } }, words) {
	return allPermitted(words, (word) => Object.hasOwn(categories, word) || purposes.some((purpose) => word === purpose.id || answerIds(purpose).includes(word)));
}

export { DAY_S, allPermitted, answerIds, canBePermitted, cookieName, isConfirmed, isGiven, isPermitted, neededPurposes, newestChoice, parseChoice, siteCookieValues, stateOf };