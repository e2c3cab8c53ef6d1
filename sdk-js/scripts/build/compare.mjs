import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * One line for each file that only one of two folders has, or that differs. Brotli is compared by what it unpacks to:
 * two versions of Node may pack the same text differently.
 *
 * @returns {string[]}
 */
export function differences(committed, built) {
  const names = new Set([...filesOf(committed), ...filesOf(built)]);
  return [...names].sort().flatMap((name) => {
    const [ours, fresh] = [join(committed, name), join(built, name)];
    if (!existsSync(ours)) return [`dist/${name} is missing`];
    if (!existsSync(fresh)) return [`dist/${name} is not made from anything any more`];
    return content(ours).equals(content(fresh)) ? [] : [`dist/${name} differs`];
  });
}

function content(path) {
  const bytes = readFileSync(path);
  try {
    return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
  } catch {
    return bytes;
  }
}

function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
