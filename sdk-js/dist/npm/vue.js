import { allowed, current, watch as watch$1 } from "./shared-adapter.js";
import { getCurrentInstance, hasInjectionContext, inject, onMounted, onScopeDispose, readonly, ref, toValue, watch } from "vue";

// src/vue.ts
/**
* `@samtycke/banner/vue`: whether something may be shown or loaded, as a ref. On a server everything is denied, so that
* nothing is in the page before somebody said yes.
*/
const KEY = Symbol("samtycke");
/** Hands what `start()` gave to every component: `app.use(samtyckePlugin(start(...)))`. Without it, the script tag's is used. */
function samtyckePlugin(samtycke) {
	return { install: (app) => void app.provide(KEY, samtycke) };
}
/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
function useSamtycke() {
	return current(hasInjectionContext() ? inject(KEY, void 0) : void 0);
}
/** Whether this purpose, or every purpose of this category, is permitted now. */
function useConsent(purpose) {
	const given = hasInjectionContext() ? inject(KEY, void 0) : void 0;
	const permitted = ref(false);
	const read = () => {
		permitted.value = allowed(toValue(purpose), given);
	};
	let stop = () => {};
	const begin = () => {
		stop = watch$1(read, given);
		read();
	};
	if (getCurrentInstance()) onMounted(begin);
	else begin();
	watch(() => toValue(purpose), read, { flush: "sync" });
	onScopeDispose(() => stop(), true);
	return readonly(permitted);
}

export { samtyckePlugin, useConsent, useSamtycke };