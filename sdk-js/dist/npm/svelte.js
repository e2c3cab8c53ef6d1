import { allowed, current, watch } from "./shared-adapter.js";

// src/svelte.ts
/**
* `@samtycke/banner/svelte`: permissions as stores, for Svelte 4 and 5. On a server everything is denied, so that the
* page contains nothing that needs consent.
*/
/**
* `$analytics` is whether this purpose, or every purpose of this category, is permitted now: `const analytics =
* consent('statistics')`. Without the second argument, the script tag's instance is used.
*/
function consent(purpose, samtycke) {
	return { subscribe(run) {
		let last = allowed(purpose, samtycke);
		run(last);
		return watch(() => {
			const now = allowed(purpose, samtycke);
			if (now === last) return;
			last = now;
			run(now);
		}, samtycke);
	} };
}
/** An action that opens the settings: `<button use:settings>`. */
function settings(node, samtycke) {
	const open = (event) => {
		const found = current(samtycke);
		if (!found) return;
		event.preventDefault();
		found.open();
	};
	node.addEventListener("click", open);
	return { destroy: () => node.removeEventListener("click", open) };
}

export { consent, settings };