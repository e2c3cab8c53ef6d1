import { ANSWER_MS_MAX } from "./shared-local-record.js";

// src/record/explain.ts
/** Says in the console why there is no banner. Loaded if the document cannot be fetched. */
/**
* If the server can be reached, it has nothing for this page, and the browser's own message does not help. Offline,
* this says nothing.
*/
async function explain({ server, options }) {
	const address = `${server}sdk/integrity.json`;
	if ((await fetch(address, {
		cache: "no-store",
		signal: AbortSignal.timeout?.(1e4)
	}).catch(() => void 0))?.ok) console.error(`samtycke: ${server} has nothing for this page. Is the key ${options.key} right, is a notice published, and is ${location.origin} an origin of the key's site (see samtycke site set)?`);
}

export { explain };