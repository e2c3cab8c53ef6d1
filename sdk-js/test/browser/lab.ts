/**
 * A lab for parts that need a real browser but no server: Chromium, and one file server for a site and third parties,
 * which notes every request.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { launch } from './harness/chromium.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The site, and two third parties. Browsers resolve every name under `localhost` to this machine. */
export const SITE = 'www.site.localhost';
export const ADS = 'ads.localhost';
export const VIDEO = 'video.localhost';

/** One response of the file server. */
export interface Answer {
  body: string;
  type?: string;
  headers?: Record<string, string>;
  /** Waits for this before it responds. */
  after?: Promise<unknown>;
}

export interface Lab {
  /** `http://host:port/path`. */
  url(path: string, host?: string): string;
  /** Puts a response on every host. */
  put(path: string, answer: Answer): void;
  /** A page of the site with these modules at `/lab/<name>.js`. Returns its address. */
  page(html: string, headers?: Record<string, string>): string;
  /** `host/path` of every request, in order. */
  requests: string[];
  browser: Browser;
  /** A page of a fresh profile, or of another browser. Its console and policy violations are collected. */
  open(address: string, other?: Browser): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  console: string[];
  errors: string[];
}

/** Builds the named modules as a page would get them, and starts server and browser. */
export async function startLab(modules: Record<string, string>): Promise<Lab> {
  const answers = new Map<string, Answer>();
  for (const [name, body] of await bundle(modules)) answers.set(`/lab/${name}`, { body, type: 'text/javascript' });
  const requests: string[] = [];
  const server = createServer((request, response) => void serve(answers, requests, request, response));
  const port = await listen(server);
  const browser = await launch();
  const url = (path: string, host = SITE) => `http://${host}:${port}${path}`;
  let pages = 0;
  return {
    url,
    requests,
    browser,
    put: (path, answer) => void answers.set(path, answer),
    page(html, headers = {}) {
      pages += 1;
      answers.set(`/pages/${pages}`, { body: `<!doctype html><html lang="en">${html}`, type: 'text/html', headers });
      return url(`/pages/${pages}`);
    },
    async open(address, other = browser) {
      const context = await other.newContext();
      const page = await context.newPage();
      const visit: Visit = { page, context, console: [], errors: [] };
      page.on('console', (message) => visit.console.push(message.text()));
      page.on('pageerror', (error) => visit.errors.push(error.message));
      await page.goto(address);
      return visit;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bundle(modules: Record<string, string>): Promise<[string, string][]> {
  const built = (await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: modules,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
    base: './',
  })) as Rolldown.RolldownOutput;
  return built.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : []));
}

async function serve(
  answers: Map<string, Answer>,
  requests: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const answer = answers.get(address.pathname);
  if (!address.pathname.startsWith('/lab/')) requests.push(`${address.hostname}${address.pathname}`);
  await answer?.after;
  response.writeHead(answer ? 200 : 404, {
    'Content-Type': answer?.type ?? 'text/javascript',
    'Access-Control-Allow-Origin': '*',
    ...answer?.headers,
  });
  response.end(answer?.body ?? '');
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}
