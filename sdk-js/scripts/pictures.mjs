/**
 * Generates the pictures of the README from the running product: the banner in light and dark, the output of
 * `samtycke verify` for the consent that was just granted, and badges with values from Cargo.toml.
 *
 *   node scripts/pictures.mjs      writes ../docs/pictures/
 *
 * Needs a built program (SAMTYCKE_BIN, else target/debug/samtycke) and Chromium (CHROMIUM, else Debian's).
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { badgeSvg, frameOf, terminalSvg } from './pictures/svg.mjs';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'docs', 'pictures');
const binary = process.env.SAMTYCKE_BIN ?? join(root, 'target', 'debug', 'samtycke');
const shell = '/usr/lib/chromium/chromium-headless-shell';
const executablePath = process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium');
const register = join(import.meta.dirname, 'pictures', 'register.toml');
const bytesMax = 120_000;
/** The environment without settings of this shell. */
const env = { PATH: process.env.PATH };

const temporary = mkdtempSync(join(tmpdir(), 'samtycke-pictures-'));
const site = await startSite();
const server = await startServer(site.origin);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await askAboutTheTerminal(server);
  site.html = shopPage(server);
  mkdirSync(out, { recursive: true });
  await badges();
  let event;
  for (const colorScheme of ['light', 'dark']) event = await photograph(colorScheme);
  await photographProof(event);
} finally {
  await browser.close();
  server.child.stdin.end();
  site.close();
  rmSync(temporary, { recursive: true });
}

/** Generates badges with values of the workspace's Cargo.toml. */
async function badges() {
  const cargo = readFileSync(join(root, 'Cargo.toml'), 'utf8');
  const stated = (key) => new RegExp(`^${key} = "(.+)"$`, 'm').exec(cargo)[1];
  await write('licence.svg', badgeSvg('licence', stated('license')));
  await write('rust.svg', badgeSvg('Rust', `${stated('rust-version')} or newer`));
  await write('proofs.svg', badgeSvg('proofs', 'RFC 6962, C2SP'));
}

/** Publishes a notice about cookies: the notice of `samtycke dev` covers the whole register. */
async function askAboutTheTerminal({ keys, site: name }) {
  const notice = { site: name, about: 'terminal', languages: ['sv', 'en'] };
  const { hash } = await call('POST', '/v1/notices', keys.editor, notice);
  await call('POST', `/v1/notices/${hash}/publish`, keys.publisher, {});
}

/** Takes the picture of the first layer, accepts, and returns the recorded event's id. */
async function photograph(colorScheme) {
  const context = await browser.newContext({
    colorScheme,
    locale: 'en-GB',
    viewport: { width: 880, height: 580 },
    deviceScaleFactor: 1.6,
  });
  const page = await context.newPage();
  await page.goto(site.origin, { waitUntil: 'load' });
  const accept = page.locator('[data-samtycke-action="accept"]').first();
  await accept.waitFor();
  await page.evaluate(() => document.fonts.ready);
  await write(`banner-${colorScheme}.png`, await page.screenshot({ animations: 'disabled' }));
  const isRecord = (answer) => answer.url().endsWith('/v1/consents') && answer.status() === 201;
  const recorded = page.waitForResponse(isRecord);
  // The banner accepts an answer only after the question has been visible for a moment.
  await page.waitForTimeout(600);
  await accept.click();
  const { event_id: id } = await (await recorded).json();
  await context.close();
  return id;
}

/** Fetches the proof bundle, verifies it with the program, and draws the program's output. */
async function photographProof(event) {
  const { keys, vkey } = server;
  const bundle = join(temporary, 'proof.json');
  writeFileSync(bundle, JSON.stringify(await call('GET', `/v1/events/${event}/proof`, keys.auditor)));
  const said = execFileSync(binary, ['verify', bundle, '--vkey', vkey], { encoding: 'utf8', env });
  const command = "samtycke verify proof.json --vkey 'localhost/logs/…'";
  for (const scheme of ['light', 'dark']) await write(`verify-${scheme}.svg`, terminalSvg(command, said, scheme));
}

/** Calls the API and returns the response. Throws an error with the cause. */
async function call(method, path, key, body) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(server.base_url + path, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function write(name, content) {
  const bytes = Buffer.from(content);
  if (bytes.length > bytesMax) throw new Error(`${name} has ${bytes.length} bytes, more than ${bytesMax}`);
  writeFileSync(join(out, name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}

/** A website on a free port; its only page is set later. */
async function startSite() {
  const site = { html: '', close: () => http.close() };
  const http = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(site.html);
  });
  await new Promise((ready) => http.listen(0, '127.0.0.1', ready));
  site.origin = `http://127.0.0.1:${http.address().port}`;
  return site;
}

/** Starts `samtycke dev`, which stops when its input ends. */
async function startServer(origin) {
  const args = ['dev', '--json', '--exit-with-parent', '--origin', origin, '--register', register];
  const child = spawn(binary, args, { cwd: temporary, env, stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { base_url, tenants } = JSON.parse(line);
    return { child, base_url, ...tenants[0] };
  }
  throw new Error('samtycke dev ended without a word');
}

function shopPage({ base_url: base, keys }) {
  return frameOf(`<script type="module" src="${base}/sdk/banner.js" data-key="${keys.publishable}"></script>`);
}
