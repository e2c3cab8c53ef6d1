import { answerIds } from "./shared-cookie.js";

// src/ui/notes.ts
/**
* Notes for some users before they answer: that their browser's signal is honoured, what has changed since their last
* answer, and what a refusal would withdraw.
*/
function notes(context, asked, { el, name, excluded }) {
	const { words, text, language } = context.document;
	const { accept, refuse } = text.labels;
	const list = new Intl.ListFormat(language);
	const filled = (words, of) => {
		const values = {
			accept,
			refuse,
			purposes: list.format(of.map(({ about }) => about.title))
		};
		return el("p", words?.replace(/\{(\w+)\}/g, (_, key) => values[key]));
	};
	const out = excluded(context, asked);
	const now = context.asked();
	const stands = now.length > 0 ? asked.filter(({ purpose }) => answerIds(purpose).some((word) => context.chosen(word) && !now.includes(word))) : [];
	const changed = context.changes()?.purposes ?? [];
	const changes = asked.flatMap(({ purpose, about }) => changed.filter(({ id }) => id === purpose.id).map((change) => row(about.title, change)));
	return [
		context.gpc && el("p", words.gpc),
		out.length > 0 && filled(words.gpc_left_out, out),
		changes.length > 0 && [el("h3", words.changed), el("ul", changes)],
		stands.length > 0 && filled(words.takes_back, stands)
	];
	function row(title, { kind, added, removed }) {
		return el("li", [
			name(title),
			kind === "new" && ` (${words.changed_new})`,
			added.map((one) => [
				el("br", []),
				"+ ",
				name(one)
			]),
			removed.map((one) => [
				el("br", []),
				"− ",
				name(one)
			])
		]);
	}
}

// src/ui/control.ts
/** The page's own element that opens the settings. If there is one, no control is drawn. */
const PAGES_OWN = "[data-samtycke-action=settings]:not(.samtycke *)";
const FOCUSABLE = ":focus,a[href],button,input,select,textarea,summary,iframe,[tabindex]";
/**
* The control is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)): one click gave,
* so one click withdraws everything. It also says that a browser's signal is honoured. It has no buttons if the page
* has its own control, or has turned ours off.
*/
function createControl(context, asked, { el, button, rootElement }, signal, pressed) {
	const { labels } = context.document.text;
	const { words } = context.document;
	const element = rootElement(context, "div", "control", [], {
		role: "region",
		"aria-label": labels.reopen
	});
	let drawn = "";
	let corner = 0;
	function draw(anew) {
		const isOwn = context.options.control === "none" || !!document.querySelector(PAGES_OWN);
		const stands = !isOwn && asked.some(({ purpose }) => context.chosen(purpose.id));
		const isHonoured = context.gpc && asked.some(({ purpose }) => purpose.gpc);
		const places = document.querySelectorAll("[data-samtycke-gpc]");
		for (const place of places) place.textContent = isHonoured ? words.gpc_short : "";
		const children = [
			isHonoured && !places.length && el("span", words.gpc_short),
			!isOwn && button("settings", labels.reopen),
			stands && button("withdraw", labels.refuse)
		].filter(Boolean);
		const now = `${isOwn} ${stands} ${isHonoured && !places.length}`;
		placeSoon();
		if (anew || now !== drawn) {
			const hadFocus = element.contains(document.activeElement);
			element.replaceChildren(...children);
			for (const each of element.querySelectorAll("button")) each.onclick = pressed;
			if (hadFocus) element.querySelector("button")?.focus();
			drawn = now;
		}
		return children.length > 0;
	}
	/** Whether it covers the focused element, or something that scrolling cannot bring out from under it. */
	function hides() {
		const { left, top, right, bottom } = element.getBoundingClientRect();
		const isUnder = (each) => {
			const box = each.getBoundingClientRect();
			const x = Math.max(left, box.left) + Math.min(right, box.right);
			const y = Math.max(top, box.top) + Math.min(bottom, box.bottom);
			return box.left < right && box.right > left && box.top < bottom && box.bottom > top && !element.contains(each) && document.elementsFromPoint(x / 2, y / 2).some((found) => each.contains(found));
		};
		const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement ?? document.documentElement;
		const isMoving = scrollTop > 1 && scrollTop + clientHeight < scrollHeight - 1;
		return [...document.querySelectorAll(isMoving ? ":focus" : FOCUSABLE)].some(isUnder);
	}
	/** Moves it to a corner where it covers nothing. */
	function place() {
		for (let turn = 0; turn < 4; turn += 1) {
			element.dataset.corner = `${(corner + turn) % 4}`;
			if (!hides()) {
				corner = (corner + turn) % 4;
				return;
			}
		}
		element.dataset.corner = `${corner}`;
	}
	let isPlacing = false;
	/** Once per frame, however much happens. */
	function placeSoon() {
		if (isPlacing) return;
		isPlacing = true;
		requestAnimationFrame(() => {
			isPlacing = false;
			if (element.getClientRects().length > 0) place();
		});
	}
	for (const event of [
		"scroll",
		"resize",
		"focusin"
	]) addEventListener(event, placeSoon, {
		signal,
		passive: true,
		capture: true
	});
	return {
		element,
		draw
	};
}

