import { DAY_S, answerIds, cookieName, isConfirmed, parseChoice } from "./shared-cookie.js";
import { ANSWER_MS_MAX, attempt, reportError } from "./shared-local-record.js";

// src/core/ask.ts
/**
* The purposes and services that a prompt is about. Empty: no prompt.
*
* A refusal holds for the purpose's `reask_s`, unless the notice has changed in a way that requires a new answer. After
* a choice, only new purposes and those that the server marks as expired are asked. While the browser sends GPC,
* purposes that GPC denies are not asked: the signal is the answer.
*/
function idsToAsk(banner, view) {
	const { stored, local, gpc, now, deferred } = view;
	if (deferred || local.q.some((entry) => entry.yes.length)) return [];
	const purposes = banner.purposes.filter((purpose) => !(gpc && purpose.gpc));
	const words = purposes.flatMap(answerIds);
	if (!stored) return words;
	if (!stored.token) {
		const stands = [banner.notice.slice(7, 15), ...banner.prior_notices_accepted].includes(stored.notice8);
		return purposes.filter(({ reask_s }) => !stands || now >= stored.at + 86400 + reask_s).flatMap(answerIds);
	}
	if (now >= stored.token.expires) return words;
	if (!isConfirmed(stored.token, view)) return [];
	return words.filter((word) => {
		const index = stored.purposes.findIndex((known) => known.id === word);
		const known = stored.purposes[index];
		return !known || known.ask && !known.given && !stored.token.withdrawnIndexes.includes(index);
	});
}

// src/ui/decision.ts
/**
* The purposes that can be asked. A purpose without texts cannot be shown, and what is not shown must never be given,
* so it is left out of the screen and of every decision.
*/
function askedPurposes({ purposes, text }) {
	return purposes.flatMap((purpose) => text.purposes.filter(({ id }) => id === purpose.id).map((about) => ({
		purpose,
		about
	})));
}
/**
* Whether a switch starts on: only if the user gave the purpose. Under Global Privacy Control the user must have given
* it after the banner showed the signal; otherwise an older grant could be saved again as an answer to the signal.
*/
function isInitiallyOn(context, { id, gpc }) {
	return !!context.chosen(id) && (!(context.gpc && gpc) || !!context.acknowledged?.(id));
}
/** What "accept all" excludes while the browser signals an objection. The user can still give it separately. */
function excluded(context, asked) {
	return asked.filter(({ purpose }) => context.gpc && purpose.gpc && !purpose.own_statement && !answerIds(purpose).every((id) => isInitiallyOn(context, {
		id,
		gpc: true
	})));
}
/**
* What a button means. "Accept all" never includes a purpose that needs a statement of its own (GDPR Art. 9(2)(a)), nor
* what the browser's signal denies: these stay as they were. "Refuse all" includes them, because restricting is always
* allowed. `on` reads the switch of a purpose, or of one of its services; a purpose with services is answered by
* service.
*/
function decisionOf(action, asked, on, without = []) {
	const given = [];
	const refused = [];
	asked.forEach((one, index) => {
		const { own_statement, vendors } = one.purpose;
		answerIds(one.purpose).forEach((word, at) => {
			if (action === "accept" ? !own_statement && !without.includes(one) : action === "save" && on(index, vendors[at]?.id)) given.push(word);
			else if (action === "save" || action === "reject") refused.push(word);
		});
	});
	return {
		kind: action,
		method: action === "save" ? "toggle_save" : "button",
		given,
		refused
	};
}

