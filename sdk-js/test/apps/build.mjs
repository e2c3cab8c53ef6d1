/**
 * Builds the small apps of this folder, once: what comes out is kept in target/apps by what went in, and what it was built
 * with is not kept.
 *
 *   node test/apps/build.mjs     prints the folder
 *
 * Their pages name `https://consent.invalid` and other places that are not there, and `KEY_OF_THE_SITE`: whoever serves
 * them writes the real ones in, so that one build serves every run. Nothing but `npm ci` needs a network.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
const target = process.env.SAMTYCKE_APPS_DIR ?? join(here, '../../../target/apps');
/** What the frameworks below ask for; npm has it as a package for the commonest machines. */
const NODE_MIN = [22, 19];

/** How each is built in its folder, and where its pages then are. */
const apps = {
  astro: { command: ['astro', 'build'], out: 'dist' },
  next: { command: ['next', 'build'], out: 'out' },
  nuxt: { command: ['nuxt', 'generate'], out: '.output/public' },
  sveltekit: { command: ['vite', 'build'], out: 'build' },
  turbo: { copy: ['@hotwired/turbo/dist/turbo.es2017-esm.js', 'turbo.js'], out: '.' },
};

export const APPS = Object.keys(apps);

/** Where the built apps are, or would be: a folder of its own for each state of the sources. */
export function folder() {
  const hash = createHash('sha256');
  for (const path of sources())
    hash
      .update(`${path}\n`)
      .update(readFileSync(join(here, path)))
      .update('\0');
  return join(target, hash.digest('hex').slice(0, 16));
}

function sources() {
  return readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(here.length + 1))
    .sort();
}

function build() {
  const done = folder();
  if (existsSync(done)) return done;
  mkdirSync(target, { recursive: true });
  const work = mkdtempSync(join(target, 'work-'));
  try {
    for (const path of sources()) cpSync(join(here, path), join(work, path));
    timed('packages', () => run(work, 'npm', ['ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error']));
    const node = newNode(work);
    for (const app of APPS) timed(app, () => buildOne(work, app, node));
    // Earlier ones have had their day.
    for (const name of readdirSync(target)) if (join(target, name) !== work) remove(join(target, name));
    renameSync(join(work, 'built'), done);
  } finally {
    remove(work);
  }
  return done;
}

function buildOne(work, app, node) {
  const { command, copy, out } = apps[app];
  if (command) {
    const [name, ...rest] = command;
    const { bin } = JSON.parse(readFileSync(join(work, 'node_modules', name, 'package.json'), 'utf8'));
    const file = join(work, 'node_modules', name, typeof bin === 'string' ? bin : bin[name]);
    const [program, ...before] = [...offline(), node, file, ...rest];
    run(join(work, app), program, before, {
      // Whatever they keep about a person or a machine, they keep in what is thrown away.
      HOME: work,
      XDG_CONFIG_HOME: join(work, '.config'),
      ASTRO_TELEMETRY_DISABLED: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      NUXT_TELEMETRY_DISABLED: '1',
      CI: 'true',
      NODE_ENV: 'production',
    });
  } else cpSync(join(work, 'node_modules', copy[0]), join(work, app, copy[1]));
  cpSync(join(work, app, out), join(work, 'built', app), { recursive: true });
}

/** Without a network where the system allows it: what wants to report or fetch something, fails here. */
function offline() {
  return spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : [];
}

/** A Node that is new enough: this one, or the one that came with the packages. */
function newNode(work) {
  const packed = join(work, `node_modules/node-linux-${process.arch}/bin/node`);
  for (const path of [process.execPath, packed]) {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    const [major = 0, minor = 0] = stdout ? stdout.slice(1).split('.').map(Number) : [];
    if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return path;
  }
  throw new Error(
    `Nuxt, Astro and SvelteKit need Node ${NODE_MIN.join('.')} or newer. On Linux (x86-64, arm64) it comes by itself, from npm; here, install it and put it first on the path`,
  );
}

function run(cwd, program, args, env = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status}\n${(stdout + stderr).slice(-4000)}`);
}

function timed(what, work) {
  const start = performance.now();
  work();
  console.error(`  ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(build());
