/** Between pages and the server: records requests, and makes the network as bad as a test needs. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

const FORWARD_MS_MAX = 30_000;

/** One request that reached the proxy. */
export interface Passed {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Status of the response to the page; 0: none. */
  status: number;
}

/** Which requests a fault applies to. An absent field matches all. */
export interface Match {
  method?: string;
  path?: string | RegExp;
}

export interface Fault extends Match {
  /** For so many requests only. */
  times?: number;
  /** Wait before anything else. */
  delay_ms?: number;
  /**
   * `request`: the server never receives it. `answer`: the server handles it, and the page gets no response. `middle`:
   * the page gets the response's head, and half of its body.
   */
  cut?: 'request' | 'answer' | 'middle';
  /** Responds with this instead of calling the server. */
  answer?: { status: number; headers?: Record<string, string>; body?: string };
}

/** A held request, until it is released. */
export interface Held {
  /** Resolves when a request is held. */
  readonly arrived: Promise<Passed>;
  release(): void;
}

export interface FaultProxy {
  readonly url: string;
  /** Every request, oldest first. */
  readonly log: Passed[];
  /** The requests of this kind. */
  passed(match: Match): Passed[];
  /** Returns a function that ends it. */
  fault(fault: Fault): () => void;
  /** Holds the next request of this kind. */
  hold(match: Match): Held;
  /** Ends every fault, and releases everything. */
  heal(): Promise<void>;
  /** Stops listening: connections are refused. */
  refuse(): Promise<void>;
  /** Listens again. */
  accept(): Promise<void>;
  /** The same for another server of the harness: a site's own path to the server. */
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

interface Rule {
  fault: Fault;
  left: number;
  gate?: { arrived: (passed: Passed) => void; released: Promise<void>; release: () => void };
}

/**
 * A proxy to `target`. With SAMTYCKE_SDK_DIR, /sdk/ is served from that folder instead of from the server's binary, to
 * test a build without building the server.
 */
export async function startProxy(target: () => string): Promise<FaultProxy> {
  const log: Passed[] = [];
  let rules: Rule[] = [];

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const passed: Passed = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: incoming.headers,
      body: await read(incoming),
      status: 0,
    };
    log.push(passed);
    const rule = rules.find(({ fault, left }) => left > 0 && matches(passed, fault));
    if (rule) {
      rule.left -= 1;
      if (rule.gate) {
        rule.gate.arrived(passed);
        await rule.gate.released;
      }
      if (rule.fault.delay_ms) await new Promise((done) => setTimeout(done, rule.fault.delay_ms));
      if (rule.fault.cut === 'request') return void outgoing.destroy();
      if (rule.fault.answer) {
        const { status, headers = {}, body = '' } = rule.fault.answer;
        passed.status = status;
        return void outgoing.writeHead(status, headers).end(body);
      }
    }
    if (fromFolder(passed, outgoing)) return;
    await forward(target(), incoming, passed, outgoing, rule?.fault.cut);
  };

  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  const port = await listen(server, 0);
  const heal = async () => {
    for (const { gate } of rules) gate?.release();
    rules = [];
    if (!server.listening) await listen(server, port);
  };
  const refuse = () => closed(server);
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    passed: (match) => log.filter((passed) => matches(passed, match)),
    fault(fault) {
      const rule: Rule = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      rules.push(rule);
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    hold(match) {
      const { promise: arrived, resolve: arrive } = withResolvers<Passed>();
      const { promise: released, resolve: release } = withResolvers<void>();
      rules.push({ fault: match, left: 1, gate: { arrived: arrive, released, release } });
      return { arrived, release };
    },
    heal,
    refuse,
    accept: async () => void (server.listening || (await listen(server, port))),
    handle,
    async close() {
      for (const { gate } of rules) gate?.release();
      await closed(server);
    },
  };
}

function matches({ method, path }: Passed, match: Match): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? path.split('?')[0] === match.path : match.path.test(path);
}

function forward(
  target: string,
  incoming: IncomingMessage,
  passed: Passed,
  outgoing: ServerResponse,
  cut: Fault['cut'],
): Promise<void> {
  return new Promise((done) => {
    const lost = () => {
      outgoing.destroy();
      done();
    };
    const asked = request(
      target + passed.path,
      { method: passed.method, headers: incoming.headers, timeout: FORWARD_MS_MAX, agent: false },
      (answer) => {
        if (cut === 'answer') {
          answer.resume();
          answer.on('end', lost);
          return;
        }
        passed.status = answer.statusCode ?? 0;
        outgoing.writeHead(passed.status, answer.headers);
        if (cut === 'middle')
          return void read(answer).then((body) => outgoing.write(body.slice(0, body.length / 2), lost));
        answer.pipe(outgoing);
        answer.on('error', lost);
        outgoing.on('close', done);
      },
    );
    asked.on('error', lost);
    asked.on('timeout', () => asked.destroy());
    asked.end(passed.body);
  });
}

/** Serves a file of SAMTYCKE_SDK_DIR as the server would. */
function fromFolder(passed: Passed, outgoing: ServerResponse): boolean {
  const folder = process.env.SAMTYCKE_SDK_DIR;
  const path = passed.path.split('?')[0] ?? '';
  if (!folder || !path.startsWith('/sdk/')) return false;
  const file = join(folder, basename(path));
  if (!existsSync(file)) return false;
  const packed = /\bbr\b/.test(String(passed.headers['accept-encoding'])) && existsSync(`${file}.br`);
  passed.status = 200;
  outgoing.writeHead(200, {
    'Content-Type': file.endsWith('.json') ? 'application/json' : 'text/javascript; charset=utf-8',
    ...(packed ? { 'Content-Encoding': 'br' } : {}),
    Vary: 'Accept-Encoding',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': /\.[0-9a-f]{10}\.js$/.test(file) ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
  });
  createReadStream(packed ? `${file}.br` : file).pipe(outgoing);
  return true;
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Resolves with the port. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      done((server.address() as AddressInfo).port);
    });
  });
}

export function closed(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
