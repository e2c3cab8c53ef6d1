/**
 * Copies the licences from the parent folder, because npm packs only files of this one. `npm pack` and `npm publish`
 * run it before packing (`prepack`), and with `--remove` afterwards.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const here = join(import.meta.dirname, '..');
for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
  if (process.argv.includes('--remove')) rmSync(join(here, name), { force: true });
  else copyFileSync(join(here, '..', name), join(here, name));
}
