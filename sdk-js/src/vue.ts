/**
 * `@samtycke/banner/vue`: permissions as refs. On a server everything is denied, so that the page contains nothing that
 * needs consent.
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

/**
 * Provides the instance that `start()` returned to every component: `app.use(samtyckePlugin(start(...)))`. Without it,
 * the script tag's instance is used.
 */
export function samtyckePlugin(samtycke: Samtycke): Plugin {
  return { install: (app: App) => void app.provide(KEY, samtycke) };
}

/**
 * The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
 */
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
  // Only after mounting, because hydration must start from what the server rendered.
  if (getCurrentInstance()) onMounted(begin);
  else begin();
  watchSource(() => toValue(purpose), read, { flush: 'sync' });
  onScopeDispose(() => stop(), true);
  return readonly(permitted);
}
