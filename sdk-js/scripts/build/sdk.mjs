/** From what the bundler made to what the server serves: names that hold a hash, brotli, integrity. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { importsOf, withImports } from './imports.mjs';

const hashDigits = 10;

/**
 * Gives every file but `banner.js` a name that holds the hash of its content, so that it may be cached for ever.
 *
 * The entry is there twice, as `banner.js` and as `banner.<hash>.js`, and a module is its address: a part that imports
 * from one copy must not be loaded by the other, or the entry would run twice. So such parts are there twice as well.
 *
 * @param {Map<string, string>} files `banner.js` and its parts
 * @returns {Map<string, string>}
 */
export function named(files) {
  const out = new Map();
  const first = family(files, 'banner.js', out);
  // It changes whenever a part changes, for it holds their names; and it is known before the second copy is made.
  const entry = `banner.${hash(first)}.js`;
  out.set('banner.js', first);
  out.set(entry, family(files, entry, out));
  return out;
}

/** Adds the parts to `out`, for an entry of this name, and returns the entry's text. */
function family(files, entry, out) {
  const names = new Map([['./banner.js', `./${entry}`]]);
  const open = new Set();
  const visit = (file) => {
    const specifier = `./${file}`;
    if (names.has(specifier)) return;
    if (open.has(file)) throw new Error(`${file} imports itself in a circle: no name can hold its hash`);
    open.add(file);
    const text = resolved(file);
    const name = file.replace(/\.js$/, `.${hash(text)}.js`);
    names.set(specifier, `./${name}`);
    out.set(name, text);
  };
  const resolved = (file) => {
    const text = files.get(file);
    if (text === undefined) throw new Error(`no file ${file}`);
    for (const { specifier } of importsOf(text)) visit(specifier.slice(2));
    return withImports(text, names);
  };
  return resolved('banner.js');
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
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
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Brotli of each file that it makes shorter, by the file's name with `.br` behind it. */
export function compressed(files) {
  return new Map(
    [...files].flatMap(([name, text]) => {
      const packed = brotli(text);
      return packed.length < Buffer.byteLength(text) ? [[`${name}.br`, packed]] : [];
    }),
  );
}
