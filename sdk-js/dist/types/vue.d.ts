/**
 * `@samtycke/banner/vue`: permissions as refs. On a server everything is denied, so that the page contains nothing that
 * needs consent.
 */
import { type MaybeRefOrGetter, type Plugin, type Ref } from 'vue';
import type { Samtycke } from './contract.js';
/**
 * Provides the instance that `start()` returned to every component: `app.use(samtyckePlugin(start(...)))`. Without it,
 * the script tag's instance is used.
 */
export declare function samtyckePlugin(samtycke: Samtycke): Plugin;
/**
 * The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
 */
export declare function useSamtycke(): Samtycke | undefined;
/** Whether this purpose, or every purpose of this category, is permitted now. */
export declare function useConsent(purpose: MaybeRefOrGetter<string>): Readonly<Ref<boolean>>;
