/**
 * `@samtycke/banner/vue`: whether something may be shown or loaded, as a ref. On a server everything is denied, so that
 * nothing is in the page before somebody said yes.
 */
import {
  type App,
  getCurrentInstance,
  hasInjectionContext,
  type InjectionKey,
  inject,
  type MaybeRefOrGetter,
  onMounted,
  onScopeDispose,
  type Plugin,
  type Ref,
  readonly,
  ref,
  toValue,
  watch as watchSource,
} from 'vue';
import { allowed, current, watch } from './adapter';
import type { Samtycke } from './contract';

const KEY: InjectionKey<Samtycke> = Symbol('samtycke');

/** Hands what `start()` gave to every component: `app.use(samtyckePlugin(start(...)))`. Without it, the script tag's is used. */
export function samtyckePlugin(samtycke: Samtycke): Plugin {
  return { install: (app: App) => void app.provide(KEY, samtycke) };
}

/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
export function useSamtycke(): Samtycke | undefined {
  return current(hasInjectionContext() ? inject(KEY, undefined) : undefined);
}

/** Whether this purpose, or every purpose of this category, is permitted now. */
export function useConsent(purpose: MaybeRefOrGetter<string>): Readonly<Ref<boolean>> {
  const given = hasInjectionContext() ? inject(KEY, undefined) : undefined;
  const permitted = ref(false);
  const read = () => {
    permitted.value = allowed(toValue(purpose), given);
  };
  let stop = () => {};
  const begin = () => {
    stop = watch(read, given);
    read();
  };
  // Only when mounted: what a server rendered is what the browser has to start from.
  if (getCurrentInstance()) onMounted(begin);
  else begin();
  watchSource(() => toValue(purpose), read, { flush: 'sync' });
  onScopeDispose(() => stop(), true);
  return readonly(permitted);
}
