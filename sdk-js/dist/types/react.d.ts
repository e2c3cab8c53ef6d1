/**
 * `@samtycke/banner/react`: permissions as React state. On a server everything is denied, so that the page contains
 * nothing that needs consent.
 */
import { type ReactNode } from 'react';
import type { Samtycke } from './contract.js';
/** Provides the instance that `start()` returned. Without a provider, the script tag's instance is used. */
export declare const SamtyckeContext: import("react").Context<Samtycke | undefined>;
/** Whether this purpose, or every purpose of this category, is permitted now. */
export declare function useConsent(purpose: string): boolean;
/**
 * The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
 */
export declare function useSamtycke(): Samtycke | undefined;
/** Renders its children while the purpose is permitted, and the fallback otherwise. */
export declare function Consent(props: {
    purpose: string;
    fallback?: ReactNode;
    children?: ReactNode;
}): ReactNode;
