/**
 * Compares the brotli size of the files in dist/ that a visitor's browser loads with the budgets.
 *
 *   node scripts/size.mjs              prints the table, and fails above a budget or when docs/banner.md is out of date
 *   node scripts/size.mjs --markdown   writes the table into docs/banner.md
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build/bundle.mjs';
import { importsOf } from './build/imports.mjs';
import { brotli } from './build/sdk.mjs';

const kib = 1024;
/**
 * `drawn` counts the code that shows a question. `recorded` counts everything that a first visit loads except the text,
 * because the question and the recorder are one file.
 */
const budgets = { boot: 3.0 * kib, drawn: 8.0 * kib, recorded: 12.8 * kib, language: 0.8 * kib };

const root = dirname(import.meta.dirname);
const sdk = join(root, 'dist', 'sdk');
const languages = join(root, '..', 'sdk-rust', 'core', 'languages');
const page = join(root, '..', 'docs', 'banner.md');
const markers = ['<!-- sizes: written by sdk-js/scripts/size.mjs --markdown -->', '<!-- end of sizes -->'];

const { values: options } = parseArgs({ options: { markdown: { type: 'boolean' } } });

const parts = measuredParts();
const words = measuredWords();
const ui = await measuredUi();
const largest = words.reduce((most, one) => (one.bytes > most.bytes ? one : most), { name: 'none', bytes: 0 });
const rows = table();
print();
if (options.markdown) writePage();
else checkPage();
if (rows.some(({ bytes, budget }) => bytes > budget)) {
  console.error('above the budget');
  process.exitCode = 1;
}

/** Name -> the files that its first use loads, without those already loaded. */
function measuredParts() {
  const boot = loaded('banner.js', new Set());
  const parts = new Map([['boot', boot]]);
  const visit = (files) => {
    for (const file of [...files].flatMap((from) => imports(from, true))) {
      const name = file.split('.')[0];
      if (parts.has(name)) continue;
      parts.set(name, loaded(file, boot));
      visit(parts.get(name));
    }
  };
  visit(boot);
  if (!parts.has('record')) throw new Error('banner.js loads no record: scripts/size.mjs must follow the layout');
  return parts;
}

/** The question alone, without the recorder. */
async function measuredUi() {
  const files = await bundle({ root, entries: { ui: join(root, 'src/ui/index.ts') }, minify: true, split: true });
  return brotli(files.get('ui.js')).length;
}

/** A file and its static imports. */
function loaded(file, without, into = new Set()) {
  if (without.has(file) || into.has(file)) return into;
  into.add(file);
  for (const needed of imports(file, false)) loaded(needed, without, into);
  return into;
}

function imports(file, dynamic) {
  return importsOf(readFileSync(join(sdk, file), 'utf8'))
    .filter((each) => each.dynamic === dynamic)
    .map(({ specifier }) => basename(specifier));
}

function measuredWords() {
  const files = existsSync(languages) ? readdirSync(languages).filter((file) => file.endsWith('.json')) : [];
  if (files.length === 0) throw new Error('there are no languages in sdk-rust/core/languages');
  return files.sort().flatMap((file) => {
    const { ui } = JSON.parse(readFileSync(join(languages, file), 'utf8'));
    return ui ? [{ name: file.slice(0, -5), bytes: brotli(JSON.stringify(ui)).length }] : [];
  });
}

function bytesOf(files) {
  return [...files].reduce((sum, file) => sum + brotli(readFileSync(join(sdk, file))).length, 0);
}

function table() {
  const lazy = [...parts].filter(([name]) => !['boot', 'record'].includes(name)).sort();
  const row = (name, bytes, budget = Number.POSITIVE_INFINITY) => ({ name, bytes, budget });
  const [boot, record] = [bytesOf(parts.get('boot')), bytesOf(parts.get('record'))];
  return [
    row('boot: every page, before anything is asked', boot, budgets.boot),
    row('ui: the question, with its style', ui),
    row(`words of the largest language (${largest.name})`, largest.bytes, budgets.language),
    row('boot + ui + words', boot + ui + largest.bytes, budgets.drawn),
    row('record, with ui in one file: asks, keeps, sends and renews a choice', record),
    row('a first visit: boot + record with ui + words', boot + record + largest.bytes, budgets.recorded),
    ...lazy.map(([name, files]) => row(`${name}, where a page uses it`, bytesOf(files))),
  ];
}

function print() {
  for (const { name, bytes, budget } of rows) {
    const limit = Number.isFinite(budget) ? `of ${(budget / kib).toFixed(1)} KiB` : '';
    console.log(`${name.padEnd(70)} ${String(bytes).padStart(6)} B  ${(bytes / kib).toFixed(2)} KiB ${limit}`);
  }
  console.log(
    `words of ${words.length} languages and variants: ${words.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`,
  );
}

/** Formats with one decimal, rounded up: the same on every machine, and stable under small changes. */
function markdown() {
  const up = (bytes) => (Math.ceil((bytes / kib) * 10) / 10).toFixed(1);
  const lines = rows.map(
    ({ name, bytes, budget }) => `| ${name} | ${up(bytes)} | ${Number.isFinite(budget) ? up(budget) : ''} |`,
  );
  return ['| KiB in brotli | is | may be |', '|---|---|---|', ...lines].join('\n');
}

function writePage() {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : `# The banner\n\n## Size\n\n${markers.join('\n')}\n`;
  const [start, end] = found(text);
  writeFileSync(page, `${text.slice(0, start)}\n${markdown()}\n${text.slice(end)}`);
}

function checkPage() {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const [start, end] = found(text);
  if (text.slice(start, end).trim() === markdown()) return;
  console.error('the sizes in docs/banner.md are old. Run: node scripts/size.mjs --markdown');
  process.exitCode = 1;
}

/** The place of the table: after the first marker, up to the second. */
function found(text) {
  const [start, end] = [text.indexOf(markers[0]), text.indexOf(markers[1])];
  if (start < 0 || end < start)
    throw new Error(`docs/banner.md needs two lines, with the table between them:\n${markers.join('\n')}`);
  return [start + markers[0].length, end];
}
