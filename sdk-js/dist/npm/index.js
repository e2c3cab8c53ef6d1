import { start as start$1 } from "./shared-local-record.js";

// src/index.ts
/**
* Starts the banner in this page, once per key: reads the stored choice, releases what it permits, and prompts if an
* answer is missing. `options.server` is the server's URL; the default is the page's own origin.
*
* Without a page it does nothing, and permits nothing.
*/
function start(options) {
	return typeof document === "undefined" ? nowhere : start$1(options);
}
const nowhere = {
	allowed: (purpose) => purpose === "necessary",
	state: () => ({
		choice: "none",
		pending: false,
		gpc: false,
		allowed: []
	}),
	subscribe(listener) {
		listener(nowhere.state());
		return () => {};
	},
	open: async () => {},
	setLanguage: async () => {},
	withdraw: async () => {},
	ready: Promise.resolve(),
	stop() {}
};

export { start };