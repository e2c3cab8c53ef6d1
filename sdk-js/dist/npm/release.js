// src/gate/types.ts
/**
* The real type and address of a held script. Other tools hold scripts back too, such as speed plugins that wait for
* the mouse. They keep the original values in attributes of their own.
*/
/** Types that plugins write in place of the real one. */
const HELD_TYPE = /^(text\/(plain|rocketscript|phast)|rocketlazyloadscript|litespeed\/javascript|pmdelayedscript|javascript\/blocked|nitropack\/inlinescript)$/;
/** Cloudflare's Rocket Loader writes a number before the type, as in `5f0…-text/javascript`. */
const NUMBERED_TYPE = /^[\da-f]{8,}-(?=$|module$|(text|application)\/)/;
/**
* Attributes with the real type: WP Rocket, Perfmatters, WP Meteor, Phast; klaro and vanilla-cookieconsent use
* `data-type`.
*/
const TYPES = [
	"data-rocket-type",
	"data-perfmatters-type",
	"data-wpmeteor-type",
	"data-phast-original-type",
	"data-type"
];
/**
* Attributes with the real address: of the same tools, old Rocket Loader, and LiteSpeed, Flying Scripts and klaro
* (`data-src`).
*/
const SOURCES = [
	"data-samtycke-src",
	"data-rocket-src",
	"data-rocketsrc",
	"data-pmdelayedscript",
	"data-wpmeteor-src",
	"data-phast-original-src",
	"data-src"
];
/** Types that browsers run. */
const RUNNABLE = /^$|^(module|importmap|speculationrules)$|^(text|application)\/(x-)?(java|ecma|j|live)script(1\.\d)?$/i;
/** Types that look like those of a program or a delayed program, and are not known here. */
const SCRIPT_LIKE = /script|delay|lazy|defer|blocked/i;
const warned = /* @__PURE__ */ new WeakSet();
/** The type under which a browser runs the script. */
function realType(script) {
	const type = script.type.trim().replace(NUMBERED_TYPE, "");
	if (!HELD_TYPE.test(type)) return type;
	const kept = firstAttribute(script, TYPES) ?? "";
	return kept === "lazy" ? "" : kept;
}
/** The script's address; null for an inline script. */
function source(script) {
	const held = HELD_TYPE.test(script.type.trim()) || script.dataset.type === "lazy";
	return script.getAttribute("src") ?? (held && firstAttribute(script, SOURCES) || null);
}
/**
* Whether a browser would run the script. Data is ignored; an unknown type of program is reported once. `gated`: the
* script itself is gated, so it can only be a program.
*/
function isRunnable(script, gated = false) {
	const type = realType(script);
	if (!gated && script.type === "text/plain") return false;
	if (RUNNABLE.test(type)) return true;
	if ((gated || SCRIPT_LIKE.test(type)) && !warned.has(script)) {
		warned.add(script);
		console.warn(`samtycke: a script stays off, because its type "${type}" is not known.`, script);
	}
	return false;
}
function firstAttribute(script, names) {
	return names.map((name) => script.getAttribute(name)).find((value) => value !== null) ?? null;
}

// src/gate/write.ts
/**
* `document.write` of released scripts. After a page has been parsed it would erase the page, so the text is captured
* and inserted after the script. Only calls of these scripts are captured, only while they run, and only on this
* document: no prototype is patched.
*/
/** Running scripts, and what each has written. */
const captured = /* @__PURE__ */ new Map();
const restore = [];
const METHODS = {
	write: (script, parts) => void captured.set(script, captured.get(script) + parts.join("")),
	writeln: (script, parts) => void captured.set(script, `${captured.get(script)}${parts.join("")}\n`),
	open: () => document,
	close: () => {}
};
/** Call it before the script runs. Returns a function that stops capturing and returns the text. */
function captureWrites(script) {
	if (!captured.size) for (const [name, act] of Object.entries(METHODS)) patch(name, act);
	captured.set(script, "");
	return () => {
		const text = captured.get(script) ?? "";
		captured.delete(script);
		if (!captured.size) for (const back of restore.splice(0)) back();
		return text;
	};
}
function patch(name, act) {
	const owner = document;
	const old = Object.getOwnPropertyDescriptor(owner, name);
	const method = owner[name];
	if (!method || old && !old.configurable) return;
	const ours = (...parts) => {
		const script = document.currentScript;
		return script && captured.has(script) ? act(script, parts) : method.apply(document, parts);
	};
	Object.defineProperty(owner, name, {
		value: ours,
		configurable: true,
		writable: true
	});
	restore.push(() => {
		if (owner[name] !== ours) return;
		if (old) Object.defineProperty(owner, name, old);
		else delete owner[name];
	});
}
/**
* The text as nodes. If Trusted Types are enforced, the page needs a default policy: one of ours would make any text
* trusted.
*/
function parse(text, script) {
	try {
		const template = document.createElement("template");
		template.innerHTML = text;
		return template.content;
	} catch {
		console.warn("samtycke: what a script wrote is left out, because Trusted Types refuse it.", script);
		return;
	}
}

