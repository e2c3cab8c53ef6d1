// src/gate/rebuild.ts
let policy;
/**
* A new script with the same attributes, and the same text or this address. Undefined, with a warning, if the page's
* Content-Security-Policy enforces Trusted Types and does not name the policy `samtycke`.
*/
function rebuild(old, address) {
	try {
		policy ??= makePolicy();
		const script = document.createElement("script");
		for (const { name, value } of old.attributes) if (name !== "src") script.setAttribute(name, value);
		script.nonce = old.nonce;
		if (address === null) script.text = policy.createScript(old.text);
		else script.src = policy.createScriptURL(address);
		return script;
	} catch (error) {
		console.warn("samtycke: a script stays blocked. Put it into a <template>, or add \"trusted-types samtycke\".", old, error);
		return;
	}
}
/** The text comes from the page itself, never from the network, so passing it on opens no new way in. */
function makePolicy() {
	const same = (value) => value;
	const rules = {
		createScript: same,
		createScriptURL: same
	};
	const { trustedTypes } = globalThis;
	return trustedTypes ? trustedTypes.createPolicy("samtycke", rules) : rules;
}

export { rebuild };