/** Clears what a withdrawn purpose stored on the device. Loaded at a withdrawal only. */
import type { BannerPurpose } from '../contract.js';

/** One declared use of the terminal. */
export type TerminalUse = BannerPurpose['terminal'][number];

/** The stores to clear. Default: the page's own. */
export interface ClearPort {
  location: { hostname: string; pathname: string; protocol: string };
  /** `document.cookie`. */
  cookies: { cookie: string };
  stores: Pick<Storage, 'length' | 'key' | 'removeItem'>[];
  /** Firefox cannot list databases before version 126. */
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

/** What is left, and why: for the console. */
export interface ClearReport {
  cleared: string[];
  /**
   * `third_party`: belongs to another site. `not_seen`: absent, or hidden from scripts (HttpOnly), so only the server
   * can expire it. `still_there`: set on another path, or in use. `not_storage`: nothing is stored that could be
   * cleared.
   */
  left: { name: string; why: 'third_party' | 'not_seen' | 'still_there' | 'not_storage' }[];
}

/** The banner's own data never belongs to a purpose, whatever a pattern says. */
const OWN = /^samtycke-/;

/**
 * Clears every declared entry as far as a script can. Never throws: a blocked store counts as empty. It may be called
 * on every page: what is already gone is reported as not seen.
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

/** `_ga_*` matches every name that begins with `_ga_`. Without the star the whole name must match. */
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
 * Every domain, path and partition that a visible cookie can have been set with. A browser tells only the name, and
 * deletes the cookie only for the same three. Public suffixes are among the domains; browsers refuse those.
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

/** Keys of local and session storage, and databases and caches by name; for an SDK also its cookies. */
async function clearStores(pattern: string, cookiesToo: boolean, port: ClearPort): Promise<Result[]> {
  const results: Result[] = cookiesToo ? clearCookies(pattern, port) : [];
  for (const store of port.stores) {
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
    for (const key of keys.filter((key) => nameMatches(pattern, key))) {
      store.removeItem(key);
      results.push([key, true]);
    }
  }
  // Not visible, so not in the report.
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

/** Service workers by scope or script: a whole address, or a path of this origin. */
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

/** The page's own stores. Reading one throws if the browser blocks it. */
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

/** The push service keeps the subscription of an unregistered worker, so the subscription ends first. */
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

/** An open connection blocks it. It then happens when that closes, at the latest with the reload. */
function removeDatabase(database: IDBFactory, name: string): Promise<boolean> {
  return new Promise((answer) => {
    const request = database.deleteDatabase(name);
    request.onsuccess = () => answer(true);
    request.onerror = () => answer(false);
    request.onblocked = () => answer(false);
  });
}
