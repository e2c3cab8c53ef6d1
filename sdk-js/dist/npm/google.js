// src/bridges/google.ts
/** Consent types of developers.google.com/tag-platform/security/concepts/consent-mode. */
const GOOGLE_TYPES = [
	"ad_storage",
	"ad_user_data",
	"ad_personalization",
	"analytics_storage",
	"functionality_storage",
	"personalization_storage",
	"security_storage"
];
/** Connects the bridge to a page. Resolves when Google has been told what is permitted, or cannot be told. */
async function bridge(page, allowed) {
	const google = createGoogle();
	page.bridge = () => page.known && google.update(page.known.purposes, allowed);
	page.changed();
	await page.banner();
}
/** Says at once that everything is denied, before everything that the page has queued. */
function createGoogle(options = {}, page = globalThis) {
	page.dataLayer ??= [];
	const queue = page.dataLayer;
	page.gtag ??= function gtag() {
		queue.push(arguments);
	};
	const { wait_for_update, region, ads_data_redaction, url_passthrough } = options;
	const waiting = {
		...wait_for_update !== void 0 && { wait_for_update },
		...region && { region }
	};
	const first = queue.some((entry) => isDefault(entry)) ? [] : [[
		"consent",
		"default",
		{
			...everything("denied"),
			...waiting
		}
	]];
	if (ads_data_redaction !== void 0) first.push([
		"set",
		"ads_data_redaction",
		ads_data_redaction
	]);
	if (url_passthrough !== void 0) first.push([
		"set",
		"url_passthrough",
		url_passthrough
	]);
	sayFirst(first, queue, page.gtag);
	let said = "";
	return { update(purposes, allowed) {
		const now = googleConsent(purposes, allowed);
		const key = JSON.stringify(now);
		if (key === said) return;
		said = key;
		page.gtag?.("consent", "update", now);
	} };
}
/**
* A type is granted if at least one purpose names it and every purpose that names it is permitted. All others are
* denied.
*/
function googleConsent(purposes, allowed) {
	const consent = everything("denied");
	for (const type of GOOGLE_TYPES) {
		const naming = purposes.filter(({ consent_mode }) => consent_mode.includes(type));
		if (naming.length && naming.every(({ id }) => allowed(id))) consent[type] = "granted";
	}
	return consent;
}
/** In Google's own form. */
function isDefault(entry) {
	return entry?.[0] === "consent" && entry[1] === "default";
}
function everything(value) {
	return Object.fromEntries(GOOGLE_TYPES.map((type) => [type, value]));
}
/**
* The page may have queued events earlier. Until a tag has taken over the queue, our commands go before those events: a
* default does not apply to events before it.
*/
function sayFirst(commands, queue, gtag) {
	const earlier = queue.push === Array.prototype.push ? queue.splice(0) : [];
	for (const command of commands) gtag(...command);
	queue.push(...earlier);
}

export { bridge };