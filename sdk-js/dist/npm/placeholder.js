import { canBePermitted } from "./shared-cookie.js";

// src/gate/placeholder-style.ts
const strong = `@layer samtycke-embed{${`[data-samtycke-held]{display:none}.samtycke-embed{--s-background:var(--samtycke-background,#fff);--s-text:var(--samtycke-text,#1c2228);--s-edge:var(--samtycke-edge,#76808a);--s-action:var(--samtycke-action,#222a32);--s-action-text:var(--samtycke-action-text,#fff);all:initial;color-scheme:light;display:block;align-content:safe center;overflow:auto;overflow-wrap:anywhere;text-align:center;color:var(--s-text);background:var(--s-background);border:0 solid #0000;outline:1px solid var(--s-edge);outline-offset:-1px;font:max(15px,.9375rem)/1.5 var(--samtycke-font,system-ui,sans-serif);font-size:var(--samtycke-size,max(15px,.9375rem))}@media(prefers-color-scheme:dark){.samtycke-embed.samtycke-auto{--s-background:var(--samtycke-background,#191d22);--s-text:var(--samtycke-text,#eceff2);--s-edge:var(--samtycke-edge,#7d8894);--s-action:var(--samtycke-action,#e6eaee);--s-action-text:var(--samtycke-action-text,#191d22);color-scheme:dark}}.samtycke-embed.samtycke-dark{--s-background:var(--samtycke-background,#191d22);--s-text:var(--samtycke-text,#eceff2);--s-edge:var(--samtycke-edge,#7d8894);--s-action:var(--samtycke-action,#e6eaee);--s-action-text:var(--samtycke-action-text,#191d22);color-scheme:dark}@media(forced-colors:active){.samtycke-embed.samtycke-embed{--s-background:Canvas;--s-text:CanvasText;--s-edge:ButtonBorder;--s-action:ButtonFace;--s-action-text:ButtonText}}.samtycke-embed *{all:revert;box-sizing:border-box}.samtycke-embed>div{padding:1em}.samtycke-embed p{margin:0 auto;max-inline-size:40em}.samtycke-embed .samtycke-small{margin-block-start:.4em;font-size:.85em}.samtycke-embed a{display:block;inline-size:fit-content;margin-inline:auto;padding-block:.2em;color:inherit;text-underline-offset:.2em}.samtycke-embed button{display:block;margin:.75em auto;min-inline-size:44px;min-block-size:44px;padding:.5em .9em;color:var(--s-action-text);background:var(--s-action);border:1px solid #0000;border-radius:calc(var(--samtycke-radius,14px) * .6);font:inherit;font-weight:600;line-height:1.3;cursor:pointer}.samtycke-embed button:hover{text-decoration:underline;text-underline-offset:.25em}.samtycke-embed :focus-visible{outline:2px solid var(--s-text);outline-offset:2px}`.replace(/([^{};\s])\s*([;}])/g, "$1!important$2")}}`;
let sheet;
let shown$1 = 0;
/** Adds the sheet, or counts one more placeholder. */
function addSheet(nonce) {
	shown$1 += 1;
	sheet ??= constructed() ?? element(nonce);
}
/** Counts one placeholder less. After the last, removes the sheet. */
function removeSheet() {
	shown$1 -= 1;
	if (shown$1) return;
	sheet?.remove();
	sheet = void 0;
}
/** Needs no `style-src` in the page's policy. Safari supports it since 16.4. */
function constructed() {
	try {
		const made = new CSSStyleSheet();
		made.replaceSync(strong);
		document.adoptedStyleSheets = [made, ...document.adoptedStyleSheets];
		return { remove() {
			document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== made);
		} };
	} catch {
		return;
	}
}
function element(nonce) {
	const made = document.createElement("style");
	made.nonce = nonce ?? "";
	made.textContent = strong;
	document.head.append(made);
	return made;
}

// src/gate/size.ts
/**
* Gives a placeholder the size and place of its embed.
*
* Style values are copied where they mean the same for a box as for a frame, so that the box follows the window: an
* element that is not displayed still has `50%` and `auto`, while a displayed one has pixels. Then both are measured,
* and if they differ the box gets the frame's pixels until something changes.
*/
const SIDES = [
	"top",
	"right",
	"bottom",
	"left"
];
/** Properties that are copied as written. */
const WRITTEN = [
	...[
		"position",
		"z-index",
		"float",
		"clear",
		"vertical-align",
		"box-sizing",
		"order",
		"align-self",
		"justify-self"
	],
	...[
		"flex-grow",
		"flex-shrink",
		"flex-basis",
		"aspect-ratio",
		"min-width",
		"max-width",
		"min-height",
		"max-height"
	],
	...[
		"grid-row-start",
		"grid-row-end",
		"grid-column-start",
		"grid-column-end"
	],
	...[
		"border-top-left-radius",
		"border-top-right-radius",
		"border-bottom-left-radius",
		"border-bottom-right-radius"
	],
	...SIDES.flatMap((side) => [
		side,
		`margin-${side}`,
		`padding-${side}`,
		`border-${side}-width`
	])
];
/** Properties that are only known of a displayed element, because percentages refer to the frame itself. */
const USED = ["transform", "transform-origin"];
/** The size of a frame without styles (CSS 2.2, 10.3.2 and 10.6.2). */
const DEFAULT = {
	width: "300px",
	height: "150px"
};
/** A smaller box is unreadable. What cannot be seen must not take the focus. */
const READABLE_PX = 24;
/** Pixels by which two positions may differ and still count as equal. */
const SAME_PX = .5;
/**
* Keeps the box where the frame would be. `element` contains the frame, or is the frame. Returns a function that stops.
*/
function keepSize(box, frame, element) {
	let lastState = "";
	let frameRequest = 0;
	const state = () => {
		const { clientWidth, clientHeight } = element.parentElement ?? document.documentElement;
		return [
			clientWidth,
			clientHeight,
			box.getClientRects().length,
			innerWidth,
			innerHeight
		].join();
	};
	const look = () => {
		frameRequest = 0;
		if (!element.isConnected || state() === lastState) return;
		updateBox(box, frame, element);
		lastState = state();
	};
	const change = () => {
		frameRequest ||= requestAnimationFrame(look);
	};
	const observer = new ResizeObserver(change);
	look();
	observer.observe(box);
	if (element.parentElement) observer.observe(element.parentElement);
	addEventListener("resize", change);
	return () => {
		observer.disconnect();
		cancelAnimationFrame(frameRequest);
		removeEventListener("resize", change);
	};
}
function updateBox(box, frame, element) {
	const model = frame === element ? frame : insertModel(frame, element);
	const set = (name, value) => box.style.setProperty(name, value, "important");
	box.removeAttribute("style");
	set("display", "none");
	model.removeAttribute("data-samtycke-held");
	const computed = getComputedStyle(model);
	const { display } = computed;
	const used = USED.map((name) => computed.getPropertyValue(name));
	const right = model.getBoundingClientRect();
	const isDrawn = model.getClientRects().length > 0;
	model.toggleAttribute("data-samtycke-held", true);
	for (const name of WRITTEN) set(name, computed.getPropertyValue(name));
	for (const [index, name] of USED.entries()) set(name, used[index]);
	const hasRatio = computed.aspectRatio !== "auto";
	for (const name of ["width", "height"]) {
		const other = name === "width" ? computed.height : computed.width;
		set(name, computed[name] !== "auto" ? computed[name] : hasRatio && other !== "auto" ? "auto" : DEFAULT[name]);
	}
	if (computed.maxWidth === "none") set("max-width", /absolute|fixed/.test(computed.position) ? "100vw" : "100%");
	if (model !== element) model.remove();
	set("display", display === "inline" ? "inline-block" : display);
	if (!isDrawn || display === "none") return;
	setPixels(box, right, set);
	if (Math.min(right.width, right.height) < READABLE_PX) set("visibility", "hidden");
}
/** Gives the box the frame's pixels if the copied properties were not enough. */
function setPixels(box, right, set) {
	const wrong = () => {
		const now = box.getBoundingClientRect();
		const scale = now.width / box.offsetWidth || 1;
		const off = (name) => (right[name] - now[name]) / scale;
		return {
			width: off("width"),
			height: off("height"),
			left: off("left"),
			top: off("top"),
			scale
		};
	};
	const isOff = (...parts) => parts.some((part) => Math.abs(part) > SAME_PX);
	const { width, height, scale } = wrong();
	if (isOff(width, height)) {
		set("box-sizing", "border-box");
		set("flex", "none");
		for (const name of ["min-width", "min-height"]) set(name, "0");
		set("max-height", "none");
		set("aspect-ratio", "auto");
		set("width", `${right.width / scale}px`);
		set("height", `${right.height / scale}px`);
	}
	const { left, top } = wrong();
	if (!isOff(left, top)) return;
	const computed = getComputedStyle(box);
	const from = (value) => Number.parseFloat(value) || 0;
	if (computed.position === "static") set("position", "relative");
	for (const [name, by, opposite] of [[
		"left",
		left,
		"right"
	], [
		"top",
		top,
		"bottom"
	]]) {
		set(name, `${from(computed[name]) + by}px`);
		set(opposite, "auto");
	}
}
/**
* An empty frame in place of the template's frame, to measure. It requests nothing, and is removed in the same task.
*/
function insertModel(frame, template) {
	const model = frame.cloneNode();
	for (const { name } of [...model.attributes]) if (/^(src|srcdoc|name|data-.*)$/.test(name)) model.removeAttribute(name);
	template.after(model);
	return model;
}

// src/gate/placeholder.ts
/** The current placeholders, each with a function that draws it again. */
const shown = /* @__PURE__ */ new Map();
/** Draws all of them again, after a change of language. */
async function update() {
	await Promise.all([...shown.values()].map((draw) => draw().catch(() => {})));
}
/**
* Draws a placeholder for a held iframe or template, with the same size, so that nothing moves. Returns a function that
* removes it and restores the page. If the server cannot be reached there are no texts, and only the link is shown.
*/
async function showPlaceholder(element, purposes, missing, port) {
	const banner = await port.document().catch(() => void 0);
	const frame = element.localName === "template" ? element.content.querySelector("iframe") : element;
	if (!frame || !element.isConnected) return () => {};
	if (element.dataset.samtyckePurpose === void 0 && !(banner && canBePermitted(banner, purposes))) return () => {};
	const link = ownLink(element);
	const box = document.createElement("div");
	box.className = `samtycke-embed samtycke-${port.theme ?? "auto"}`;
	box.setAttribute("role", "group");
	const moveChildrenToContent = (words) => {
		const hadFocus = box.contains(document.activeElement);
		draw(box, frame, purposes, link?.href ?? element.dataset.samtyckeLink ?? frameAddress(frame), words);
		const button = box.querySelector("button");
		button?.addEventListener("click", (event) => port.ask(missing(), event.isTrusted));
		if (hadFocus) button?.focus();
	};
	moveChildrenToContent(banner);
	shown.set(box, async () => moveChildrenToContent(await port.document() ?? banner));
	addSheet(port.nonce);
	element.after(box);
	for (const covered of [element, link]) covered?.toggleAttribute("data-samtycke-held", true);
	const letGo = keepSize(box, frame, element);
	return () => {
		const hadFocus = box.contains(document.activeElement);
		letGo();
		shown.delete(box);
		box.remove();
		removeSheet();
		for (const covered of [element, link]) covered?.removeAttribute("data-samtycke-held");
		if (hadFocus && element === frame) element.focus();
	};
}
/** A plain link right before the embed serves users without JavaScript; the placeholder's own link replaces it. */
function ownLink(element) {
	const before = element.previousElementSibling;
	return before?.matches("a[data-samtycke-link]") ? before : void 0;
}
function frameAddress(frame) {
	return frame.dataset.samtyckeSrc ?? frame.dataset.src ?? frame.getAttribute("src") ?? "";
}
function draw(box, frame, purposes, original, banner) {
	const url = webAddress(original);
	const host = webAddress(frameAddress(frame) || original)?.hostname ?? url?.hostname ?? "";
	box.setAttribute("aria-label", frame.title || host);
	const inner = document.createElement("div");
	if (banner) {
		box.lang = banner.language;
		box.dir = banner.direction;
		const { words } = banner;
		const services = vendorNames(purposes, banner);
		const values = {
			host: services ? `${services} (${host})` : host,
			category: categoryNames(purposes, banner)
		};
		const button = document.createElement("button");
		button.type = "button";
		button.dataset.samtyckeAction = "embed";
		writeText(button, words.embed_load, values);
		inner.append(writeText(document.createElement("p"), words.embed, values), ...purposeTexts(purposes, banner), button);
	}
	if (url) {
		const link = document.createElement("a");
		link.href = url.href;
		link.rel = "noreferrer";
		inner.append(writeText(link, banner?.words.embed_link ?? "{host}", {
			host,
			category: ""
		}));
	}
	box.replaceChildren(inner);
}
/**
* What the user agrees to here (GDPR Art. 4(11), 7(3)): each purpose, the signal that it overrides, and how to
* withdraw.
*/
function purposeTexts(purposes, { purposes: known, text, words }) {
	const needed = known.filter(({ id, category }) => purposes.some((word) => word === category || purposeOf(word) === id));
	const lines = needed.map(({ id }) => text.purposes.find((words) => words.id === id)).flatMap((words) => words ? [`${words.title}. ${words.description}`] : []);
	for (const { id, vendors } of needed) if (vendors?.[0] && !purposes.some((word) => word.startsWith(`${id}/`))) lines.push(`${words.vendors}: ${vendors.map(({ name }) => name).join(", ")}`);
	if (hasGpc() && needed.some(({ gpc }) => gpc)) lines.push(words.gpc);
	return [...lines, text.withdraw].map((line) => {
		const paragraph = document.createElement("p");
		paragraph.className = "samtycke-small";
		paragraph.textContent = line;
		return paragraph;
	});
}
function hasGpc() {
	return navigator.globalPrivacyControl === true;
}
/** Only http and https: an address that runs code gets no link. */
function webAddress(value) {
	try {
		const url = new URL(value, document.baseURI);
		return /^https?:$/.test(url.protocol) ? url : void 0;
	} catch {
		return;
	}
}
/** The purpose of `<purpose>/<vendor>`. */
function purposeOf(word) {
	return word.split("/")[0];
}
/** In lower case, as inside a sentence. German nouns keep their capital. */
function categoryNames(purposes, { purposes: known, words, language }) {
	const names = purposes.map((word) => {
		const category = known.find(({ id }) => id === purposeOf(word))?.category ?? word;
		if (!Object.hasOwn(words.categories, category)) return word;
		const name = words.categories[category];
		return language === "de" ? name : name.toLocaleLowerCase(language);
	});
	return [...new Set(names)].join(", ");
}
/** Names of the services that the grant covers; empty if it covers the purpose as a whole. */
function vendorNames(purposes, { purposes: known }) {
	const vendors = known.flatMap(({ id, vendors }) => vendors?.filter((one) => purposes.includes(`${id}/${one.id}`)) ?? []);
	return [...new Set(vendors.map(({ name }) => name))].join(", ");
}
/**
* Splits a text at `{host}` and `{category}`, and fills those in. What is filled in is plain text, whatever it
* contains.
*/
function textParts(text, values) {
	return text.split(/\{(host|category)\}/).map((part, index) => index % 2 ? {
		text: values[part],
		filled: true
	} : {
		text: part,
		filled: false
	}).filter((piece) => piece.text);
}
/** Isolates the filled-in parts, so that a host is readable inside a right-to-left text (UAX #9). */
function writeText(element, text, values) {
	for (const piece of textParts(text, values)) {
		const isolate = document.createElement("bdi");
		isolate.textContent = piece.text;
		element.append(piece.filled ? isolate : piece.text);
	}
	return element;
}

export { showPlaceholder, update };