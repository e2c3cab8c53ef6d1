/** Clears what a withdrawn purpose has left on the terminal. Loaded at a withdrawal only. */
import type { BannerPurpose } from '../contract.js';

/** One declared use of the terminal. */
export type TerminalUse = BannerPurpose['terminal'][number];

/** Where it is cleared. The page's own unless said otherwise. */
export interface ClearPort {
  location: { hostname: string; pathname: string; protocol: string };
  /** `document.cookie`. */
  cookies: { cookie: string };
  stores: Pick<Storage, 'length' | 'key' | 'removeItem'>[];
  /** Firefox has no list before version 126. */
  databases?: { list?: () => Promise<(string | undefined)[]>; remove(name: string): Promise<boolean> };
  caches?: { keys(): Promise<string[]>; delete(name: string): Promise<boolean> };
  workers?: { list(): Promise<Worker[]> };
}

/** A service worker of the page's origin. */
export interface Worker {
  /** Addresses of its scope and of its scripts. */
  addresses: string[];
  /** Ends its push subscription, then unregisters it. */
  remove(): Promise<boolean>;
}

/** What is left, and why: for the log and for whoever debugs a site. */
export interface ClearReport {
  cleared: string[];
  /**
   * `third_party`: another site's, out of reach. `not_seen`: not there, or hidden from scripts (HttpOnly) and so for the
   * server to expire. `still_there`: set on another path or in use. `not_storage`: nothing is kept that one could clear.
   */
  left: { name: string; why: 'third_party' | 'not_seen' | 'still_there' | 'not_storage' }[];
}

/** Our own state is never a purpose's, whatever a pattern says. */
const OWN = /^samtycke-/;

/**
 * Clears every declared entry as far as a script can. Never throws: a store that is blocked has nothing in it. Needs nothing
 * but the entries, and may be called on every page: what is gone already is only reported as not seen.
 */
export async function clearTerminal(
  entries: readonly TerminalUse[],
  port: ClearPort = pagePort(),
): Promise<ClearReport> {
  const report: ClearReport = { cleared: [], left: [] };
  for (const { name, kind, third_party } of entries) {
    if (third_party) report.left.push({ name, why: 'third_party' });
    else if (kind === 'pixel' || kind === 'fingerprint') report.left.push({ name, why: 'not_storage' });
    else {
      const results = await clearKind(kind, name, port).catch((): Result[] => []);
      for (const [found, gone] of results) {
        if (gone) report.cleared.push(found);
        else report.left.push({ name: found, why: 'still_there' });
      }
      if (!results.length) report.left.push({ name, why: 'not_seen' });
    }
  }
  return report;
}

type Result = [name: string, gone: boolean];

async function clearKind(kind: TerminalUse['kind'], name: string, port: ClearPort): Promise<Result[]> {
  if (kind === 'cookie') return clearCookies(name, port);
  return kind === 'worker' ? clearWorkers(name, port) : clearStores(name, kind === 'sdk', port);
}

/** `_ga_*` names all that begin so. Without the star it is the whole name. */
export function nameMatches(pattern: string, name: string): boolean {
  if (OWN.test(name)) return false;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function clearCookies(pattern: string, port: ClearPort): Result[] {
  const found = cookieNames(port).filter((name) => nameMatches(pattern, name));
  for (const name of found) {
    for (const attributes of cookieVariants(port.location)) port.cookies.cookie = `${name}=; Max-Age=0${attributes}`;
  }
  const left = cookieNames(port);
  return found.map((name) => [name, !left.includes(name)]);
}

function cookieNames({ cookies }: ClearPort): string[] {
  const names = cookies.cookie.split('; ').map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))));
  return [...new Set(names.filter((name) => name))];
}

/**
 * Every domain, path and partition that a cookie seen here can have been set with: a browser says its name only, and
 * removes it only for the very same three. Public suffixes are among the domains; browsers refuse those themselves.
 */
