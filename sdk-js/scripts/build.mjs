/**
 * Builds `src/` into `dist/`. The output is the same bytes every time.
 *
 *   node scripts/build.mjs                 writes dist/
 *   node scripts/build.mjs --check         builds elsewhere and fails with the name of each file of dist/ that differs
 *   node scripts/build.mjs --out FOLDER    writes to FOLDER instead
 *
 * dist/sdk/    the files that a samtycke server serves below /sdk/, each with its brotli form
 * dist/embed.rs   the same files as one Rust table, so that cargo needs no Node
 * dist/npm/    the package's ES modules, for bundlers: readable, one file per entry or shared chunk
 * dist/types/  their declarations
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build/bundle.mjs';
import { differences } from './build/compare.mjs';
import { embed } from './build/embed.mjs';
import { banned } from './build/names.mjs';
import { compressed, integrity, named } from './build/sdk.mjs';
import { declarations } from './build/types.mjs';

const root = dirname(import.meta.dirname);

/** Each file is self-contained except `banner`, which loads its other parts on demand. */
const sdkEntries = {
  banner: 'boot',
  receipt: 'receipt',
  declaration: 'declaration',
  guard: 'guard',
  preview: 'preview',
};
const npmEntries = ['index', 'react', 'vue', 'svelte', 'receipt', 'declaration', 'guard'];

const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, out: { type: 'string' } } });

if (options.check) {
  const aside = mkdtempSync(join(tmpdir(), 'samtycke-dist-'));
  try {
    await build(aside);
    report(differences(join(root, 'dist'), aside));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
} else {
  const out = options.out ?? join(root, 'dist');
  const aside = mkdtempSync(join(tmpdir(), 'samtycke-dist-'));
  try {
    // Builds into another directory first: a failed build leaves the previous output.
    await build(aside);
    rmSync(out, { recursive: true, force: true });
    cpSync(aside, out, { recursive: true });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function build(out) {
  const sdk = new Map();
  for (const [name, source] of Object.entries(sdkEntries)) {
    const files = await bundle({ root, entries: { [name]: entry(source) }, minify: true, split: name === 'banner' });
    for (const [file, text] of name === 'banner' ? named(files) : files) sdk.set(file, text);
  }
  sdk.set('integrity.json', integrity(sdk));
  const packed = compressed(sdk);
  write(join(out, 'sdk'), new Map([...sdk, ...packed]));
  write(out, new Map([['embed.rs', embed(sdk, packed)]]));

  const entries = Object.fromEntries(npmEntries.map((name) => [name, entry(name)]));
  const npm = await bundle({ root, entries, minify: false, split: true });
  write(join(out, 'npm'), npm);
  write(join(out, 'types'), declarations(root, npmEntries));

  const found = banned([...sdk, ...npm]);
  if (found.length > 0) throw new Error(`block lists match these names:\n  ${found.join('\n  ')}`);
}

function entry(name) {
  const path = join(root, 'src', `${name}.ts`);
  if (!existsSync(path)) throw new Error(`src/${name}.ts is missing: scripts/build.mjs must follow the layout`);
  return path;
}

function write(folder, files) {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

function report(found) {
  if (found.length === 0) {
    console.log('dist/ is what src/ builds to');
    return;
  }
  for (const line of found) console.error(line);
  console.error('dist/ is not what src/ builds to. Run: node scripts/build.mjs');
  process.exitCode = 1;
}
