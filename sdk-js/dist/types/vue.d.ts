/**
 * `@samtycke/banner/vue`: whether something may be shown or loaded, as a ref. On a server everything is denied, so that
 * nothing is in the page before somebody said yes.
 */
import { type MaybeRefOrGetter, type Plugin, type Ref } from 'vue';
import type { Samtycke } from './contract.js';
/** Hands what `start()` gave to every component: `app.use(samtyckePlugin(start(...)))`. Without it, the script tag's is used. */
export declare function samtyckePlugin(samtycke: Samtycke): Plugin;
/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
export declare function useSamtycke(): Samtycke | undefined;
/** Whether this purpose, or every purpose of this category, is permitted now. */
export declare function useConsent(purpose: MaybeRefOrGetter<string>): Readonly<Ref<boolean>>;
