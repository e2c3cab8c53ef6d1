// src/ui/el.ts
/**
* Makes an element. Strings become text nodes, never markup: nothing here is a sink of Trusted Types, and a notice
* cannot carry code into a page.
*/
function el(tag, children, attributes = {}) {
	const element = document.createElement(tag);
	for (const name in attributes) element.setAttribute(name, attributes[name]);
	element.append(...[children].flat(9).filter(Boolean));
	return element;
}
/** One of our few roots in the page: says its own language and direction, whatever the page around it has. */
function rootElement({ document }, tag, kind, children, attributes) {
	const { language, direction } = document;
	return el(tag, children, {
		class: `samtycke samtycke-${kind}`,
		lang: language,
		dir: direction,
		...attributes
	});
}
/** A button; `action` is the word by which automatic rejecters, tests and this module's own listener know it. */
function button(action, label, attributes = {}) {
	return el("button", label, {
		type: "button",
		"data-samtycke-action": action,
		...attributes
	});
}
/** Head, body and foot, the same in both layers. The heading labels the layer. */
function layer(context, tag, kind, title, body, foot, attributes) {
	const { text, words } = context.document;
	const { policy_url } = text.contact;
	const id = `samtycke-${tag}`;
	const part = (name, children) => el("div", children, { class: `samtycke-${name}` });
	return rootElement(context, tag, kind, [
		part("head", [el("h2", title, { id }), button("close", "×", { "aria-label": text.labels.close })]),
		part("body", [
			context.gpc && el("p", words.gpc),
			body,
			policy_url && /^(https?:)?\//.test(policy_url) && el("p", el("a", words.policy, { href: policy_url }))
		]),
		part("foot", foot)
	], {
		"aria-labelledby": id,
		...attributes
	});
}

// src/ui/control.ts
/** An element of the page's own that opens the settings: then the page has a place for it, and we draw none. */
const PAGES_OWN = "[data-samtycke-action=settings]:not(.samtycke *)";
/**
* The small button that is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)).
* `undefined` where the page has a way of its own, or has declined ours.
*/
function persistentControl(context) {
	if (context.options.control === "none" || document.querySelector(PAGES_OWN)) return void 0;
	const { reopen } = context.document.text.labels;
	return rootElement(context, "div", "control", button("settings", reopen), {
		role: "region",
		"aria-label": reopen
	});
}

// src/ui/decision.ts
/**
* What can be asked: a purpose without words cannot be shown, and what is not shown must never be given, so it is left
* out of the screen and of every decision alike.
*/
function askedOf({ purposes, text }) {
	return purposes.flatMap((purpose) => text.purposes.filter(({ id }) => id === purpose.id).map((about) => ({
		purpose,
		about
	})));
}
/**
* Whether a toggle starts switched on: only where the person has said yes. Under Global Privacy Control that yes must
* have been said in sight of the signal; else an older yes could be saved again as an answer to it.
*/
function startsOn(context, { id, gpc }) {
	return !!context.chosen(id) && (!(context.gpc && gpc) || !!context.acknowledged?.(id));
}
/**
* What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)): it stays
* as it was. Refusing everything includes it, because less is always allowed. `on` reads the toggle of that place.
*/
function decisionOf(action, asked, on) {
	const given = [];
	const refused = [];
	asked.forEach(({ purpose: { id, own_statement } }, index) => {
		if (action === "accept" ? !own_statement : action === "save" && on(index)) given.push(id);
		else if (action === "save" || action === "reject") refused.push(id);
	});
	return {
		kind: action === "reject" ? "refuse" : action === "close" ? "defer" : action,
		method: action === "save" ? "toggle_save" : "button",
		given,
		refused
	};
}

// src/ui/layer1.ts
/**
* The question: a region early in the page's order, which takes no focus and holds nobody. Text is set in several short
* paragraphs, so that none of them becomes the page's largest paint.
*/
function firstLayer(context, asked) {
	const { text, words } = context.document;
	const { labels } = text;
	const categories = new Set(asked.map(({ purpose }) => words.categories[purpose.category]));
	return layer(context, "div", `first samtycke-${context.options.position}`, text.title, [
		el("p", text.intro),
		el("p", el("strong", [...categories].join(" · "))),
		el("p", text.withdraw)
	], [el("div", [button("reject", labels.refuse), button("accept", labels.accept)]), button("settings", labels.settings)], { role: "region" });
}

