/**
 * What browser tests need: a real server with a tenant, a website, third parties, a network that can fail, and Chromium.
 * Everything is on 127.0.0.1, and ends with the test.
 *
 * ```ts
 * const world = await startWorld();
 * const { page } = await world.newPage({ csp: STRICT_CSP });
 * await page.click('[data-samtycke-action="reject"]');
 * await world.stop();
 * ```
 */
import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, PLAIN_DOMAIN, PLAIN_HOST, PLAIN_SHOP } from './harness/chromium.js';
import { type Site, type Strangers, startSite, startStrangers } from './harness/pages.js';
import { type FaultProxy, startProxy } from './harness/proxy.js';
import { purposes, registerToml } from './harness/register.js';
import { type Answer, type Server, startServer } from './harness/server.js';

export { launch, PLAIN_DOMAIN, PLAIN_HOST, PLAIN_SHOP } from './harness/chromium.js';
export type { Fault, Held, Match, Passed } from './harness/proxy.js';
export { type Engine, engine } from './harness/server.js';
export { purposes, registerToml };

export const NONCE = 'bm9uY2U';

/** The strictest policy that a page can have; `SERVER` is filled in. The banner must work under it. */
export const STRICT_CSP =
  `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src SERVER; base-uri 'none'; ` +
  "require-trusted-types-for 'script'; trusted-types 'none'";

export { embedded } from './harness/embed.js';

export interface Keys {
  publishable: string;
  service: string;
  editor: string;
  publisher: string;
  auditor: string;
  operator: string;
}

export interface Tenant {
  id: string;
  site: string;
  /** Name of the site's cookie. */
  cookie: string;
  /** The site's name in both storages. */
  box: string;
  origin: string;
  vkey: string;
  notice: string;
  keys: Keys;
}

export interface WorldOptions {
  /** Settings of the server, as `SAMTYCKE_` variables without the prefix. */
  settings?: Record<string, string>;
  /** Instead of `registerToml()`. */
  register?: string;
  /** Instead of a notice about the terminal in four languages. */
  notice?: Record<string, unknown>;
  /** Allows the back-forward cache, which automation switches off. Needs the whole browser, which is slower. */
  bfcache?: boolean;
}

export interface PageOptions {
  /** A path of the site that exists. Default: a new page is made from the options below. */
  path?: string;
  head?: string;
  body?: string;
  /** Attributes of the script tag, which replace its default ones; `false`: no tag. */
  tag?: Record<string, string> | false;
  /** Content-Security-Policy, in which `SERVER` is the server's origin. */
  csp?: string;
  headers?: Record<string, string>;
  /** The server is below the page's own origin. */
  firstParty?: boolean;
  /**
   * The site by another host name: `<host>.localhost`, or as it is if it has a dot. The key is valid for `www` and
   * `PLAIN_HOST`.
   */
  host?: string;
  gpc?: boolean;
  colorScheme?: 'light' | 'dark';
  forcedColors?: 'active' | 'none';
  reducedMotion?: 'reduce' | 'no-preference';
  viewport?: { width: number; height: number };
  /** `false`: a browser without JavaScript. */
  js?: boolean;
  locale?: string;
  /** Another tab of this context's browser. */
  context?: BrowserContext;
  /** `false`: the page is made and not visited. */
  visit?: boolean;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  url: string;
  /** Every request of the page, oldest first. */
  requests: { method: string; url: string; type: string }[];
  /** Uncaught errors, and errors on the console. */
  errors: string[];
  /** Violations of the page's policy since it was loaded, including Trusted Types. */
  violations(): Promise<string[]>;
  /** What the browser stores: cookies by name, and keys of both storages. */
  stored(): Promise<{ cookies: Record<string, string>; local: string[]; session: string[] }>;
}

