import { allowed, current, watch as watch$1 } from "./shared-adapter.js";
import { getCurrentInstance, hasInjectionContext, inject, onMounted, onScopeDispose, readonly, ref, toValue, watch } from "vue";

// src/vue.ts
/**
* `@samtycke/banner/vue`: permissions as refs. On a server everything is denied, so that the page contains nothing that
* needs consent.
*/
const KEY = Symbol("samtycke");
/**
* Provides the instance that `start()` returned to every component: `app.use(samtyckePlugin(start(...)))`. Without it,
* the script tag's instance is used.
*/
function samtyckePlugin(samtycke) {
	return { install: (app) => void app.provide(KEY, samtycke) };
}
/**
* The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
*/
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