/** The website that shows the banner, and the third parties that it would like to load. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { closed, type FaultProxy, listen } from './proxy.js';

export interface PageAnswer {
  html: string;
  headers?: Record<string, string>;
  status?: number;
}

/** A website. Paths below /v1/, /sdk/, /declaration/ and /.well-known/ go to the server: the first-party path. */
export interface Site {
  readonly port: number;
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Puts a page there; it stays until it is replaced. */
  put(path: string, page: PageAnswer): void;
  close(): Promise<void>;
}

export async function startSite(proxy: FaultProxy): Promise<Site> {
  const pages = new Map<string, PageAnswer>();
  const server = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (/^\/(v1|sdk|declaration|\.well-known)\//.test(path)) return void proxy.handle(incoming, outgoing);
    // Browsers request it by themselves; a 404 would be among the errors of every test.
    if (path === '/favicon.ico') return void outgoing.writeHead(204).end();
    const page = pages.get(path);
    outgoing
      .writeHead(page ? (page.status ?? 200) : 404, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers })
      .end(page?.html ?? '<!doctype html><title>Not here</title>');
  });
  const port = await listen(server, 0);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    put: (path, page) => void pages.set(path, page),
    close: () => closed(server),
  };
}

/** One request to a third party. */
export interface Seen {
  host: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** Third parties: each name below `localhost` is one, and all of them note their requests. */
export interface Strangers {
  readonly port: number;
  /** `http://<name>.<number>.localhost:<port>`: another site than the page's. The number is that of the test. */
  url(name: string): string;
  readonly seen: Seen[];
  /** Starts again under other names: requests of an earlier test's page are answered, and not noted. */
  forget(): void;
  close(): Promise<void>;
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/**
 * Answers by the path's extension: `.js` a script that counts itself in `window.strangers`, `.gif` a pixel, `.css` a
 * style sheet, else a page. Every response tries to set a cookie.
 */
export async function startStrangers(): Promise<Strangers> {
  const seen: Seen[] = [];
  let test = 1;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const host = incoming.headers.host ?? '';
    if (host.endsWith(`.${test}.localhost:${port}`)) seen.push({ host, path, headers: incoming.headers });
    const [type, body] = answer(path.split('?')[0] ?? '/', path);
    outgoing
      .writeHead(200, {
        'Content-Type': type,
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'no-store',
        'Set-Cookie': 'stranger=1; Path=/',
      })
      .end(body);
  });
  const port = await listen(server, 0);
  return {
    port,
    url: (name) => `http://${name}.${test}.localhost:${port}`,
    seen,
    forget() {
      test += 1;
      seen.length = 0;
    },
    close: () => closed(server),
  };
}

function answer(path: string, whole: string): [string, string | Buffer] {
  if (path.endsWith('.js')) {
    return ['text/javascript', `(window.strangers ??= []).push(${JSON.stringify(whole)})`];
  }
  if (path.endsWith('.gif')) return ['image/gif', PIXEL];
  if (path.endsWith('.css')) return ['text/css', '.stranger{color:#123456}'];
  return ['text/html; charset=utf-8', '<!doctype html><title>Stranger</title><p>An embed</p>'];
}