export interface World {
  server: Server;
  proxy: FaultProxy;
  site: Site;
  strangers: Strangers;
  tenant: Tenant;
  browser: Browser;
  newPage(options?: PageOptions): Promise<Visit>;
  /** The script tag, as the site would write it. */
  tag(attributes?: Record<string, string>, firstParty?: boolean): string;
  /** A call with one of the tenant's keys. */
  call<Body = Record<string, unknown>>(
    key: keyof Keys,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<Body>>;
  stop(): Promise<void>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const closing: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close().catch(() => {});
  };
  try {
    const server = await startServer(options.settings);
    closing.push(server.remove);
    const proxy = await startProxy(() => server.url);
    closing.push(proxy.close);
    const site = await startSite(proxy);
    closing.push(site.close);
    const strangers = await startStrangers();
    closing.push(strangers.close);
    const tenant = await settle(server, site, options);
    const browser = await launch(options.bfcache ?? false);
    closing.push(() => browser.close());
    const tag = tagOf(tenant, proxy);
    const parts = { server, proxy, site, strangers, tenant, browser, tag, stop };
    let pages = 0;
    return {
      ...parts,
      newPage: (page = {}) => visit(parts, page, `/page-${++pages}`),
      call: (key, method, path, body) => server.call(method, path, tenant.keys[key], body),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const storyOf = new WeakMap<Page, () => Promise<string>>();

/** Waits for something in a page. A failed wait also reports what the browser stores, and the last requests. */
export async function expecting<Value>(page: Page, wait: Promise<Value>): Promise<Value> {
  try {
    return await wait;
  } catch (error) {
    if (error instanceof Error) error.message += `\n${await storyOf.get(page)?.()}`;
    throw error;
  }
}

/** The site's public id, which its publishable keys contain. */
export function siteIdOf(key: string): string {
  return /^pk_(?:test_)?([\da-f]{12})_/.exec(key)?.[1] ?? '';
}

/** A new pseudonym. */
export function subject(): string {
  return `s_${randomBytes(16).toString('base64url')}`;
}

/** The id of a new event: a UUID of version 7. */
export function eventId(): string {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const bits = `${hex.slice(0, 12)}7${hex.slice(13, 16)}8${hex.slice(17, 32)}`;
  return bits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Adds the tenant: register, site, keys, and a published notice. */
async function settle(server: Server, site: Site, options: WorldOptions): Promise<Tenant> {
  const must = async <Body = Record<string, unknown>>(method: string, path: string, key: string, body?: unknown) => {
    const answer = await server.call<Body>(method, path, key, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  interface Added {
    key: { key: string };
    log: { origin: string; vkey: string };
  }
  const id = 'loomer';
  const added = await must<Added>('POST', '/v1/tenants', server.instanceKey(), { tenant: id, controller: 'Loomer AB' });
  const operator = added.key.key;
  const hosts = ['www.localhost', PLAIN_HOST, PLAIN_DOMAIN, PLAIN_SHOP];
  const origins = [site.url, ...hosts.map((host) => `http://${host}:${site.port}`)];
  const name = 'www.loomer.example';
  await must('POST', '/v1/sites', operator, { site: name, origins });
  const keys: Partial<Keys> = { operator };
  for (const role of ['publishable', 'service', 'editor', 'publisher', 'auditor'] as const) {
    const bound = role === 'publishable' ? { site: name } : {};
    keys[role] = (await must<{ key: string }>('POST', '/v1/keys', operator, { role, ...bound })).key;
  }
  const made = keys as Keys;
  await must('PUT', '/v1/register', made.editor, options.register ?? registerToml());
  await must('POST', '/v1/register/publish', made.publisher, {});
  const asked = options.notice ?? { about: 'terminal', languages: ['sv', 'en', 'ar', 'de'] };
  const { hash } = await must<{ hash: string }>('POST', '/v1/notices', made.editor, { site: name, ...asked });
  await must('POST', `/v1/notices/${hash}/publish`, made.publisher, {});
  const siteId = siteIdOf(made.publishable);
  return {
    id,
    site: name,
    cookie: `samtycke-consent-1-${siteId}`,
    box: `samtycke-1:${siteId}`,
    origin: added.log.origin,
    vkey: added.log.vkey,
    notice: hash,
    keys: made,
  };
}

function tagOf(tenant: Tenant, proxy: FaultProxy): World['tag'] {
  return (attributes = {}, firstParty = false) => {
    const all = {
      type: 'module',
      src: `${firstParty ? '' : proxy.url}/sdk/banner.js`,
      'data-key': tenant.keys.publishable,
      nonce: NONCE,
      ...attributes,
    };
    const written = Object.entries(all).map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`);
    return `<script ${written.join(' ')}></script>`;
  };
}

type Parts = Pick<World, 'proxy' | 'site' | 'browser' | 'tag'>;

async function visit({ proxy, site, browser, tag }: Parts, options: PageOptions, ownPath: string): Promise<Visit> {
  const origin = options.host
    ? `http://${options.host.includes('.') ? options.host : `${options.host}.localhost`}:${site.port}`
    : site.url;
  if (options.path === undefined) {
    const script = options.tag === false ? '' : tag(options.tag, options.firstParty);
    const csp = options.csp?.replaceAll('SERVER', options.firstParty ? "'self'" : proxy.url);
    site.put(ownPath, {
      html: `<!doctype html><html lang="${options.locale ?? 'sv'}"><head><title>Loomer</title>
<meta name="viewport" content="width=device-width">${script}${options.head ?? ''}</head>
<body>${options.body ?? '<h1>Loomer</h1><p>En sida.</p>'}</body></html>`,
      headers: { ...(csp ? { 'Content-Security-Policy': csp } : {}), ...options.headers },
    });
  }
  const context = options.context ?? (await contextOf(browser, options));
  const page = await context.newPage();
  const seen: Pick<Visit, 'requests' | 'errors'> = { requests: [], errors: [] };
  page.on('request', (request) =>
    seen.requests.push({ method: request.method(), url: request.url(), type: request.resourceType() }),
  );
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  const url = origin + (options.path ?? ownPath);
  storyOf.set(page, async () => {
    const here = page.evaluate(() => ({ at: location.href, cookie: document.cookie, local: { ...localStorage } }));
    const posts = proxy.passed({ method: 'POST' }).slice(-8);
    const asked = posts.map(({ path, body, status }) => `${status} ${path} ${body}`);
    return JSON.stringify(
      { ...(await here.catch((error) => ({ error: String(error) }))), errors: seen.errors, asked },
      undefined,
      1,
    );
  });
  if (options.visit !== false) await page.goto(url, { waitUntil: 'load', timeout: 30_000 });
  return {
    page,
    context,
    url,
    ...seen,
    violations: () => page.evaluate(() => (window as unknown as { violations?: string[] }).violations ?? []),
    stored: () => stored(page, context),
  };
}

async function contextOf(browser: Browser, options: PageOptions): Promise<BrowserContext> {
  const { colorScheme, forcedColors, reducedMotion, viewport } = options;
  const context = await browser.newContext({
    ...(colorScheme ? { colorScheme } : {}),
    ...(forcedColors ? { forcedColors } : {}),
    ...(reducedMotion ? { reducedMotion } : {}),
    ...(viewport ? { viewport } : {}),
    javaScriptEnabled: options.js !== false,
    locale: options.locale ?? 'sv-SE',
    ...(options.gpc ? { extraHTTPHeaders: { 'Sec-GPC': '1' } } : {}),
  });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(() => {
    const violations: string[] = [];
    Object.defineProperty(window, 'violations', { value: violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`.trim());
    });
  });
  if (options.gpc) {
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true });
    });
  }
  return context;
}

async function stored(page: Page, context: BrowserContext): ReturnType<Visit['stored']> {
  const cookies = await context.cookies(page.url());
  const [local, session] = await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]);
  return {
    cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
    local: local ?? [],
    session: session ?? [],
  };
}