// src/ui/layer2.ts
/** Everything that is asked, one by one, and everything that is told. Nothing changes before a button is pressed. */
function secondLayer(context, asked) {
	const { text, words } = context.document;
	const { labels, contact } = text;
	return layer(context, "dialog", "second", labels.reopen, [
		el("p", text.intro),
		el("p", text.withdraw),
		asked.map(({ purpose, about }, index) => {
			const id = `samtycke-${index}`;
			const input = el("input", [], {
				type: "checkbox",
				role: "switch",
				id
			});
			input.checked = startsOn(context, purpose);
			input.onclick = ({ isTrusted }) => isTrusted || !input.checked;
			return row(words, about, words.categories[purpose.category], el("label", about.title, { for: id }), input);
		}),
		text.others.length > 0 && el("h3", words.others),
		text.others.map((about) => row(words, about, words.always, about.title)),
		el("h3", words.contact),
		[
			contact.controller,
			contact.contact,
			contact.dpo_contact
		].map((line) => line && el("p", line)),
		el("p", text.rights)
	], asked.length > 0 && [
		button("reject", labels.refuse),
		button("accept", labels.accept),
		button("save", labels.save)
	], { tabindex: "-1" });
}
/** One purpose: its kind, its name, what it is for, and what unfolds. */
function row(words, about, kind, title, input) {
	return el("div", [
		el("div", [el("h3", [el("small", kind), title]), input]),
		el("p", about.description),
		el("details", [
			el("summary", words.details, { "aria-label": `${words.details}: ${about.title}` }),
			el("dl", [
				"data",
				"retention",
				"recipients",
				"basis"
			].map((fact) => el("div", [el("dt", words[fact]), el("dd", about[fact])]))),
			about.cookies?.length && el("table", [
				el("caption", words.cookies),
				line("th", words.cookie_name, words.cookie_lifetime, words.cookie_party),
				about.cookies.map(({ name, lifetime, party }) => line("td", name, lifetime, party))
			])
		])
	], { class: "samtycke-row" });
}
function line(cell, ...values) {
	return el("tr", values.map((value) => el(cell, value)));
}

// src/ui/live.ts
/** Long enough to be read by eye; screen readers have had it at once. */
const SHOWN_MS = 6e3;
/** A line that is read out when it changes; empty, it is not to be seen. In the page before it is used, as it must be. */
function liveRegion(context) {
	return rootElement(context, "div", "live", [], { role: "status" });
}
/** Says something, and takes it away again unless something else has been said since. */
function say(region, text) {
	const node = new Text(text);
	region.replaceChildren(node);
	setTimeout(() => node.remove(), SHOWN_MS);
}

