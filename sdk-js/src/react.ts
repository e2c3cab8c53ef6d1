/**
 * `@samtycke/banner/react`: permissions as React state. On a server everything is denied, so that the page contains
 * nothing that needs consent.
 */
import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import { allowed, current, watch } from './adapter';
import type { Samtycke } from './contract';

/** Provides the instance that `start()` returned. Without a provider, the script tag's instance is used. */
export const SamtyckeContext = createContext<Samtycke | undefined>(undefined);

const denied = () => false;

/** Whether this purpose, or every purpose of this category, is permitted now. */
export function useConsent(purpose: string): boolean {
  const given = useContext(SamtyckeContext);
  const subscribe = useCallback((changed: () => void) => watch(changed, given), [given]);
  return useSyncExternalStore(subscribe, () => allowed(purpose, given), denied);
}

/**
 * The instance, to open the settings or to withdraw. Undefined on a server, and until the script tag's module has run.
 */
export function useSamtycke(): Samtycke | undefined {
  const given = useContext(SamtyckeContext);
  const subscribe = useCallback((changed: () => void) => watch(changed, given), [given]);
  return useSyncExternalStore(
    subscribe,
    () => current(given),
    () => undefined,
  );
}

/** Renders its children while the purpose is permitted, and the fallback otherwise. */
export function Consent(props: { purpose: string; fallback?: ReactNode; children?: ReactNode }): ReactNode {
  return useConsent(props.purpose) ? props.children : props.fallback;
}
