import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

test('the package has both licences; the folder is clean after', () => {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' });
  const names = Object.values(JSON.parse(said)).flatMap(({ files }) => files.map(({ path }) => path));
  expect(names).toEqual(expect.arrayContaining(['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'dist/npm/index.js']));
  expect(existsSync(join(root, 'LICENSE-MIT'))).toBe(false);
});
