/**
 * `@samtycke/banner/react`: whether something may be shown or loaded, as React state. On a server everything is denied, so
 * that nothing is in the page before somebody said yes.
 */
import { type ReactNode } from 'react';
import type { Samtycke } from './contract.js';
/** Where an application hands down what `start()` gave it. Without it, the script tag's is used. */
export declare const SamtyckeContext: import("react").Context<Samtycke | undefined>;
/** Whether this purpose, or every purpose of this category, is permitted now. */
export declare function useConsent(purpose: string): boolean;
/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
export declare function useSamtycke(): Samtycke | undefined;
/** Shows its children while the purpose is permitted, and takes them away again; else the fallback. */
export declare function Consent(props: {
    purpose: string;
    fallback?: ReactNode;
    children?: ReactNode;
}): ReactNode;
