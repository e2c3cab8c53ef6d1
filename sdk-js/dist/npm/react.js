import { allowed, current, watch } from "./shared-adapter.js";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

// src/react.ts
/**
* `@samtycke/banner/react`: whether something may be shown or loaded, as React state. On a server everything is denied, so
* that nothing is in the page before somebody said yes.
*/
/** Where an application hands down what `start()` gave it. Without it, the script tag's is used. */
const SamtyckeContext = createContext(void 0);
const denied = () => false;
/** Whether this purpose, or every purpose of this category, is permitted now. */
function useConsent(purpose) {
	const given = useContext(SamtyckeContext);
	const subscribe = useCallback((changed) => watch(changed, given), [given]);
	return useSyncExternalStore(subscribe, () => allowed(purpose, given), denied);
}
/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
function useSamtycke() {
	const given = useContext(SamtyckeContext);
	const subscribe = useCallback((changed) => watch(changed, given), [given]);
	return useSyncExternalStore(subscribe, () => current(given), () => void 0);
}
/** Shows its children while the purpose is permitted, and takes them away again; else the fallback. */
function Consent(props) {
	return useConsent(props.purpose) ? props.children : props.fallback;
}

export { Consent, SamtyckeContext, useConsent, useSamtycke };