// src/ui/measure.ts
/** The visible colour behind an element: the nearest background that is not transparent. */
function seen(element) {
	const colour = element ? getComputedStyle(element).backgroundColor : "none";
	return /a.+ 0\)$/.test(colour) ? seen(element.parentElement) : colour;
}
/** The choice buttons of a layer as they are on the screen now. */
function measureButtons(root) {
	return [...root.querySelectorAll(".samtycke-foot button")].map((button) => {
		const { color, fontSize, fontWeight } = getComputedStyle(button);
		return {
			action: button.dataset.samtyckeAction,
			background: seen(button),
			behind: seen(button.parentElement),
			colour: color,
			element: button.localName,
			font_size: fontSize,
			font_weight: fontWeight,
			height: button.offsetHeight,
			width: button.offsetWidth
		};
	});
}
/**
* Measures a layer. Colours instead of contrasts, because contrasts follow from colours. Members are in alphabetical
* order, and numbers are whole, so that `JSON.stringify` gives the canonical form of RFC 8785.
*/
function measure(root, layer, { document, options }) {
	return {
		buttons: measureButtons(root),
		language: document.language,
		layer,
		notice: document.notice,
		theme: options.theme,
		v: 1,
		variant: document.variant,
		viewport: innerWidth / 100 | 0
	};
}
/** SHA-256 of the measured layer, 64 hex digits; `undefined` if the page has no Web Crypto (plain http). */
async function hash(what) {
	const digest = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(JSON.stringify(what)));
	return digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// src/ui/weakness.ts
/** Checks whether refusing is as visible and clickable as accepting. */
const ALIKE = [
	"color",
	"background-color",
	"font-size",
	"font-weight",
	"opacity",
	"visibility",
	"filter",
	"clip-path",
	"mask-image",
	"text-indent",
	"-webkit-text-fill-color"
];
/** Of a side of a button: rounding only. */
const SIZE_TOLERANCE = 1.02;
const OPACITY_MIN = .9;
/** Whether this layer's refusal is less prominent than the clicked grant. If so, warns the page's author. */
function isUnfair(layer, yes) {
	const why = findWeakness(layer, yes);
	const no = layer.querySelector("[data-samtycke-action=reject]");
	if (why) console.error(`samtycke: no consent is accepted while this page makes refusing less prominent than accepting: ${why}.`, no);
	return !!why;
}
/** Tells the author of a test why a click gave nothing. */
function warnProgram() {
	console.warn("samtycke: a program cannot give consent, except with the key of a test site (pk_test_…)");
}
/**
* Why this layer's refusal is less prominent than the clicked grant, as the page draws them now; undefined if it is
* not. Our own rules make them equal, so a difference comes from the page.
*/
function findWeakness(layer, yes) {
	const no = layer.querySelector("[data-samtycke-action=reject]");
	if (!no) return "it is gone";
	const [a, b] = [no.getBoundingClientRect(), yes.getBoundingClientRect()];
	const isAbout = (one, other) => one * SIZE_TOLERANCE >= other;
	if (!a.width || !a.height) return "it is not drawn";
	if (!isAbout(a.width, b.width) || !isAbout(a.height, b.height)) return "it is smaller";
	const [mine, theirs] = [getComputedStyle(no), getComputedStyle(yes)];
	const other = ALIKE.find((name) => mine.getPropertyValue(name) !== theirs.getPropertyValue(name));
	if (other) return `its ${other} is ${mine.getPropertyValue(other)}`;
	if (mine.visibility !== "visible") return "it is hidden";
	for (let at = no; layer.contains(at); at = at.parentElement) if (+getComputedStyle(at).opacity < OPACITY_MIN) return "it is pale";
	const isHit = () => {
		const { left, top, width, height } = no.getBoundingClientRect();
		return no.contains(document.elementFromPoint(left + width / 2, top + height / 2));
	};
	if (isHit()) return;
	no.scrollIntoView({ block: "nearest" });
	return isHit() ? void 0 : "it cannot be pressed where it is";
}

