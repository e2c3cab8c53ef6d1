// src/adapter.ts
/** The one that is given, or else the script tag's. On a server there is none, and nothing is permitted. */
function current(given) {
	return given ?? (typeof window === "undefined" ? void 0 : window.samtycke);
}
/** Whether a purpose, or a category, is permitted now; `false` as long as nobody knows. */
function allowed(purpose, given) {
	return current(given)?.allowed(purpose) ?? false;
}
/**
* Calls back whenever permissions may have changed, also where the script tag's module runs after the application did.
* Returns how to stop.
*/
function watch(changed, given) {
	const found = current(given);
	if (found) return found.subscribe(changed);
	if (typeof window === "undefined") return () => {};
	let stop = () => {};
	const end = new AbortController();
	const attempt = () => {
		const late = current();
		if (!late || end.signal.aborted) return;
		end.abort();
		stop = late.subscribe(changed);
	};
	const soon = () => queueMicrotask(attempt);
	document.addEventListener("samtycke:ready", soon, { signal: end.signal });
	window.addEventListener("load", soon, { signal: end.signal });
	return () => {
		end.abort();
		stop();
	};
}

export { allowed, current, watch };