export function cookieVariants({ hostname, pathname, protocol }: ClearPort['location']): string[] {
  const labels = hostname.split('.');
  const numeric = /^[\d.]+$|:/.test(hostname);
  const domains = numeric ? [] : labels.map((_, index) => `; Domain=${labels.slice(index).join('.')}`);
  const parts = pathname.split('/').slice(1);
  const paths = ['/'];
  parts.forEach((_, index) => {
    const path = `/${parts.slice(0, index + 1).join('/')}`;
    paths.push(path, `${path}/`);
  });
  const secure = protocol === 'https:' ? '; Secure' : '';
  const partitions = secure ? [secure, `${secure}; Partitioned`] : [''];
  return ['', ...domains].flatMap((domain) =>
    [...new Set(paths)].flatMap((path) => partitions.map((partition) => `${domain}; Path=${path}${partition}`)),
  );
}

/** Keys of local and session storage, databases and caches by name; for an SDK its cookies too. */
async function clearStores(pattern: string, cookiesToo: boolean, port: ClearPort): Promise<Result[]> {
  const results: Result[] = cookiesToo ? clearCookies(pattern, port) : [];
  for (const store of port.stores) {
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
    for (const key of keys.filter((key) => nameMatches(pattern, key))) {
      store.removeItem(key);
      results.push([key, true]);
    }
  }
  // Unseen, and so not in the report.
  if (port.databases && !port.databases.list && !pattern.endsWith('*') && nameMatches(pattern, pattern))
    await port.databases.remove(pattern);
  for (const name of (await port.databases?.list?.().catch(() => [])) ?? []) {
    if (name && nameMatches(pattern, name)) results.push([name, (await port.databases?.remove(name)) ?? false]);
  }
  for (const name of (await port.caches?.keys().catch(() => [])) ?? []) {
    if (nameMatches(pattern, name)) results.push([name, (await port.caches?.delete(name).catch(() => false)) ?? false]);
  }
  return results;
}

/** Service workers by scope or script: a whole address, or a path of this origin as registers have it. */
async function clearWorkers(pattern: string, port: ClearPort): Promise<Result[]> {
  const results: Result[] = [];
  for (const { addresses, remove } of (await port.workers?.list().catch(() => [])) ?? []) {
    const found = addresses
      .flatMap((address) => [address, address.replace(/^\w+:\/\/[^/]*/, '')])
      .find((address) => nameMatches(pattern, address));
    if (found !== undefined) results.push([found, await remove().catch(() => false)]);
  }
  return results;
}

/** The page's own stores. Reading one throws where the browser blocks it. */
function pagePort(): ClearPort {
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const stores = [attempt(() => localStorage), attempt(() => sessionStorage)].filter((store) => store !== undefined);
  const cookies = attempt(() => document.cookie) === undefined ? { cookie: '' } : document;
  const port: ClearPort = { location, cookies, stores };
  const database = attempt(() => indexedDB);
  if (database) {
    port.databases = { remove: (name) => removeDatabase(database, name) };
    if (database.databases) port.databases.list = async () => (await database.databases()).map(({ name }) => name);
  }
  const cacheStore = attempt(() => ('caches' in globalThis ? caches : undefined));
  if (cacheStore) port.caches = cacheStore;
  const container = attempt(() => navigator.serviceWorker);
  if (container) port.workers = { list: async () => (await container.getRegistrations()).map(toWorker) };
  return port;
}

/** The browser keeps a subscription of an unregistered worker alive at the push service, so that goes first. */
function toWorker(registration: ServiceWorkerRegistration): Worker {
  const { scope, active, waiting, installing } = registration;
  return {
    addresses: [scope, ...[active, waiting, installing].flatMap((worker) => (worker ? [worker.scriptURL] : []))],
    async remove() {
      const subscription = await registration.pushManager?.getSubscription().catch(() => null);
      const ended = await subscription?.unsubscribe().catch(() => false);
      return (await registration.unregister()) && ended !== false;
    },
  };
}

/** An open connection blocks it; it then happens when that closes, at the latest with the reload. */
function removeDatabase(database: IDBFactory, name: string): Promise<boolean> {
  return new Promise((answer) => {
    const request = database.deleteDatabase(name);
    request.onsuccess = () => answer(true);
    request.onerror = () => answer(false);
    request.onblocked = () => answer(false);
  });
}
