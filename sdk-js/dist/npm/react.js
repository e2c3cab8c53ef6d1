import { allowed, current, watch } from "./shared-adapter.js";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

// src/react.ts
/**
* `@samtycke/banner/react`: permissions as React state. On a server everything is denied, so that the page contains
* nothing that needs consent.
*/
/** Provides the instance that `start()` returned. Without a provider, the script tag's instance is used. */
const SamtyckeContext = createContext(void 0);
const denied = () => false;
/** Whether this purpose, or every purpose of this category, is permitted now. */
function useConsent(purpose) {
	const given = useContext(SamtyckeContext);
	const subscribe = useCallback((changed) => watch(changed, given), [given]);
	return useSyncExternalStore(subscribe, () => allowed(purpose, given), denied);
}
/**
* The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
*/
function useSamtycke() {
	const given = useContext(SamtyckeContext);
	const subscribe = useCallback((changed) => watch(changed, given), [given]);
	return useSyncExternalStore(subscribe, () => current(given), () => void 0);
}
/** Renders its children while the purpose is permitted, and the fallback otherwise. */
function Consent(props) {
	return useConsent(props.purpose) ? props.children : props.fallback;
}

export { Consent, SamtyckeContext, useConsent, useSamtycke };