// src/ui/settings.ts
/** Mail addresses and telephone numbers in a line that a site wrote. */
const REACHED_BY = /([^\s<>:;,]+@[^\s<>:;,]+\.\w+|\+?\d[\d\s-]{5,}\d)/;
/** The rules that the settings need besides those of every layer. */
const RULES = `.samtycke-second{inset:0;margin:auto;height:fit-content}.samtycke-second .samtycke-foot{flex:none;border-block-start:1px solid var(--s-l);padding-block:.9em}.samtycke-control{flex-flow:wrap;color:var(--samtycke-control-text,var(--s-t));background:var(--samtycke-control-background,var(--s-b));border:var(--samtycke-control-border,1px solid var(--s-l))}.samtycke-control :is(button,span){font-size:.87em}.samtycke-control span{flex:1 1 100%;padding:.4em .8em 0}.samtycke-control button{flex:auto}.samtycke:is([data-corner="1"],[data-corner="2"]){inset-inline:auto var(--s-g)}.samtycke:is([data-corner="2"],[data-corner="3"]){inset-block:var(--s-g) auto}.samtycke-control button:focus-visible{outline-offset:-2px;outline-color:currentColor}.samtycke ul{padding-inline-start:1.2em}.samtycke-row{border-block-start:1px solid var(--s-l)}.samtycke-row div{display:flex;align-items:center;gap:1em;padding-block:.8em .3em}.samtycke details div{padding:0}.samtycke details label{flex:1}.samtycke small{display:block;color:var(--s-m);font-size:.87em;font-weight:400}.samtycke label{display:block}.samtycke summary{padding-block:.85em}.samtycke :is(dt,caption,th){font-weight:600;text-align:start}.samtycke td{vertical-align:top;padding-inline-end:.5em}.samtycke dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16em),1fr));gap:.6em}.samtycke dl div{display:block}.samtycke table{table-layout:fixed;border-collapse:collapse;width:100%;margin-block:.6em 1em}.samtycke th{padding-inline-end:.3em;overflow-wrap:break-word;hyphens:auto}.samtycke input{flex:none;position:relative;width:46px;height:44px;border-radius:1em}@media(forced-colors:none){.samtycke-control button{color:inherit;background:none}.samtycke input{appearance:none}.samtycke input::before,.samtycke input::after{content:"";position:absolute;inset:9px 0;border:1px solid var(--s-m);border-radius:1em}.samtycke input::after{inset-block:13px;inset-inline:4px auto;width:18px;background:var(--s-m)}.samtycke input:checked::before{background:var(--samtycke-switch,var(--s-a))}.samtycke input:checked::after{inset-inline:auto 4px;background:var(--samtycke-switch-knob,var(--s-c))}}@media(max-height:26em){.samtycke-second{display:block}.samtycke-second .samtycke-body{overflow:visible}}`;
/** Reads the switch of a purpose, or of one of its services. */
function isOn(dialog, purpose, vendor) {
	const id = `samtycke-${purpose}`;
	return [...dialog.querySelectorAll("input")].some((input) => input.checked && (vendor === void 0 ? input.id === id : input.id.startsWith(`${id}-`) && input.value === vendor));
}
/**
* Everything that is asked, one by one, and uses of the terminal that need no answer. Nothing changes before a button
* is clicked.
*/
function secondLayer(context, asked, kit) {
	const { el, button, name, layer, isInitiallyOn } = kit;
	const { text, words } = context.document;
	const { labels, contact } = text;
	context.shown();
	const { declaration } = context.options;
	const others = text.others.filter(({ cookies }) => cookies?.length);
	const more = {
		href: declaration ?? "",
		"aria-label": `${words.details}: ${words.others}`
	};
	return layer(context, "dialog", "second", labels.reopen, [
		notes(context, asked, kit),
		el("p", text.intro),
		el("p", text.withdraw),
		asked.map(purposeRow),
		(others.length > 0 || declaration) && el("h3", words.others),
		others.map((about) => row(about, words.always, about.title)),
		declaration && el("p", el("a", words.details, more)),
		el("h3", words.contact),
		[
			contact.controller,
			contact.contact,
			contact.dpo_contact
		].map((line) => line && el("p", linked(line))),
		el("p", text.rights)
	], asked.length > 0 && [
		button("reject", labels.refuse),
		button("accept", labels.accept),
		button("save", labels.save)
	], { tabindex: "-1" });
	function linked(line) {
		return line.split(REACHED_BY).map((part, index) => {
			const href = part.includes("@") ? `mailto:${part}` : `tel:${part.replace(/[^+\d]/g, "")}`;
			return index % 2 ? el("a", part, {
				href,
				dir: "ltr"
			}) : part;
		});
	}
	/**
	* A purpose with its switch and those of its services. The purpose's switch changes all of them, and is on while one
	* of them is.
	*/
	function purposeRow({ purpose, about }, index) {
		const id = `samtycke-${index}`;
		const all = toggle(id, isInitiallyOn(context, purpose));
		const each = purpose.vendors.map((vendor, at) => {
			const input = toggle(`${id}-${at}`, isInitiallyOn(context, {
				...purpose,
				id: `${purpose.id}/${vendor.id}`
			}));
			input.value = vendor.id;
			input.onchange = () => {
				all.checked = each.some(({ checked }) => checked);
			};
			return input;
		});
		all.onchange = () => {
			for (const input of each) input.checked = all.checked;
		};
		const rows = each.map((input, at) => el("div", [el("label", name(purpose.vendors[at].name), { for: input.id }), input]));
		const group = {
			role: "group",
			"aria-label": `${words.vendors}: ${about.title}`
		};
		const services = rows.length > 0 && el("section", [el("h4", words.vendors), rows], group);
		return row(about, kindOf(purpose, about), el("label", about.title, { for: id }), all, services);
	}
	/** Its category, unless the title says the same. */
	function kindOf({ category }, { title }) {
		const word = words.categories[category];
		return title === word ? "" : word;
	}
	function toggle(id, checked) {
		const input = el("input", [], {
			type: "checkbox",
			role: "switch",
			id
		});
		input.checked = checked;
		return input;
	}
	/** One purpose: its category, its name, its description, and what expands. */
	function row(about, kind, title, input, services) {
		return el("div", [
			el("div", [el("h3", [kind && el("small", kind), title]), input]),
			el("p", about.description),
			el("details", [
				el("summary", words.details, { "aria-label": `${words.details}: ${about.title}` }),
				services,
				el("dl", [
					"data",
					"retention",
					"recipients",
					"basis"
				].map((fact) => el("div", [el("dt", words[fact]), el("dd", name(about[fact]))]))),
				about.cookies?.length && el("table", [
					el("caption", words.cookies),
					line("th", words.cookie_name, words.cookie_lifetime, words.cookie_party),
					about.cookies.map((one) => line("td", name(one.name, { dir: "ltr" }), name(one.lifetime), name(one.party)))
				])
			])
		], { class: "samtycke-row" });
	}
	function line(cell, ...values) {
		return el("tr", values.map((value) => el(cell, value)));
	}
}

export { RULES, createControl, hash, isOn, isUnfair, measure, notes, secondLayer, warnProgram };