// src/gate/scripts.ts
/**
* Runs scripts that were held back, in order.
*
* The element that the parser made is inserted again instead of rebuilt: the browser still treats its text and address
* as the parser's, and Trusted Types need no policy. A script that `innerHTML` made never runs, however often it is
* inserted, so rebuild.ts makes a new one.
*/
/**
* Runs scripts, and resolves when all ordered scripts have run. External scripts are fetched in parallel; an inline
* script waits for those before it, as in a parsed page.
*/
async function run(jobs) {
	const unstarted = await Promise.all(jobs.map((job) => isUnstarted(job.script)));
	let before = [];
	for (const [index, job] of jobs.entries()) {
		const address = source(job.script);
		const script = unstarted[index] && address === job.script.getAttribute("src") ? job.script : await import("./rebuild.js").then(({ rebuild }) => rebuild(job.script, address), nothing);
		if (!script) continue;
		const type = realType(job.script);
		const inline = !script.hasAttribute("src");
		if (inline && type !== "module") {
			await Promise.all(before);
			before = [];
		}
		if (!job.isStillAllowed()) continue;
		const ordered = !script.hasAttribute("async");
		if (ordered) script.async = false;
		if (type) script.type = type;
		else script.removeAttribute("type");
		const takeWritten = ordered && type !== "module" ? captureWrites(script) : () => "";
		job.place(script);
		const ended = inline || !script.isConnected ? void 0 : whenLoaded(script);
		const finish = async () => {
			await ended;
			const text = takeWritten();
			const fragment = text && parse(text, script);
			if (fragment) await run(job.written(fragment, script));
		};
		if (inline) await finish();
		else if (ordered) before.push(finish());
	}
	await Promise.all(before);
}
function whenLoaded(script) {
	return new Promise((done) => {
		for (const event of ["load", "error"]) script.addEventListener(event, done);
	});
}
function nothing() {}
/**
* Whether the browser would run this element. A copy without content keeps the browser's "already started" flag. With
* an empty address it fires `error` if the flag is not set, and requests nothing. The copy is in a closed shadow tree,
* so that no error listener of the page hears it.
*/
function isUnstarted(script) {
	return new Promise((answer) => {
		const host = document.createElement("samtycke-probe");
		const probe = script.cloneNode();
		const end = (unstarted) => {
			host.remove();
			answer(unstarted);
		};
		probe.removeAttribute("type");
		probe.removeAttribute("src");
		probe.toggleAttribute("src");
		probe.onerror = () => end(true);
		setTimeout(end, 100, false);
		host.attachShadow({ mode: "closed" }).append(probe);
		document.head.append(host);
	});
}

// src/gate/release.ts
/** Scripts that have run, or whose copy has run. They never run twice, whatever the page does with them. */
const hasRun = /* @__PURE__ */ new WeakSet();
/** Releases these elements in order, and stores how to revoke each. `ran` collects the purposes whose scripts ran. */
function release(due, ran, port) {
	const jobs = [];
	for (const entry of due) {
		if (!entry.on || entry.undo) continue;
		const { element, words } = entry;
		const own = [];
		const toJobs = (scripts) => scripts.filter((script) => mayRun(script.element, port.nonce)).map((script) => job(script, words, ran, toJobs));
		let undo = () => {};
		try {
			if (isScript(element)) own.push(...toJobs(isRunnable(element, true) ? [standaloneScript(element, entry)] : []));
			else undo = insertContent(element, (scripts) => own.push(...toJobs(scripts)));
		} catch (error) {
			console.warn("samtycke:", element, error);
		}
		jobs.push(...own);
		entry.undo = () => {
			entry.undo = void 0;
			undo();
		};
	}
	if (jobs.length) run(jobs);
}
function isScript(element) {
	return element.localName === "script";
}
/**
* Under `strict-dynamic` everything that trusted code inserts may run. A gated script without the page's nonce may have
* been injected, and inserting it would bypass the policy.
*/
function mayRun(script, nonce) {
	const may = !nonce || script.nonce === nonce;
	if (!may) console.warn("samtycke: a script stays blocked, because it does not have the nonce of the page.", script);
	return may;
}
function job({ element: script, isStillAllowed, place, write }, words, ran, toJobs) {
	return {
		script,
		isStillAllowed,
		place(ready) {
			place(ready);
			if (!ready.isConnected) return;
			hasRun.add(script).add(ready);
			for (const word of words) ran.add(word);
		},
		written(fragment, behind) {
			const nested = [];
			const nodes = extractScripts(fragment, (scripts) => nested.push(...scripts));
			if (behind.isConnected) write(nodes, behind);
			return toJobs(nested);
		}
	};
}
/** A gated script outside a template. */
function standaloneScript(element, entry) {
	return {
		element,
		isStillAllowed: () => entry.on && !hasRun.has(element),
		place: (ready) => element.after(ready),
		write: (nodes, behind) => behind.after(...nodes)
	};
}
/**
* Takes the scripts out of a fragment until their turn, because a browser would run inline scripts before external
* ones. Returns the fragment's nodes; the list follows later insertions.
*/
function extractScripts(fragment, collect) {
	const marks = /* @__PURE__ */ new Map();
	for (const script of fragment.querySelectorAll("script")) {
		if (hasRun.has(script) || !isRunnable(script)) continue;
		const mark = document.createComment("");
		script.replaceWith(mark);
		marks.set(mark, script);
	}
	const nodes = [...fragment.childNodes];
	collect([...marks].map(([mark, element]) => ({
		element,
		isStillAllowed: () => true,
		place(ready) {
			const at = nodes.indexOf(mark);
			if (at >= 0) nodes[at] = ready;
			mark.replaceWith(ready);
		},
		write(written, behind) {
			const at = nodes.indexOf(behind);
			if (at >= 0) nodes.splice(at + 1, 0, ...written);
			behind.after(...written);
		}
	})));
	return nodes;
}
/**
* Moves a template's content after the template. It moves the nodes themselves: Trusted Types would refuse copies of
* scripts as created by code. Back in the template they are inert again, even a script that is still loading.
*/
function insertContent(template, collect) {
	const { content } = template;
	const nodes = extractScripts(content, collect);
	template.after(content);
	return () => content.append(...nodes.filter((node) => node.parentNode));
}

export { release };