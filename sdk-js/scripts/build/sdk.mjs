/** From what the bundler made to what the server serves: names that hold a hash, brotli, integrity. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { importsOf, withImports } from './imports.mjs';

const hashDigits = 10;

/**
 * Gives every file but `banner.js` a name that holds a hash, so that it may be cached for ever.
 *
 * The entry is there twice, as `banner.js` and as `banner.<hash>.js`, and a module is its address: a part that imports
 * from one copy must not be loaded by the other, or the entry would run twice. So such parts are there twice as well.
 *
 * @param {Map<string, string>} files `banner.js` and its parts
 * @returns {Map<string, string>}
 */
export function named(files) {
  const entry = hashedName('banner.js', files, 'banner.js');
  return new Map(['banner.js', entry].flatMap((name) => [...family(files, name)]));
}

/** The files under their names, for an entry of this name. */
function family(files, entry) {
  const renamed = (file) => (file === 'banner.js' ? entry : hashedName(file, files, entry));
  const names = new Map([...files.keys()].map((file) => [`./${file}`, `./${renamed(file)}`]));
  return [...files].map(([file, text]) => [renamed(file), withImports(text, names)]);
}

/**
 * The hash is over all that a file can load, not over itself alone: its text holds the names of what it imports, and two
 * files may import each other.
 */
function hashedName(file, files, entry) {
  const reached = new Set();
  const visit = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    const text = files.get(name);
    if (text === undefined) throw new Error(`no file ${name}`);
    for (const { specifier } of importsOf(text)) visit(specifier.slice(2));
  };
  visit(file);
  const hash = createHash('sha256').update(file);
  for (const name of [...reached].sort()) hash.update(`\n${name === 'banner.js' ? entry : name}\n${files.get(name)}`);
  return file.replace(/\.js$/, `.${hash.digest('hex').slice(0, hashDigits)}.js`);
}

/** `integrity.json`: file -> Subresource Integrity. */
export function integrity(files) {
  const entries = [...files].filter(([name]) => name.endsWith('.js')).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(entries.map(([name, text]) => [name, sri(text)])), null, 2)}\n`;
}

/** The value of an `integrity` attribute. */
export function sri(text) {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

/** Brotli at its best, which is what the budgets are about. */
export function brotli(text) {
  const bytes = Buffer.from(text);
  const tries = distances.map(([postfix, direct]) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct << postfix,
      },
    }),
  );
  return tries.reduce((best, one) => (one.length < best.length ? one : best));
}

/** How brotli may write distances: which one is shortest depends on the file, by up to 20 bytes. */
const distances = [0, 1, 2, 3].flatMap((postfix) => [0, 2, 8, 15].map((direct) => [postfix, direct]));

/** Brotli of each file that it makes shorter, by the file's name with `.br` behind it. */
export function compressed(files) {
  return new Map(
    [...files].flatMap(([name, text]) => {
      const packed = brotli(text);
      return packed.length < Buffer.byteLength(text) ? [[`${name}.br`, packed]] : [];
    }),
  );
}
