// src/declaration.ts
/** Fetches what the site has published, and writes it into the page. Rejects if it cannot be fetched. */
async function declare(options) {
	const places = document.querySelectorAll("[data-samtycke-declaration]");
	if (places.length === 0) return;
	const published = await fetchDocument(options);
	for (const place of places) place.replaceChildren(declaration(published));
}
async function fetchDocument({ key, server, language }) {
	const base = (server ?? new URL(import.meta.url).origin).replace(/\/$/, "");
	const tag = language || document.documentElement.lang;
	const address = `${base}/v1/banner/${encodeURIComponent(key)}${tag ? `?language=${encodeURIComponent(tag)}` : ""}`;
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return response.json();
}
/** What the site stores, by purpose. Texts become text nodes, never markup. */
function declaration({ text, words, purposes, language, direction }) {
	const category = (id) => purposes.find((purpose) => purpose.id === id)?.category ?? "necessary";
	const root = element("div", ...[...text.purposes, ...text.others].filter(({ cookies }) => cookies?.length).map((purpose) => section(purpose, words.categories[category(purpose.id)], words)));
	root.lang = language;
	root.dir = direction;
	return root;
}
function section(purpose, category, words) {
	const heads = [
		words.cookie_name,
		words.cookie_lifetime,
		words.cookie_party
	].map((word) => {
		const head = element("th", word);
		head.scope = "col";
		return head;
	});
	const rows = (purpose.cookies ?? []).map(({ name, lifetime, party }) => element("tr", element("td", element("code", name)), element("td", lifetime), element("td", party)));
	const caption = `${words.cookies}: ${purpose.title} (${category})`;
	const body = [element("thead", element("tr", ...heads)), element("tbody", ...rows)];
	const table = element("table", element("caption", caption), ...body);
	return element("section", element("h3", purpose.title), element("p", purpose.description), table);
}
function element(name, ...content) {
	const made = document.createElement(name);
	made.append(...content);
	return made;
}
/** The script tag of this module, if a tag loaded it. */
function ownTag() {
	if (typeof document === "undefined") return void 0;
	return Array.from(document.scripts).find(({ src, dataset }) => src === import.meta.url && dataset.key);
}
const tag = ownTag();
if (tag) {
	const { key = "", server, language } = tag.dataset;
	declare({
		key,
		...server ? { server } : {},
		...language ? { language } : {}
	}).catch((error) => {
		console.warn("samtycke: the declaration stays as it is,", error);
	});
}

export { declaration, declare };