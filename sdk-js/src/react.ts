/**
 * `@samtycke/banner/react`: whether something may be shown or loaded, as React state. On a server everything is denied, so
 * that nothing is in the page before somebody said yes.
 */
import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import { allowed, current, watch } from './adapter';
import type { Samtycke } from './contract';

/** Where an application hands down what `start()` gave it. Without it, the script tag's is used. */
export const SamtyckeContext = createContext<Samtycke | undefined>(undefined);

const denied = () => false;

/** Whether this purpose, or every purpose of this category, is permitted now. */
export function useConsent(purpose: string): boolean {
  const given = useContext(SamtyckeContext);
  const subscribe = useCallback((changed: () => void) => watch(changed, given), [given]);
  return useSyncExternalStore(subscribe, () => allowed(purpose, given), denied);
}

/** To open the settings or to withdraw; undefined on a server, and until the script tag's module has run. */
export function useSamtycke(): Samtycke | undefined {
  const given = useContext(SamtyckeContext);
  const subscribe = useCallback((changed: () => void) => watch(changed, given), [given]);
  return useSyncExternalStore(
    subscribe,
    () => current(given),
    () => undefined,
  );
}

/** Shows its children while the purpose is permitted, and takes them away again; else the fallback. */
export function Consent(props: { purpose: string; fallback?: ReactNode; children?: ReactNode }): ReactNode {
  return useConsent(props.purpose) ? props.children : props.fallback;
}
