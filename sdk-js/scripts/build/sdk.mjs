/** From what the bundler made to what the server serves: names that hold a hash, brotli, integrity. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { importsOf, withImports } from './imports.mjs';

const hashDigits = 10;

/**
 * Gives every file but `banner.js` a name that holds the hash of all of them, so that it may be cached for ever. One hash
 * for all, because parts import each other in circles, where no part's name could hold the hash of its own content.
 *
 * The entry is there twice, as `banner.js` and as `banner.<hash>.js`, and a module is its address: a part that imports
 * from one copy must not be loaded by the other, or the entry would run twice. So the parts are there twice as well.
 *
 * @param {Map<string, string>} files `banner.js` and its parts
 * @returns {Map<string, string>}
 */
export function named(files) {
  const everything = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('\0');
  return new Map([
    ...family(files, 'banner.js', hash(`banner.js\0${everything}`)),
    ...family(files, `banner.${hash(everything)}.js`, hash(everything)),
  ]);
}

/** All files, for an entry of this name. */
function family(files, entry, mark) {
  const nameOf = (file) => (file === 'banner.js' ? entry : file.replace(/\.js$/, `.${mark}.js`));
  const names = new Map([...files.keys()].map((file) => [`./${file}`, `./${nameOf(file)}`]));
  return new Map([...files].map(([file, text]) => [nameOf(file), withImports(text, names)]));
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
