/** The real server, as a process of its own with its own data. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;
const CALL_MS_MAX = 20_000;

export type Engine = 'sqlite' | 'postgres';

/** `make test` says which database; the default is the embedded one. */
export const engine: Engine = process.env.SAMTYCKE_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Server {
  /** `http://127.0.0.1:<port>`; the same after a restart. */
  readonly url: string;
  readonly folder: string;
  readonly pid: number;
  /** The key that adds tenants. */
  instanceKey(): string;
  /** Kills it, as a power failure would. */
  kill9(): Promise<void>;
  /** Stops it in order. */
  stop(): Promise<void>;
  /** Starts it again with the same data and port. */
  start(): Promise<void>;
  /** One call; a JSON response is parsed. A string as body is sent as TOML. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    key?: string,
    body?: unknown,
  ): Promise<Answer<Body>>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/** Settings besides those of every test, as `SAMTYCKE_` variables without the prefix. `demo`: with invented users. */
export async function startServer(
  settings: Record<string, string> = {},
  command: 'serve' | 'demo' = 'serve',
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'samtycke-browser-'));
  const database = engine === 'postgres' ? newDatabase() : undefined;
  let running: Running | undefined;
  let url = '';

  const environment = () => ({
    PATH: process.env.PATH ?? '',
    SAMTYCKE_DATA_DIR: folder,
    SAMTYCKE_LISTEN: url.replace('http://', '') || '127.0.0.1:0',
    SAMTYCKE_PUBLISH_INTERVAL_MS: '50',
    SAMTYCKE_ALLOW_UNSAFE_POSTGRES: 'true',
    ...(database ? { SAMTYCKE_DATABASE_URL: database.url, SAMTYCKE_DATABASE_CONNECTIONS_MAX: '8' } : {}),
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`SAMTYCKE_${name}`, value])),
  });
  const start = async () => {
    running = await launch(environment(), command);
    url = running.url;
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const was = running;
    running = undefined;
    if (was) await ended(was.process, signal);
  };

  try {
    await start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    database?.drop();
    throw error;
  }
  return {
    get url() {
      return url;
    },
    folder,
    get pid() {
      return running?.process.pid ?? 0;
    },
    instanceKey: () => readFileSync(join(folder, 'keys', 'instance.key'), 'utf8').trim(),
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start,
    call: (method, path, key, body) => call(url, method, path, key, body),
    async remove() {
      await end('SIGKILL');
      database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Running {
  process: ChildProcess;
  url: string;
}

/** The binary under test. */
export function binary(): string {
  const path = resolve(process.env.SAMTYCKE_BIN ?? join(import.meta.dirname, '../../../../target/debug/samtycke'));
  if (!existsSync(path))
    throw new Error(`there is no server at ${path}: cargo build -p samtycke-cli, or set SAMTYCKE_BIN`);
  return path;
}

/** Resolves when the server says where it listens. */
function launch(env: Record<string, string>, command: string): Promise<Running> {
  const child = spawn(binary(), [command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // If the test runner ends early, its servers end too.
  const reap = () => child.kill('SIGKILL');
  process.on('exit', reap);
  child.on('exit', () => process.off('exit', reap));
  return new Promise((done, failed) => {
    let said = '';
    const timer = setTimeout(() => give(new Error(`the server did not start:\n${said}`)), START_MS_MAX);
    const give = (error: Error) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      failed(error);
    };
    const hear = (chunk: Buffer) => {
      // Later log lines are dropped: only a server that does not start has to explain itself.
      if (said.length < 20_000) said += chunk.toString();
      const url = /(?:listens on|Open) +(http:\/\/[^\s/]+)/.exec(said)?.[1];
      if (!url) return;
      clearTimeout(timer);
      done({ process: child, url });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', give);
    child.on('exit', (code, signal) => give(new Error(`the server ended (${code ?? signal}):\n${said}`)));
  });
}

function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    child.on('exit', () => {
      clearTimeout(timer);
      done();
    });
    child.kill(signal);
  });
}

async function call<Body>(
  url: string,
  method: string,
  path: string,
  key?: string,
  body?: unknown,
): Promise<Answer<Body>> {
  const toml = typeof body === 'string';
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': toml ? 'application/toml' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: toml ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(CALL_MS_MAX),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : { text }) as Body };
}

/** A database of its own on the PostgreSQL that `tests/services.sh run` started. */
function newDatabase(): { url: string; drop(): void } {
  const server = process.env.SAMTYCKE_TEST_POSTGRES_URL;
  if (!server) throw new Error('SAMTYCKE_TEST_POSTGRES_URL is not set: run this through tests/services.sh run');
  const name = `samtycke_browser_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  psql(server, `create database ${name}`);
  return { url: url.href, drop: () => psql(server, `drop database if exists ${name} with (force)`) };
}

function psql(url: string, statement: string): void {
  const debian = '/usr/lib/postgresql';
  const found = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin', 'psql')) : [];
  const path = found.filter((file) => existsSync(file)).at(-1) ?? 'psql';
  execFileSync(path, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement, url], {
    timeout: CALL_MS_MAX,
    stdio: 'pipe',
  });
}
