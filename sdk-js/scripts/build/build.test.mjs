import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { embed } from './embed.mjs';
import { importsOf, withImports } from './imports.mjs';
import { banned } from './names.mjs';
import { compressed, named } from './sdk.mjs';

const files = new Map([
  ['banner.js', 'export const a=1;import(`./ui.js`),import("./tag.js")'],
  ['ui.js', 'import{a}from"./banner.js";console.log(a)'],
  ['tag.js', 'console.log(2)'],
]);

const imports = (text) => importsOf(text).map(({ specifier }) => specifier);

describe('names with a hash', () => {
  const out = named(files);
  const entries = [...out.keys()].filter((name) => name.startsWith('banner.'));

  test('every import names a file that is there', () => {
    for (const text of out.values()) {
      for (const specifier of imports(text)) expect(out.has(specifier.slice(2))).toBe(true);
    }
  });

  test('a part imports the copy of the entry that loaded it', () => {
    expect(entries).toHaveLength(2);
    for (const entry of entries) {
      const back = imports(out.get(entry)).flatMap((part) => imports(out.get(part.slice(2))));
      expect(back).toEqual([`./${entry}`]);
    }
  });

  test('a part that imports nothing of the entry exists once', () => {
    expect([...out.keys()].filter((name) => name.startsWith('tag.'))).toHaveLength(1);
    expect([...out.keys()].filter((name) => name.startsWith('ui.'))).toHaveLength(2);
  });

  test('a change of a part changes the name of the entry', () => {
    const changed = named(new Map([...files, ['tag.js', 'console.log(3)']]));
    const name = (of) => [...of.keys()].find((file) => /^banner\.[0-9a-f]{10}\.js$/.test(file));
    expect(name(changed)).not.toBe(name(out));
    expect(named(files)).toEqual(out);
  });

  test('parts may import each other', () => {
    const circle = (end) =>
      named(
        new Map([
          ['banner.js', 'import("./a.js")'],
          ['a.js', 'export const a=1;import("./b.js")'],
          ['b.js', `import"./a.js";${end}`],
        ]),
      );
    const name = (of, part) => [...of.keys()].find((file) => file.startsWith(part));
    expect([...circle('').keys()]).toHaveLength(4);
    expect(name(circle(''), 'a.')).not.toBe(name(circle('x()'), 'a.'));
    expect(imports(circle('').get('banner.js'))).toEqual([`./${name(circle(''), 'a.')}`]);
  });
});

test('an import in a string or a comment does not count', () => {
  expect(imports('const a="import(`./x.js`)";/*import"./y.js"*/export*from"./z.js"')).toEqual(['./z.js']);
  expect(withImports('import(`./x.js`)', new Map([['./x.js', './x.1.js']]))).toBe('import("./x.1.js")');
});

test('brotli is kept if it is shorter, and unpacks to the same', () => {
  const long = 'a'.repeat(1000);
  const packed = compressed(
    new Map([
      ['long.js', long],
      ['short.js', 'a'],
    ]),
  );
  expect([...packed.keys()]).toEqual(['long.js.br']);
  expect(brotliDecompressSync(packed.get('long.js.br')).toString()).toBe(long);
});

test('the Rust table marks hashed names, and missing brotli', () => {
  const table = embed(
    new Map([
      ['banner.js', ''],
      ['ui.0123456789.js', ''],
      ['integrity.json', ''],
    ]),
    new Map([['banner.js.br', '']]),
  );
  expect(table.match(/immutable: true/g)).toHaveLength(1);
  expect(table.match(/brotli: &\[\]/g)).toHaveLength(2);
  expect(table).toContain('content_type: "application/json"');
  expect(() => embed(new Map([['a.css', '']]), new Map())).toThrow('content type');
});

describe('names that block lists match are found', () => {
  test.each([
    ['gdpr.js', ''],
    ['a.js', 'el.className="cookie-banner"'],
    ['a.js', '.cookieconsent{color:red}'],
    ['a.js', '#consent-manager{color:red}'],
    ['a.js', 'fetch("/consent-banner/x")'],
    ['a.js', 'el.id=`cmp`'],
  ])('%s %s is found', (name, text) => expect(banned([[name, text]])).toHaveLength(1));

  test('our own names match no block list', () => {
    const text = '.samtycke-notice{color:red}#samtycke-settings{color:red}fetch("/v1/cookie");fetch("/v1/banner/x")';
    expect(
      banned([
        ['banner.js', text],
        ['ui.0123456789.js', text],
      ]),
    ).toEqual([]);
  });
});
