/**
 * klaro as npm has it (BSD-3-Clause), for the bench alone. It is not among the packages of sdk-js: what it was built with,
 * 130 packages, would come along.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const KLARO = '0.7.22';
const SHA512 = 'NkaFxS4S8160/zH1UQzCSYIIsAtwIDHIkJ7xofCrgRqk14OSY+OJuwCjYyW+q5fmIeF4RvsuBH6brPe2BS9Z0A==';

/** The text of its script, which carries its style and its translations; fetched once into the folder. */
export function klaro(folder) {
  const file = join(folder, `klaro-${KLARO}.tgz`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) execFileSync('npm', ['pack', '--silent', `klaro@${KLARO}`], { cwd: folder });
  const hash = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (hash !== SHA512) throw new Error(`${file} is not what it was when it was pinned: remove it and try again`);
  return execFileSync('tar', ['-xzOf', file, 'package/dist/klaro.js'], { encoding: 'utf8', maxBuffer: 1 << 24 });
}
