// src/adapter.ts
/** The given instance, or else the script tag's. On a server there is none, and nothing is permitted. */
function current(given) {
	return given ?? (typeof window === "undefined" ? void 0 : window.samtycke);
}
/** Whether a purpose or category is permitted now; `false` while it is unknown. */
function allowed(purpose, given) {
	return current(given)?.allowed(purpose) ?? false;
}
/**
* Calls back when permissions may have changed, also if the script tag's module runs after the application. Returns a
* function that unsubscribes.
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