/**
 * The licences, which lie one folder up: npm packs nothing from outside of this one. `npm pack` and `npm publish` call it
 * before (`prepack`), and with `--remove` after.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const here = join(import.meta.dirname, '..');
for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
  if (process.argv.includes('--remove')) rmSync(join(here, name), { force: true });
  else copyFileSync(join(here, '..', name), join(here, name));
}