// src/ui/el.ts
/**
* Creates an element. Strings become text nodes, never markup: no sink of Trusted Types is used, and a notice cannot
* bring code into a page.
*/
function el(tag, children, attributes = {}) {
	const element = document.createElement(tag);
	for (const name in attributes) element.setAttribute(name, attributes[name]);
	element.append(...[children].flat(9).filter(Boolean));
	return element;
}
/** Creates one of the banner's top elements. It sets its own language and direction, whatever the page has. */
function rootElement({ document }, tag, kind, children, attributes) {
	const { language, direction } = document;
	return el(tag, children, {
		class: `samtycke samtycke-${kind}`,
		lang: language,
		dir: direction,
		...tag !== "dialog" && { popover: "manual" },
		...attributes
	});
}
/** Creates a button. Automatic rejecters, tests and the click handler recognise it by `action`. */
function button(action, label, attributes = {}) {
	return el("button", label, {
		type: "button",
		"data-samtycke-action": action,
		...attributes
	});
}
/** Isolates a name, so that its script does not reorder the text around it. */
const name = (text, attributes = {}) => el("bdi", text, attributes);
/** Head, body and foot, the same in both layers. The heading labels the layer. */
function layer(context, tag, kind, title, body, foot, attributes) {
	const { text, words } = context.document;
	const { policy_url } = text.contact;
	const id = `samtycke-${kind.slice(0, 6).trim()}-title`;
	const part = (name, children) => el("div", children, { class: `samtycke-${name}` });
	return rootElement(context, tag, kind, [
		part("head", [el("h2", title, { id }), button("close", "×", { "aria-label": text.labels.close })]),
		part("body", [body, policy_url && /^(https?:)?\//.test(policy_url) && el("p", el("a", words.policy, { href: policy_url }))]),
		part("foot", foot)
	], {
		"aria-labelledby": id,
		...attributes
	});
}

// src/ui/layer1.ts
/**
* The prompt: a region early in the page's order, which takes no focus and does not block the page, unless the site
* wants that (`modal`). The text has several short paragraphs, so that none of them becomes the page's largest
* contentful paint.
*/
function firstLayer(context, notes) {
	const { text } = context.document;
	const { labels } = text;
	const { layout, position } = context.options;
	const modal = layout === "modal";
	return layer(context, modal ? "dialog" : "div", `first samtycke-${layout} samtycke-${modal ? "centre" : position}`, text.title, [
		notes,
		el("p", text.intro),
		el("p", text.withdraw)
	], [el("div", [button("reject", labels.refuse), button("accept", labels.accept)]), button("settings", labels.settings)], modal ? { tabindex: "-1" } : { role: "region" });
}

// src/ui/root.ts
/**
* Moves a part to the top layer, above every z-index and outside every transform. In browsers without a top layer its
* z-index must do.
*/
function moveToTopLayer(part) {
	try {
		if (part instanceof HTMLDialogElement) {
			part.open = false;
			part.showModal();
		} else {
			part.hidePopover();
			part.showPopover();
		}
	} catch {
		if (part.localName === "dialog") part.setAttribute("open", "");
	}
}
/** Whether everything outside of it is inert: a modal dialog, or a visible element that says it is one. */
function isModal(element) {
	try {
		if (element.matches("dialog")) return element.matches(":modal");
	} catch {}
	return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}
/**
* The one element that contains all of the banner. It is a child of `<html>`, outside every framework's root and of a
* replaced body, and before `<body>`, so that it comes first for keyboards and screen readers. It is inserted again
* whenever it is removed. While there is something to answer and a modal of the page is open, it is inside that modal,
* because everything else is inert.
*
* `isAsking`: a layer is open. `isHeld`: it must not be moved. `placed`: it has been inserted, and nothing is in the
* top layer.
*/
function createRoot(isAsking, isHeld, placed) {
	const element = document.createElement("samtycke-root");
	const observer = new MutationObserver(look);
	let modals = [];
	function host() {
		const now = (isAsking() ? [...document.querySelectorAll("dialog[open],[aria-modal=true]")] : []).filter((each) => !element.contains(each) && isModal(each));
		modals = [.../* @__PURE__ */ new Set([...modals.filter((each) => now.includes(each)), ...now])];
		return modals[modals.length - 1] ?? document.documentElement;
	}
	function look() {
		const html = document.documentElement;
		if (!html) return;
		if (!(isHeld() && element.isConnected)) {
			const parent = host();
			if (element.parentNode !== parent) {
				if (parent === html) html.insertBefore(element, document.body);
				else parent.append(element);
				placed();
			}
		}
		observer.disconnect();
		observer.observe(document, { childList: true });
		observer.observe(html, isAsking() ? {
			childList: true,
			subtree: true,
			attributes: true,
			attributeFilter: [
				"open",
				"aria-modal",
				"class",
				"hidden"
			]
		} : { childList: true });
	}
	return {
		element,
		look,
		stop() {
			observer.disconnect();
			element.remove();
		}
	};
}

// src/ui/live.ts
/** Long enough to read; screen readers announce it at once. */
const SHOWN_MS = 6e3;
/** A live region, invisible while it is empty. It must be in the page before it is used. */
function liveRegion(context) {
	return rootElement(context, "div", "live", [], { role: "status" });
}
/** Shows a message on top of everything, and removes it later unless another one has replaced it. */
function say(region, text) {
	const node = new Text(text);
	region.replaceChildren(node);
	moveToTopLayer(region);
	setTimeout(() => node.remove(), SHOWN_MS);
}

// src/ui/sight.ts
/** When a layer accepts answers. */
/** While a layer has this attribute, it accepts no answer. */
const FRESH_ATTRIBUTE = "data-samtycke-fresh";
/**
* The user must have seen what they answer: the second click of a double click is not meant for what the first one
* opened.
*/
const FRESH_MS = 400;
/** The extra time if a button opened under the pointer. */
const UNDER_POINTER_MS = 600;
/**
* Runs once this page has been painted and visible for so long. A prerendered page, or a tab in the background, paints
* nothing.
*/
function whenSeen(ms, run) {
	requestAnimationFrame(() => setTimeout(() => document.hidden ? whenSeen(ms, run) : run(), ms));
}
/**
* Ignores clicks for a moment; and a little longer if the click that opened the layer is over one of its buttons, until
* the pointer moves.
*/
function ignoreClicksBriefly(part, opener) {
	const since = `${performance.now()}`;
	part.setAttribute(FRESH_ATTRIBUTE, since);
	const end = () => part.getAttribute("data-samtycke-fresh") === since && part.removeAttribute("data-samtycke-fresh");
	whenSeen(FRESH_MS, () => {
		if (![...part.querySelectorAll("button")].some((button) => {
			const { left, right, top, bottom } = button.getBoundingClientRect();
			return !!opener && opener.clientX >= left && opener.clientX <= right && opener.clientY >= top && opener.clientY <= bottom;
		})) return end();
		addEventListener("pointermove", end, { once: true });
		setTimeout(end, UNDER_POINTER_MS);
	});
}

// src/ui/styles.ts
/**
* One style sheet for everything, which pages cannot override: every declaration is `!important` and in a layer, and
* important declarations in a layer beat everything that a page declares outside of layers. A page sets custom
* properties, which have their defaults where they are used. Sizes are in `em` of a size that follows the user's own
* setting, so that large text makes everything larger. Forced colours get plain buttons and checkboxes. Nothing is
* animated.
*/
const BASE = `samtycke-root{display:contents}.samtycke{--s-b:var(--samtycke-background,#fff);--s-t:var(--samtycke-text,#1c2228);--s-m:var(--samtycke-muted,#57606a);--s-l:var(--samtycke-line,#e4e7eb);--s-a:var(--samtycke-action,var(--s-t));--s-c:var(--samtycke-action-text,var(--s-b));--s-r:var(--samtycke-radius,12px);--s-g:var(--samtycke-margin,1em);--s-p:var(--samtycke-padding,1.4em);all:initial;color-scheme:light;position:fixed;z-index:var(--samtycke-z,2147483647);display:flex;flex-direction:column;box-sizing:border-box;overflow:auto;overflow-wrap:anywhere;hyphens:auto;max-width:calc(100% - 2*var(--s-g));max-height:calc(100vh - 2*var(--s-g));max-height:calc(100dvh - 2*var(--s-g));color:var(--s-t);background:var(--s-b);font:var(--samtycke-size,max(15px,.9375rem))/1.5 var(--samtycke-font,system-ui,sans-serif);border:var(--samtycke-border,1px solid var(--s-l));border-radius:var(--s-r);box-shadow:var(--samtycke-shadow,0 8px 40px #0003);inset-block-end:var(--s-g);inset-inline-start:var(--s-g)}.samtycke *,:is(.samtycke,.samtycke *)::before,:is(.samtycke,.samtycke *)::after{all:revert;box-sizing:border-box;margin:0;padding:0}.samtycke :is(h2,h3,h4){flex:1;font-size:1em;line-height:1.3}.samtycke h2{font-size:1.2em}.samtycke :is(h3,h4,dt,caption,th){color:var(--s-t)}.samtycke a{color:var(--samtycke-link,inherit)}.samtycke-first,.samtycke-second{width:var(--samtycke-width,38em)}.samtycke-top,.samtycke-live{inset-block:var(--s-g) auto}.samtycke-centre{inset:0;margin:auto;height:fit-content}.samtycke-bar{inset-inline:0;margin:auto;width:auto;max-width:none;border-radius:0;border-inline:0}.samtycke-bar.samtycke-bottom{inset-block-end:0}.samtycke-bar.samtycke-top{inset-block-start:0}dialog.samtycke::backdrop{background:var(--samtycke-backdrop,#0008)}.samtycke-head{display:flex;flex:none;align-items:center;padding-block:.6em .3em;padding-inline:var(--s-p) .5em}.samtycke-body{display:grid;flex:auto;gap:.7em;overflow:auto;min-height:7.5em;font-size:.9333em;padding:2px calc(var(--s-p)*1.0714);color:var(--s-m)}.samtycke-foot{display:flex;flex:none;flex-wrap:wrap;gap:.6em;padding:.9em var(--s-p) 1.1em}.samtycke-foot div,.samtycke-second .samtycke-foot{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8em),1fr));grid-auto-rows:1fr;gap:.6em;flex:2 1 17em}.samtycke button{min-width:44px;min-height:44px;padding:.3em .6em;border:var(--samtycke-button-border,1px solid #0000);border-radius:var(--samtycke-button-radius,var(--s-r));font:inherit;font-weight:var(--samtycke-button-weight,600);line-height:1.3;cursor:pointer}.samtycke [data-samtycke-action=settings]{flex:1 1 8em}.samtycke .samtycke-head button{padding:0;font-size:1.5em;font-weight:400}.samtycke button:hover{box-shadow:var(--samtycke-hover,inset 0 0 0 3px var(--s-m))}.samtycke :focus-visible{outline:var(--samtycke-focus,2px solid var(--s-t));outline-offset:2px}.samtycke .samtycke-body:focus-visible{outline-offset:-2px}.samtycke[data-samtycke-fresh] button{pointer-events:none}@media(forced-colors:none){.samtycke button{color:var(--s-c);background:var(--s-a)}.samtycke :is([data-samtycke-action=settings],[data-samtycke-action=close]){color:inherit;background:none}.samtycke-foot [data-samtycke-action=settings]{border:var(--samtycke-settings-border,1px solid var(--s-m))}}.samtycke-first~.samtycke-control,.samtycke[data-samtycke-behind]{display:none}.samtycke-live{inset-inline-end:var(--s-g);margin:auto;width:fit-content;padding:.8em 1.2em}.samtycke-live:empty{padding:0;border:0;box-shadow:none}`;
/**
* Small windows: smaller gaps. Low ones scroll a layer as a whole if head and foot leave no room. Phones in landscape,
* and bars, have two columns.
*/
const ROOM = `@media(max-width:30em){.samtycke{--s-g:var(--samtycke-margin,.5em);--s-p:var(--samtycke-padding,1em)}.samtycke-first{max-height:max(60vh,18em)}}@media(max-height:26em){.samtycke-first{display:block}.samtycke-first .samtycke-body{overflow:visible}}@media(min-width:38em) and (max-height:30em){.samtycke-first{display:grid;grid-template:auto minmax(0,1fr)/1fr 16em;width:62em;max-height:calc(100vh - 1em)}.samtycke-first .samtycke-body{overflow:auto;min-height:0}.samtycke-first .samtycke-foot{grid-area:1/2/3;align-content:center}}@media(min-width:56em){.samtycke-bar{display:grid;grid-template:auto minmax(0,1fr)/1fr 24em;width:auto}.samtycke-bar .samtycke-foot{grid-area:1/2/3;align-content:center}}@media print{.samtycke{display:none}}`;
const DARK = `.samtycke{--s-b:var(--samtycke-background,#191d22);--s-t:var(--samtycke-text,#eceff2);--s-m:var(--samtycke-muted,#a6afb9);--s-l:var(--samtycke-line,#343b43);color-scheme:dark}`;
/**
* Adds the style sheet to the page. A constructable sheet needs no permission in the page's content security policy;
* without it, a `<style>` with the page's nonce does the same.
*/
function createStyles({ theme, nonce }, root) {
	const where = {
		auto: "(prefers-color-scheme:dark)",
		dark: "all",
		light: "not all"
	}[theme];
	const others = () => document.adoptedStyleSheets.filter((each) => each !== sheet);
	let rules = "";
	let sheet;
	let style;
	try {
		sheet = new CSSStyleSheet();
		others();
	} catch {
		sheet = void 0;
		style = el("style", [], { nonce: nonce ?? "" });
		root.append(style);
	}
	const styles = {
		add(more) {
			rules += more;
			const css = `@layer samtycke{${rules.replace(/([^{};\s])\s*([;}])/g, "$1!important$2")}}`;
			if (style) style.textContent = css;
			sheet?.replaceSync(css);
		},
		keep() {
			if (sheet && document.adoptedStyleSheets[0] !== sheet) document.adoptedStyleSheets = [sheet, ...others()];
		},
		remove() {
			if (sheet) document.adoptedStyleSheets = others();
		}
	};
	styles.add(`${BASE}${ROOM}@media ${where}{${DARK}}`);
	styles.keep();
	return styles;
}

// src/ui/index.ts
/** On the prompt while the settings cover it. */
const BEHIND = "data-samtycke-behind";
const PARTS = {
	el,
	button,
	name,
	layer,
	rootElement,
	isInitiallyOn,
	excluded
};
/**
* The user interface: draws, and reports what the user decides. It decides nothing and stores nothing. Layers close
* before the decision is reported, so that a slow page does not keep the prompt open. This file has the prompt. The
* settings, the control, the measuring and the rarer texts are in settings.ts, which loads when the pointer or the
* focus comes near.
*/
function mount(context) {
	const asked = askedPurposes(context.document);
	const live = liveRegion(context);
	let first;
	let second;
	let control;
	let rest;
	let isAsking = false;
	const hashes = /* @__PURE__ */ new WeakMap();
	let hasControl = false;
	const isModal = (layer) => layer?.localName === "dialog";
	const root = createRoot(() => !!(first ?? second), () => !!second || isModal(first), () => {
		styles.keep();
		for (const part of [
			control?.element,
			first,
			second,
			live
		]) if (part?.isConnected) moveToTopLayer(part);
		if (first) addHandlers(first);
		if (second) addHandlers(second);
		control?.draw(true);
	});
	const styles = createStyles(context.options, root.element);
	const end = new AbortController();
	root.element.append(live);
	root.look();
	async function load() {
		const loaded = await import("./settings.js");
		if (!rest) styles.add(loaded.RULES);
		rest = loaded;
		return loaded;
	}
	const loadQuietly = () => void (first && measure(first));
	for (const event of ["pointerover", "focusin"]) root.element.addEventListener(event, loadQuietly, { once: true });
	function put(part, opener) {
		if (part === control?.element) live.before(part);
		else root.element.prepend(part);
		root.look();
		moveToTopLayer(part);
		ignoreClicksBriefly(part, opener);
	}
	async function prompt() {
		if (isAsking || !asked.length) return;
		isAsking = true;
		const told = (context.gpc || context.changes() || asked.some(({ purpose }) => context.chosen(purpose.id))) && (await load().catch(() => {}))?.notes(context, asked, PARTS);
		if (!isAsking || first) return;
		const layer = firstLayer(context, told);
		first = layer;
		addHandlers(layer);
		put(layer);
		if (isModal(layer)) layer.focus();
		if (second) setBehind(true);
		whenSeen(0, () => first === layer && context.shown());
	}
	async function settings(opener) {
		const { secondLayer } = await load();
		if (second || end.signal.aborted) return;
		second = secondLayer(context, asked, PARTS);
		addHandlers(second);
		setBehind(true);
		put(second, opener);
		second.focus();
		measure(second);
	}
	/** If the settings cannot be loaded, opens the declaration. */
	function openSettings(opener) {
		settings(opener).catch((error) => {
			console.error("samtycke: the settings cannot be loaded", error);
			if (context.options.declaration) open(context.options.declaration);
		});
	}
	function setBehind(is) {
		first?.toggleAttribute(BEHIND, is);
	}
	/**
	* Closes the settings, and returns to the prompt if one is open. Only the prompt itself is closed without an answer.
	*/
	function dismiss(opener) {
		if (second) {
			closeSettings();
			if (first) ignoreClicksBriefly(first, opener);
		} else choose("close", true);
	}
	function closeSettings() {
		const dialog = second;
		second = void 0;
		setBehind(false);
		dialog?.close?.();
		dialog?.remove();
		root.look();
	}
	/** Adds the handlers of a layer's buttons. */
	function addHandlers(layer) {
		requestAnimationFrame(() => {
			const body = layer.querySelector(".samtycke-body");
			if (body && body.scrollHeight > body.clientHeight && !body.querySelector("a,input,summary")) body.tabIndex = 0;
		});
		layer.onclick = (event) => {
			const { target, isTrusted } = event;
			if (target instanceof HTMLInputElement) return onToggle(event);
			const button = target.closest("[data-samtycke-action]");
			const action = button?.dataset.samtyckeAction;
			if (!action || isTrusted && layer.hasAttribute("data-samtycke-fresh")) return;
			if (action === "settings") openSettings(event);
			else if (action === "close") dismiss(event);
			else choose(action, isTrusted, button, layer);
		};
		layer.onkeydown = (event) => {
			const { key, repeat } = event;
			if (key === "Escape") dismiss();
			else if (!(repeat && /^(Enter| )$/.test(key))) return;
			event.preventDefault();
		};
		layer.oncancel = (event) => {
			event.preventDefault();
			dismiss();
		};
		layer.onclose = () => layer.isConnected && layer === (second ?? first) && dismiss();
	}
	/** A script's click can switch off, and not on: only the user gives. */
	function onToggle(event) {
		if (event.isTrusted || context.testing || !event.target.checked) return;
		event.preventDefault();
		refuseProgramClick();
	}
	function refuseProgramClick() {
		say(live, context.document.words.by_hand);
		load().then((part) => part.warnProgram(), console.error);
	}
	/** A script may refuse for the user, as automatic rejecters do. Only the user gives. */
	function choose(action, trusted, button, layer) {
		const on = (purpose, vendor) => !!second && !!rest?.isOn(second, purpose, vendor);
		const decision = decisionOf(action, asked, on, excluded(context, asked));
		if (!decision.given.length) {
			if (action === "accept") dismiss();
			else finish(decision);
		} else if (!trusted && !context.testing) refuseProgramClick();
		else if (button && layer) measureAndGive(decision, button, layer);
	}
	/** Hashes the layer's appearance. Without a network nothing is measured, and the record has no hash. */
	async function measure(layer) {
		const part = await load().catch(() => {});
		hashes.set(layer, await part?.hash(part.measure(layer, layer === second ? 2 : 1, context)));
	}
	/** Accepts a grant if refusing is as prominent, as the page draws it now. */
	function measureAndGive(decision, button, layer) {
		if (!hashes.has(layer)) return void measure(layer).then(() => layer.isConnected && measureAndGive(decision, button, layer));
		layer.removeAttribute(FRESH_ATTRIBUTE);
		if (!rest?.isUnfair(layer, button)) finish(decision, hashes.get(layer));
		else if (decision.kind === "save" && decision.refused[0]) finish({
			...decision,
			given: []
		});
	}
	function finish(decision, hash) {
		close();
		context.decide({
			...decision,
			ui_hash: hash
		});
		drawControl();
	}
	function close() {
		const layer = first;
		first = void 0;
		isAsking = false;
		closeSettings();
		if (isModal(layer)) layer.close?.();
		layer?.remove();
		root.look();
		if (layer) drawControl();
	}
	/** Not while the prompt is open: the user can answer the prompt itself. */
	function drawControl() {
		if (!hasControl || isAsking) return;
		load().then(({ createControl }) => {
			if (end.signal.aborted || isAsking) return;
			control ??= createControl(context, asked, PARTS, end.signal, (event) => {
				if (event.isTrusted && control?.element.hasAttribute("data-samtycke-fresh")) return;
				if (/settings/.test(event.currentTarget.dataset.samtyckeAction)) openSettings(event);
				else choose("reject", event.isTrusted);
			});
			const { element } = control;
			if (!control.draw()) element.remove();
			else if (!element.isConnected) put(element);
		}, console.error);
	}
	return {
		prompt,
		settings,
		control() {
			hasControl = true;
			requestAnimationFrame(drawControl);
		},
		close,
		say: (text) => say(live, text),
		unmount() {
			hasControl = false;
			close();
			end.abort();
			root.stop();
			styles.remove();
		}
	};
}

// src/core/format.ts
/** Writes what cookie.ts reads. */
/** Lifetime of the cookie in seconds: less than 13 months. */
const COOKIE_AGE_S = 390 * DAY_S;
/**
* A refusal: a number, a day and a notice, and nothing that identifies the user. With a `now` of 0 the user may be
* asked again at once: a grant followed, and is still being sent.
*/
function formatRefusal(n, now, notice8) {
	return `r.${n}.${Math.floor(now / DAY_S).toString(36)}.${notice8}`;
}
/** A grant, without what was withdrawn here since. */
function formatGiven(n, text, capability, withdrawnIndexes) {
	return `g.${n}.${text}.${capability}${withdrawnIndexes.length ? `.${withdrawnIndexes.join("-")}` : ""}`;
}

// src/record/browser.ts
/** The record's port in a browser. */
/** A port over the page's storage, clock, random numbers and network. */
async function browserPort(page, tell) {
	const { server, options, site } = page;
	const { key, cookiePath = "/" } = options;
	const isLocal = options.storage === "local";
	const own = cookieName(site);
	const isFirstParty = new URL(server).origin === location.origin;
	const cookieJar = options.cookieDomain || (options.cacheCookie ?? false) !== false ? (await import("./jar.js")).createJar(page, setCookie) : void 0;
	function setCookie(name, value) {
		const wide = cookieJar?.domain();
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
		...cookieJar,
		writeCookie(value) {
			setCookie(own, isLocal ? void 0 : value);
			return !value || !isLocal && !!attempt(() => document.cookie.includes(value));
		},
		writeLocal(text) {
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
			const wide = cookieJar?.domain();
			const headers = {
				...capability && {
					Authorization: `Bearer ${key}`,
					"Content-Type": "application/json",
					"Samtycke-Capability": capability
				},
				...n && isFirstParty && !isLocal && { "Samtycke-Choice": `${n}${cookiePath === "/" ? "" : `; path=${cookiePath}`}${wide ? `; domain=${wide}` : ""}` }
			};
			const request = (keepalive) => fetch(`${server}v1/${capability ? "" : `banner/${key}/`}${path}`, {
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
/** Identifiers that this browser creates, byte for byte as samtycke-core (`id.rs`) does. */
/** Unpadded base64url. */
function base64url(bytes) {
	return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
/** A UUID of version 7 (RFC 9562, 5.7) from Unix milliseconds and ten random bytes. */
function eventId(unixMs, random) {
	const time = unixMs.toString(16).padStart(12, "0");
	const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	const variant = "89ab"[random[2] & 3];
	return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8)}`;
}

// src/core/outbox.ts
/**
* The queue of submissions as pure functions: they read no clock, store nothing and send nothing.
*
* Refusals go first, and are never dropped for age or number. Grants can be: a grant takes effect only when the server
* has it, and asking again is better than a grant that the user has forgotten.
*/
/** Longest queue. A submission is about 1 KiB, and browsers give a site about 5 MiB. */
const ENTRIES_MAX = 64;
/** Age in seconds after which an unsent grant is dropped. The server would not let it take effect either. */
const GRANT_AGE_MAX_S = 30 * DAY_S;
/** Whether it only restricts. */
function isRestriction(entry) {
	return !entry.yes.length;
}
/**
* The record with one more submission. If the queue is too long, the oldest grant is dropped, even if it is the new
* one.
*/
function enqueue(local, entry) {
	const q = [...local.q, entry];
	const oldest = q.findIndex((old) => !isRestriction(old));
	if (q.length > 64 && oldest >= 0) q.splice(oldest, 1);
	return {
		...local,
		q
	};
}
/** What to send next: the oldest refusal, or else the oldest grant. So no grant is sent while a refusal is queued. */
function next(local) {
	return local.q.find(isRestriction) ?? local.q[0];
}
/**
* Ids of the events that a new submission comes after. Only a refusal among them can keep a grant from taking effect.
*/
function afterIds(local) {
	return local.q.filter((entry) => entry.no.length).slice(-16).map((entry) => entry.id);
}
/** Whether a grant has waited too long. If the clock was set back, the grant looks young, and the server decides. */
function isLate(entry, now) {
	return !isRestriction(entry) && now - entry.at > GRANT_AGE_MAX_S;
}
/** Whether a status says nothing about the submission. 0: there was no response. */
function isRetry(status) {
	return status < 200 || status >= 300 && status < 400 || status >= 500 || [
		408,
		425,
		429
	].includes(status);
}
/** What the response's status means for a submission. */
function dispositionOf(entry, status) {
	if (isRetry(status)) return "retry";
	if (status < 300) return "done";
	return isRestriction(entry) ? [
		404,
		410,
		422
	].includes(status) ? "over" : "retry" : "dropped";
}
/** The number of the newest choice that this browser knows. */
function newestNumber(local, stored) {
	return Math.max(stored?.n ?? 0, ...local.q.map((entry) => entry.n));
}

// src/core/choose.ts
/** The cookie's value with these purposes withdrawn. */
function valueWithout({ token, purposes }, ids, n) {
	const withdrawnIndexes = purposes.flatMap(({ id, given }, i) => token.withdrawnIndexes.includes(i) || given && ids.includes(id) ? [i] : []);
	return formatGiven(n, token.text, token.capability, withdrawnIndexes);
}
/**
* Works out a choice. A refusal is in `value` at once; a grant is only queued. `highest` is the highest choice number
* that this page has used, because storage may have been cleared since.
*/
function choose(view, input, rng, highest) {
	const { stored, now, clock, gpc } = view;
	const { yes, banner, decision, prompt } = input;
	const asked = banner?.purposes ?? [];
	const given = (stored?.purposes ?? []).filter((purpose) => purpose.given).map((purpose) => purpose.id);
	const open = [.../* @__PURE__ */ new Set([...given, ...view.local.q.flatMap((entry) => entry.yes)])];
	const no = input.no ?? [.../* @__PURE__ */ new Set([...open, ...asked.flatMap(answerIds)])];
	const withdrawn = open.filter((id) => no.some((word) => word === id || word.split("/")[0] === id || id.split("/")[0] === word));
	const notGiven = no.filter((id) => !open.includes(id));
	const n = Math.max(highest, newestNumber(view.local, stored)) + 1;
	const known = stored?.token?.capability ?? view.local.c;
	const c = known ?? (yes.length ? base64url(rng.random(32)) : "");
	const notice = decision && banner;
	let { local } = view;
	const own = yes.filter((id) => asked.some((one) => one.own_statement && answerIds(one).includes(id)));
	const rest = yes.filter((id) => !own.includes(id));
	/** Queues one submission: the decisions by kind. A prompt is for one grant. */
	function submit(words) {
		const decisions = Object.entries(words).flatMap(([word, ids]) => ids.flatMap((id) => {
			const [purpose, vendor] = id.split("/");
			const known = asked.find((one) => one.id === purpose);
			const about = word === "given" ? known : void 0;
			if (known && !known.vendors?.[0] === !!vendor) return [];
			return {
				purpose,
				...vendor && { scope: { vendor } },
				decision: word,
				...about?.own_statement && { explicit: true },
				...about?.gpc && gpc && { gpc_acknowledged: true }
			};
		}));
		if (!decisions.length) return;
		const s = local.c === c ? local.s : 0;
		const id = eventId(now * 1e3, rng.random(10));
		const body = {
			event_id: id,
			notice: notice?.notice,
			language: notice?.language,
			variant: notice?.variant,
			method: words.given === own ? "form" : decision?.method ?? "api",
			based_on: Math.max(s, stored?.token?.seq ?? 0),
			after: afterIds(local),
			decisions,
			occurred_at: (/* @__PURE__ */ new Date(now * 1e3)).toISOString(),
			signals: { gpc },
			ui_hash: decision?.ui_hash,
			surface: "web",
			prompt: words.given === (rest.length ? rest : own) ? prompt : void 0
		};
		const entry = {
			id,
			n,
			at: clock,
			yes: words.given ?? [],
			no: [...words.withdrawn ?? [], ...words.refused ?? []],
			gpc,
			c,
			body
		};
		local = enqueue({
			...local,
			c,
			s
		}, entry);
	}
	if (known) submit({
		withdrawn,
		refused: yes.length ? [] : notGiven
	});
	if (yes.length && (rest.length || notGiven.length)) submit({
		given: rest,
		refused: notGiven
	});
	if (own.length) submit({ given: own });
	const change = {
		n,
		local,
		withdrawn
	};
	if (!yes.length && withdrawn.length === open.length && (withdrawn.length || decision || !input.no)) return {
		...change,
		value: formatRefusal(n, now, banner?.notice.slice(7, 15) ?? stored?.notice8 ?? "00000000")
	};
	if (given.some((id) => withdrawn.includes(id))) return {
		...change,
		value: valueWithout(stored, withdrawn, n)
	};
	if (yes.length && stored && !stored.token) return {
		...change,
		value: formatRefusal(stored.n, 0, stored.notice8)
	};
	return change;
}

// src/record/session.ts
/** First and longest wait before a retry; milliseconds. Up to half is added at random: 1 s to 5 min. */
const RETRY_MS = 1e3;
const RETRY_MS_MAX = 2e5;
/** Whether one of these ids had that outcome. */
const hasOutcome = (decisions, outcome, words) => decisions?.some(({ purpose, scope, outcome: had }) => had === outcome && words.includes(scope?.vendor ? `${purpose}/${scope.vendor}` : purpose));
/** Creates the recorder of one page. */
function createSession(port) {
	/** The newest choice that this page has seen. A response that sets an older cookie does not undo it. */
	let newestSeen = {
		n: 0,
		value: ""
	};
	/** The highest choice number that this page has seen or used. */
	let highest = 0;
	let failures = 0;
	let waiting = false;
	/** The server has asked the client to wait. */
	let isPaused = false;
	let hasResent = false;
	const sending = /* @__PURE__ */ new Set();
	/** What the user sees, and the server's prompt for it, once it has arrived. One grant uses both. */
	let seen;
	let prompt;
	function save(local) {
		port.writeLocal(local.c || local.k || local.q.length ? JSON.stringify(local) : void 0);
	}
	function write(local, value) {
		save({
			...local,
			k: port.writeCookie(value) ? void 0 : value
		});
		refresh();
	}
	function refresh() {
		const { stored } = port.view();
		if (stored && (!stored.token || stored.n >= newestSeen.n)) newestSeen = stored;
		highest = Math.max(highest, newestSeen.n);
	}
	/** Undoes a cookie that the server set after a newer choice was made. */
	function restoreNewest() {
		const { stored, local } = port.view();
		if (stored && stored.value !== newestSeen.value && stored.n < highest) write(local, newestSeen.value || void 0);
		refresh();
	}
	function record(input) {
		if (input.banner === seen) input.prompt = prompt;
		const { n, local, value, withdrawn } = choose(port.view(), input, port, highest);
		highest = n;
		if (input.yes.length) seen = prompt = void 0;
		if (value) write(local, value);
		else save(local);
		if (value && !local.c && input.banner) count("refused", input.banner, n);
		port.changed();
		flush();
		return withdrawn;
	}
	function count(choice, { notice }, n) {
		port.post("tallies", {
			notice,
			choice
		}, void 0, n).then(restoreNewest);
	}
	function shown(banner) {
		if (seen === banner) return;
		seen = banner;
		prompt = void 0;
		const { notice, language, variant } = banner;
		port.post("prompts", {
			notice,
			language,
			variant
		}).then(({ body }) => {
			if (seen === banner) prompt = body.prompt;
		});
	}
	/** Stores a token, unless something newer was chosen or seen. `yes`: what the user gave with it. */
	function acceptToken(text, { c, n, yes }) {
		const { stored, local } = port.view();
		const fresh = parseChoice(`g.${n}.${text}.${c}`, port.site);
		if (!fresh?.token || fresh.token.seq < local.s) return false;
		if (stored && (stored.token ? stored.at > fresh.at : stored.n >= n)) return false;
		const taken = local.q.flatMap((other) => other.n >= n ? other.no : []);
		for (const index of stored?.token?.withdrawnIndexes ?? []) {
			const { id } = stored.purposes[index];
			if (stored.n > n || !yes.includes(id)) taken.push(id);
		}
		write(local, valueWithout(fresh, taken, Math.max(n, stored?.n ?? 0)));
		return true;
	}
	/** The server knows the subject by the capability. */
	async function send(path, body, c, n) {
		const { stored, local } = port.view();
		const sets = n >= newestNumber(local, stored) && !local.q[1] && !stored?.token?.withdrawnIndexes.length;
		const answer = await port.post(path, body, c, sets ? n : void 0);
		restoreNewest();
		return answer;
	}
	/**
	* Sends one submission. A grant is answered with its token. The server may have recorded the grant and be unable to
	* sign: then the client asks for the token, because the user could not withdraw a grant that is unknown here.
	*/
	async function submit(entry) {
		const { body, c, n, yes } = entry;
		const answer = await send(isRestriction(entry) ? "withdrawals" : "consents", body, c, n);
		const { cookie, decisions } = answer.body;
		if (cookie || !hasOutcome(decisions, "effective", yes)) return answer;
		const said = await send("cookie", {}, c, n);
		return said.status === 200 ? {
			...answer,
			body: {
				...answer.body,
				cookie: said.body.cookie
			}
		} : said;
	}
	/** Sends the queue in order: either refusals or grants. */
	async function sendWaiting(no) {
		if (sending.has(no)) return;
		sending.add(no);
		for (;;) {
			const { local, clock } = port.view();
			const entry = next(local);
			if (!entry || isRestriction(entry) !== no || isPaused) break;
			if (isLate(entry, clock)) handleAnswer(entry, {
				status: 410,
				body: {},
				retryAfter: 0
			});
			else if (!handleAnswer(entry, await submit(entry))) break;
		}
		sending.delete(no);
	}
	/** Handles a response. False if the submission must be sent again. */
	function handleAnswer(entry, { status, body, retryAfter }) {
		const disposition = dispositionOf(entry, status);
		const no = isRestriction(entry);
		if (disposition === "retry") {
			if (!no) port.progress("pending");
			return retry(retryAfter);
		}
		failures = 0;
		const { stored, local } = port.view();
		const q = local.q.filter((open) => open.id !== entry.id);
		const done = disposition === "done";
		if (q.length === local.q.length) {
			if (done) retractUnknownGrant(entry, body);
			return true;
		}
		const left = {
			...local,
			q,
			s: done && local.c === entry.c ? Math.max(local.s, body.seq ?? 0) : local.s
		};
		const newestChoice = entry.n >= newestNumber(local, stored);
		if (no && stored?.token && stored.n < entry.n) write(left, valueWithout(stored, entry.no, entry.n));
		else save(left);
		if (done && body.cookie) acceptToken(body.cookie, entry);
		const after = port.view();
		if (!after.stored?.token && !q.length) save({
			s: 0,
			q,
			k: after.local.k
		});
		if (done) retractUnknownGrant(entry, body);
		const lost = hasOutcome(body.decisions, "superseded", entry.yes);
		if (!no && newestChoice) port.progress(done && !lost ? "saved" : "again");
		port.changed();
		return true;
	}
	/**
	* A refusal in another tab, at the same moment, did not know of this grant. The refusal holds here, so the server
	* must hear of it.
	*/
	function retractUnknownGrant({ c, n, yes }, { cookie, seq = 0 }) {
		const { stored, local } = port.view();
		if (!yes.length || !cookie || local.c || !stored || stored.token || stored.n < n) return;
		save({
			...local,
			c,
			s: seq
		});
		record({
			yes: [],
			no: yes
		});
	}
	/** Asks the server whether the grants still hold. */
	async function renew() {
		const view = port.view();
		const { token, n = 0, notice8 = "" } = view.stored ?? {};
		if (!token || view.local.q.length || isPaused || view.now >= token.expires) return;
		const age = view.now - token.signed;
		if (age >= 0 && age < 900 && !token.withdrawnIndexes.length && isConfirmed(token, view)) return;
		const { status, body, retryAfter } = await send("cookie", {}, token.capability, n);
		const { stored, local, now } = port.view();
		if (status !== 200 && status !== 410) return void retry(retryAfter);
		failures = 0;
		if (stored?.token?.capability !== token.capability) return;
		if (body.cookie) {
			if (acceptToken(body.cookie, {
				c: token.capability,
				n,
				yes: []
			})) port.clockIs(port.view().stored.at);
			resendWithdrawals();
		} else if (stored.n === n && !local.q.length) {
			newestSeen = {
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
	/**
	* The server still has a grant that was withdrawn here, so it never received the withdrawal. Sends it again, once per
	* page.
	*/
	function resendWithdrawals() {
		const { stored, local } = port.view();
		const no = stored?.token?.withdrawnIndexes.map((index) => stored.purposes[index].id) ?? [];
		if (hasResent || local.q.length || !no.length) return;
		hasResent = true;
		record({
			yes: [],
			no
		});
	}
	function retry(seconds) {
		isPaused ||= seconds > 0;
		if (waiting) return false;
		waiting = true;
		const wait = Math.min(RETRY_MS * 2 ** failures++, RETRY_MS_MAX) * (1 + port.random(1)[0] / 512);
		port.wait(Math.max(wait, seconds * 1e3), () => {
			waiting = isPaused = false;
			flush();
		});
		return false;
	}
	async function flush() {
		refresh();
		await sendWaiting(true);
		await port.lock(async () => {
			await sendWaiting(false);
			await renew();
		});
	}
	return {
		record,
		count,
		shown,
		flush,
		refresh
	};
}

// src/record/index.ts
/** Takes over a page. Call it once. */
async function attach(page) {
	const { options, ended, key } = page;
	const until = { signal: ended };
	const channel = attempt(() => new BroadcastChannel(key));
	const port = await browserPort(page, {
		changed() {
			changed();
			channel?.postMessage(0);
		},
		progress
	});
	const session = createSession(port);
	let ui;
	let banner;
	let asking = false;
	/** The user closed or answered the prompt in this page, so it is not shown here again. */
	let isAnswered = false;
	/** A grant does not hold: prompt again, whatever else is stored. */
	let mustAskAgain = false;
	/** The user is withdrawing in this page. */
	let isOwnAction = false;
	let before = givenIds(page.view());
	let clear;
	let isClearLoading = false;
	let isExplained = false;
	let isSignalCounted = false;
	/** Reads everything again: what to release, what to clear, and whether to prompt. */
	function changed() {
		page.changed();
		port.writeCacheCookie?.();
		const now = givenIds(page.view());
		const taken = before.filter((id) => !now.includes(id));
		before = now;
		const isOwn = isOwnAction;
		if (now[0] && !isClearLoading) loadClear().catch(reportError);
		if (taken[0]) loadClear().then((clear) => clear(taken, now, isOwn)).catch(reportError);
		updatePrompt().catch(reportError);
	}
	/** Loads the part that clears. A failure is reported, and loading is tried again when something must be cleared. */
	async function loadClear() {
		isClearLoading = true;
		const module = await import("./clear.js");
		clear ??= module.clearWithdrawn(page);
		return clear;
	}
	/** The banner of an outer page that prompts instead of this one. */
	async function findOuterBanner() {
		return window !== window.parent && (await import("./frames.js")).outerBanner(page);
	}
	async function updatePrompt() {
		banner = await page.banner();
		if (!banner) {
			if (!isExplained) await (await import("./explain.js")).explain(page);
			isExplained = true;
			return;
		}
		const isQuiet = await findOuterBanner();
		const view = page.view();
		const wanted = !isQuiet && (mustAskAgain || !isAnswered && idsToAsk(banner, view).length > 0);
		if (ended.aborted) return;
		if (!isSignalCounted && !isQuiet && view.gpc && banner.purposes.some(({ id, gpc }) => gpc && !acknowledged(id))) {
			isSignalCounted = true;
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
		const document = await page.banner();
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
			shown: () => session.shown(document)
		});
		ended.addEventListener("abort", drawn.unmount);
		return drawn;
	}
	/** A grant that does not hold is asked again, together with everything else that is not given. */
	function askedNow(document) {
		const asked = idsToAsk(document, {
			...page.view(),
			deferred: false
		});
		return mustAskAgain && !asked[0] ? document.purposes.flatMap(answerIds).filter((word) => !chosen(word)) : asked;
	}
	async function setLanguage(tag) {
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
		if (!await findOuterBanner()) drawn.control();
	}
	function acknowledged(id) {
		return !!page.view().stored?.purposes.some((one) => isPartOf(one.id, id) && one.given && !one.gpc);
	}
	function chosen(id) {
		const purpose = page.known?.purposes.find((one) => one.id === id);
		const said = purpose ? answerIds(purpose).map(answerOf) : [answerOf(id)];
		return said.includes(true) || (said.includes(false) ? false : void 0);
	}
	function answerOf(id) {
		const { stored, local } = page.view();
		const entry = [...local.q].reverse().find(({ yes, no }) => yes.includes(id) || no.includes(id));
		if (entry) return entry.yes.includes(id);
		return stored && (stored.token ? stored.purposes.find((purpose) => purpose.id === id)?.given : false);
	}
	function decide(decision, document) {
		mustAskAgain = false;
		if (decision.kind === "close") {
			isAnswered = true;
			attempt(() => sessionStorage.setItem(key, "d"));
			session.count("deferred", document);
			changed();
			return;
		}
		const { kind, given: yes, refused } = decision;
		const taken = record({
			yes,
			no: kind === "reject" ? void 0 : refused,
			banner: document,
			decision
		});
		if (!yes.length) announce(taken.length ? "withdrawn" : "saved");
	}
	async function grant(words) {
		const document = await page.banner();
		const needed = questionsOf(document).filter((one) => isNamed(one, words));
		const instead = await findOuterBanner();
		const isElsewhere = instead && !("allowed" in instead);
		if (!document || isElsewhere || !needed.length || needed.some(({ own }) => own)) return open();
		decide({
			kind: "save",
			given: needed.map(({ id }) => id),
			refused: [],
			method: "button"
		}, document);
	}
	async function withdraw(words) {
		const { stored, local } = page.view();
		const known = stored || local.q.length ? banner : await page.banner();
		const queued = local.q.flatMap(({ yes }) => yes.map((id) => ({ id })));
		const named = [
			...stored?.purposes ?? [],
			...questionsOf(known),
			...queued
		];
		mustAskAgain = false;
		if (record({
			yes: [],
			no: words && [...new Set(named.flatMap((one) => isNamed(one, words) ? one.id : []))],
			banner: known
		}).length) announce("withdrawn");
	}
	function record(input) {
		isOwnAction = true;
		const taken = session.record(input);
		isOwnAction = false;
		return taken;
	}
	function progress(progress) {
		isAnswered ||= progress === "saved";
		mustAskAgain = progress === "again";
		announce(progress);
		changed();
	}
	function announce(word) {
		ui?.then((drawn) => drawn.say(word === "again" || !banner ? "" : banner.words[word])).catch(() => {});
	}
	/** Handles a link or button of the page that opens the settings. If they cannot be loaded, a link is followed. */
	function openByPage(event) {
		const opener = event.target.closest("[data-samtycke-action=settings]:not(.samtycke *)");
		if (!opener) return;
		const { href } = opener;
		if (banner) event.preventDefault();
		open().catch((error) => {
			reportError(error);
			if (banner && href) location.assign(href);
		});
	}
	async function open() {
		const instead = await findOuterBanner();
		if (instead) return instead.open();
		await (await loadUi()).settings();
	}
	function refresh() {
		session.refresh();
		changed();
	}
	function resume() {
		refresh();
		session.flush();
	}
	for (const event of ["online", "pageshow"]) addEventListener(event, resume, until);
	document.addEventListener("visibilitychange", () => document.hidden || resume(), until);
	channel?.addEventListener("message", refresh, until);
	addEventListener("storage", (event) => (event.key ?? key) !== key || refresh(), until);
	document.addEventListener("click", openByPage, until);
	const lang = new MutationObserver(() => options.language || void setLanguage().catch(reportError));
	lang.observe(document.documentElement, { attributeFilter: ["lang"] });
	ended.addEventListener("abort", () => {
		lang.disconnect();
		channel?.close();
	});
	resume();
	if (options.control !== "none" || page.view().gpc) loadUi().then(changed, () => {});
	return {
		open,
		grant,
		withdraw,
		setLanguage
	};
}
/** Everything that is asked, one entry per answer. */
function questionsOf(document) {
	return (document?.purposes ?? []).flatMap((purpose) => answerIds(purpose).map((id) => ({
		id,
		category: purpose.category,
		own: purpose.own_statement
	})));
}
const isPartOf = (id, purpose) => id === purpose || id.startsWith(`${purpose}/`);
/**
* Whether these words name it: the id itself, its purpose or category, or a service of a purpose that is asked as a
* whole.
*/
function isNamed({ id, category }, words) {
	return words.some((word) => word === category || isPartOf(id, word) || isPartOf(word, id));
}
/** Purposes and services that are given, as far as this browser knows. */
function givenIds({ stored, local }) {
	return (stored?.purposes ?? []).filter(({ id, given }) => given && !local.q.some((entry) => entry.no.includes(id))).map(({ id }) => id);
}

export { attach };