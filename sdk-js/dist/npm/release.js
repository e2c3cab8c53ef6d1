// src/gate/scripts.ts
/** Runs them. External scripts are fetched side by side; an inline one waits for those before it, as in a parsed page. */
async function run(jobs) {
	const unstarted = await Promise.all(jobs.map((job) => isUnstarted(job.script)));
	let before = [];
	for (const [index, job] of jobs.entries()) {
		const script = unstarted[index] && source(job.script) === job.script.getAttribute("src") ? job.script : await import("./rebuild.js").then(({ rebuild }) => rebuild(job.script), nothing);
		if (!script) continue;
		const type = script.type === "text/plain" ? script.dataset.type ?? "" : script.type;
		if (!script.hasAttribute("src") && type !== "module") {
			await Promise.all(before);
			before = [];
		} else if (!script.hasAttribute("async")) before.push(new Promise((done) => ["load", "error"].map((event) => script.addEventListener(event, done))));
		if (!job.still()) continue;
		if (!script.hasAttribute("async")) script.async = false;
		if (type) script.type = type;
		else script.removeAttribute("type");
		job.place(script);
	}
}
/** Where a script comes from: klaro's markup has the address of a held script in `data-src`. */
function source(script) {
	return script.getAttribute("src") ?? (script.type === "text/plain" && script.dataset.src || null);
}
function nothing() {}
/**
* Whether the browser would run this element. A copy without content keeps the browser's mark for "already started";
* with an empty address it fires `error` if the mark is not set, and asks nothing of the network. In a closed shadow
* tree, so that nobody who listens for errors in the page hears it.
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
/** Scripts that have run, or whose copy has: never twice, whatever the page does with them. */
const done = /* @__PURE__ */ new WeakSet();
/** Lets them through in the order given, and tells each how to go back. `ran` collects whose scripts ran. */
function release(due, ran, port) {
	const jobs = [];
	for (const entry of due) {
		if (!entry.on || entry.undo) continue;
		const { element } = entry;
		const add = (script, still, insert) => {
			if (mayRun(script, port.nonce)) jobs.push({
				script,
				still,
				place: placing(script, insert, entry, ran)
			});
		};
		let undo = () => {};
		if (isScript(element)) add(element, () => entry.on && !done.has(element), (ready) => element.after(ready));
		else if (isTemplate(element)) undo = adopt(element, add);
		else undo = setAddresses(element);
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
function isTemplate(element) {
	return element.localName === "template";
}
/**
* Under `strict-dynamic`, whatever trusted code inserts may run. A gated script without the page's nonce may have been
* injected, and inserting it would lift the policy.
*/
function mayRun(script, nonce) {
	const may = !nonce || script.nonce === nonce;
	if (!may) console.warn("samtycke: a script stays blocked, as it does not have the nonce of the page.", script);
	return may;
}
function placing(script, insert, { words }, ran) {
	return (ready) => {
		insert(ready);
		if (!ready.isConnected) return;
		done.add(script).add(ready);
		for (const word of words) ran.add(word);
	};
}
/**
* Moves a template's content, itself and not a copy, behind the template: a copy of a script counts as code that somebody
* made up, and Trusted Types would refuse it. Back again it is as inert as before, even a script still under way.
*/
function adopt(template, add) {
	const { content } = template;
	const marks = /* @__PURE__ */ new Map();
	for (const script of content.querySelectorAll("script")) {
		if (done.has(script) || !/^$|^module$|script$|importmap/.test(script.type)) continue;
		const mark = document.createComment("");
		script.replaceWith(mark);
		marks.set(mark, script);
	}
	const nodes = [...content.childNodes];
	for (const [mark, script] of marks) add(script, () => true, (ready) => {
		const at = nodes.indexOf(mark);
		if (at >= 0) nodes[at] = ready;
		mark.replaceWith(ready);
	});
	template.after(content);
	return () => content.append(...nodes.filter((node) => node.parentNode));
}
/** Sets the real addresses. Answers how to put back what was there. */
function setAddresses(element) {
	const before = [];
	for (const name of [
		"srcset",
		"src",
		"href",
		"poster"
	]) {
		const value = element.dataset[name];
		if (value === void 0 || !isWeb(value)) continue;
		before.push([name, element.getAttribute(name)]);
		element.setAttribute(name, value);
	}
	const load = () => element.closest("video,audio")?.load();
	load();
	return () => {
		for (const [name, value] of before) if (value === null) element.removeAttribute(name);
		else element.setAttribute(name, value);
		if (element.parentNode) element.after(element);
		load();
	};
}
/** Sanitisers let `data-` attributes through: no address that runs code may come out of one. */
function isWeb(address) {
	return URL.canParse(address, document.baseURI) && /^https?:$/.test(new URL(address, document.baseURI).protocol);
}

export { release, source };