// src/ui/measure.ts
/** The colour that is seen in an element: the nearest background that is not clear. */
function seen(element) {
	const colour = element ? getComputedStyle(element).backgroundColor : "none";
	return /a.+ 0\)$/.test(colour) ? seen(element.parentElement) : colour;
}
/** The choice buttons of a layer as they are on the screen now. */
function drawnButtons(root) {
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
* What a layer looks like now. Colours rather than contrasts, because contrasts follow from colours. Members are written
* in the order of their names, and numbers are whole, so that `JSON.stringify` gives the canonical form of RFC 8785.
*/
function drawn(root, layer, { document, options }) {
	return {
		buttons: drawnButtons(root),
		language: document.language,
		layer,
		notice: document.notice,
		theme: options.theme,
		v: 1,
		variant: document.variant,
		viewport: innerWidth / 100 | 0
	};
}
/** SHA-256 of what was drawn, 64 hex digits; `undefined` where the page has no Web Crypto (plain http). */
async function uiHash(what) {
	const digest = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(JSON.stringify(what)));
	return digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// src/ui/styles.ts
/**
* One style sheet for everything. The custom properties on `:where(:root)` weigh nothing: a page that sets one of them
* on `:root` wins; `--samtycke-size` (of the text) and `--samtycke-z` are a page's to set too. Sizes are in `em` of
* one size that follows the reader's own setting, so that large text makes everything larger. `all` shields against the page's
* own rules for plain elements. Forced colours get plain buttons and checkboxes. Nothing moves.
*/
const BASE = `:where(:root){--samtycke-background:#fff;--samtycke-text:#1c2228;--samtycke-muted:#57606a;--samtycke-line:#e4e7eb;--samtycke-action:var(--samtycke-text);--samtycke-action-text:var(--samtycke-background);--samtycke-radius:12px;--samtycke-font:system-ui,sans-serif}.samtycke{all:initial;position:fixed;z-index:var(--samtycke-z,2147483000);box-sizing:border-box;overflow:auto;overflow-wrap:anywhere;hyphens:auto;max-width:calc(100% - 2em);max-height:calc(100vh - 2em);color:var(--samtycke-text);background:var(--samtycke-background);font:var(--samtycke-size,max(15px,.9375rem))/1.5 var(--samtycke-font);border:1px solid var(--samtycke-line);border-radius:var(--samtycke-radius);box-shadow:0 8px 40px #0003;inset-block-end:1em;inset-inline-start:1em}.samtycke *{all:revert;box-sizing:border-box;margin:0;padding:0}.samtycke :is(h2,h3){flex:1;font-size:1em;line-height:1.3}.samtycke h2{font-size:1.2em}.samtycke :is(h3,strong,dt,caption,th){color:var(--samtycke-text)}.samtycke a{color:inherit}.samtycke-first,.samtycke-second{width:38em}.samtycke-top,.samtycke-live{inset-block:1em auto}.samtycke-centre,.samtycke-second{inset:0;margin:auto;height:fit-content}.samtycke-second{scroll-padding-block:5em 13em}.samtycke-second::backdrop{background:#0008}.samtycke-head,.samtycke-foot{inset-block:0;background:var(--samtycke-background)}.samtycke-head{display:flex;align-items:center;padding-block:.7em .5em;padding-inline:1.4em .6em}.samtycke-body{display:grid;gap:.8em;font-size:.9333em;padding:0 1.5em;color:var(--samtycke-muted)}.samtycke-foot{display:flex;flex-wrap:wrap;gap:.6em;padding:1.2em 1.4em}.samtycke-foot div,.samtycke-second .samtycke-foot{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8em),1fr));grid-auto-rows:1fr;gap:.6em;flex:2 1 17em}.samtycke-second .samtycke-foot{grid-template-columns:repeat(auto-fit,minmax(min(100%,11em),1fr));border-block-start:1px solid var(--samtycke-line)}.samtycke button{min-width:44px;min-height:44px;padding:.5em .6em;border:1px solid #0000;border-radius:var(--samtycke-radius);font:inherit;font-weight:600;line-height:1.3;cursor:pointer}.samtycke [data-samtycke-action=settings]{flex:1 1 8em}.samtycke .samtycke-head button{padding:0;font-size:1.5em;font-weight:400}.samtycke button:hover{opacity:.8}.samtycke :focus-visible{outline:2px solid var(--samtycke-text);outline-offset:2px}.samtycke-row{border-block-start:1px solid var(--samtycke-line)}.samtycke-row>div{display:flex;align-items:center;gap:1em;padding-block:.8em .3em}.samtycke small{display:block;color:var(--samtycke-muted);font-size:.87em;font-weight:400}.samtycke label{display:block}.samtycke summary{padding-block:.85em}.samtycke :is(dt,caption,th){font-weight:600;text-align:start}.samtycke td{vertical-align:top}.samtycke dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16em),1fr));gap:.6em}.samtycke table{table-layout:fixed;border-collapse:collapse;width:100%;margin-block:.6em 1em}.samtycke th{padding-inline-end:.3em;overflow-wrap:break-word;hyphens:auto}.samtycke input{flex:none;position:relative;width:46px;height:44px;border-radius:1em}@media(forced-colors:none){.samtycke button{color:var(--samtycke-action-text);background:var(--samtycke-action)}.samtycke :is([data-samtycke-action=settings],[data-samtycke-action=close]){color:inherit;background:none}.samtycke input{appearance:none}.samtycke input::before,.samtycke input::after{content:"";position:absolute;inset:9px 0;border:1px solid var(--samtycke-muted);border-radius:1em}.samtycke input::after{inset-block:13px;inset-inline:4px auto;width:18px;background:var(--samtycke-muted)}.samtycke input:checked::before{background:var(--samtycke-action)}.samtycke input:checked::after{inset-inline:auto 4px;background:var(--samtycke-action-text)}}.samtycke-control button{font-size:.87em}.samtycke-control button:focus-visible{outline-offset:-2px}.samtycke-first~.samtycke-control{display:none}.samtycke-live{inset-inline-end:1em;margin:auto;width:fit-content;padding:.8em 1.2em}.samtycke-live:empty{padding:0;border:0}@media(min-height:34em){.samtycke-head,.samtycke-foot{position:sticky;z-index:1}}@media print{.samtycke{display:none}}`;
const DARK = `:where(:root){--samtycke-background:#191d22;--samtycke-text:#eceff2;--samtycke-muted:#a6afb9;--samtycke-line:#343b43}.samtycke{color-scheme:dark}`;
/**
* Puts the style sheet into the page, and returns how to take it out. A constructable sheet needs no permission of the
* page's content security policy; where it is missing, a `<style>` with the page's nonce does the same.
*/
function addStyles({ theme, nonce }) {
	const where = {
		auto: "(prefers-color-scheme:dark)",
		dark: "all",
		light: "not all"
	}[theme];
	const css = `${BASE}@media ${where}{${DARK}}`;
	try {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
		document.adoptedStyleSheets.push(sheet);
		return () => {
			document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
		};
	} catch {
		const style = el("style", css, { nonce: nonce ?? "" });
		document.head.append(style);
		return () => style.remove();
	}
}

// src/ui/index.ts
/**
* The user interface: draws, and reports what the person says. It decides nothing and stores nothing. Layers leave the
* screen before the decision is reported, so a slow page never keeps the question up.
*/
function mount(context) {
	const { body } = document;
	const asked = askedOf(context.document);
	const removeStyles = addStyles(context.options);
	const live = liveRegion(context);
	let first;
	let second;
	let control;
	body.append(live);
	function prompt() {
		if (first?.isConnected || !asked.length) return;
		first = firstLayer(context, asked);
		first.onkeydown = ({ key }) => {
			if (key === "Escape") choose("close");
		};
		body.prepend(first);
		listen(first, 1);
		context.shown();
	}
	function settings() {
		if (second?.isConnected) return;
		const dialog = secondLayer(context, asked);
		second = dialog;
		body.append(dialog);
		dialog.showModal();
		dialog.focus();
		listen(dialog, 2);
		dialog.onclose = () => {
			if (!dialog.isConnected) return;
			dialog.remove();
			if (asked[0] && asked.every(({ purpose }) => context.chosen(purpose.id) === void 0)) choose("close");
		};
	}
	/** Listens to a layer's buttons, and measures it once it has been laid out. */
	function listen(root, layer) {
		let hash;
		requestAnimationFrame(async () => {
			hash = await uiHash(drawn(root, layer, context));
		});
		root.onclick = ({ target, isTrusted }) => {
			const action = target.dataset.samtyckeAction;
			if (action === "settings") settings();
			else if (action === "close" && root === second) second.close();
			else if (action) choose(action, isTrusted, hash);
		};
	}
	/** A script may say no for the person, as automatic rejecters do. Only the person gives. */
	function choose(action, trusted = false, hash) {
		const toggles = second?.querySelectorAll("input");
		const decision = decisionOf(action, asked, (index) => !!toggles?.[index]?.checked);
		if (decision.given.length && !trusted) return;
		close();
		context.decide({
			...decision,
			...hash && { ui_hash: hash },
			gpc_shown: context.gpc
		});
	}
	function close() {
		second?.close();
		second?.remove();
		first?.remove();
	}
	return {
		prompt,
		settings,
		control() {
			control ??= persistentControl(context);
			if (!control) return;
			control.onclick = settings;
			body.append(control);
		},
		close,
		say: (text) => say(live, text),
		unmount() {
			close();
			control?.remove();
			live.remove();
			removeStyles();
		}
	};
}

export { mount };