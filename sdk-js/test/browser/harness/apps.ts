/** Small apps of common frameworks, on the site of a test's world. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { folder } from '../../apps/build.mjs';
import type { World } from '../harness.js';

export { APPS } from '../../apps/build.mjs';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Puts a built app onto the site, with this world's key and addresses; returns the path of its first page. */
export function putApp({ proxy, site, strangers, tenant }: World, app: string): string {
  const built = join(folder(), app);
  if (!existsSync(built)) throw new Error(`${built} is not there: node test/apps/build.mjs`);
  for (const entry of readdirSync(built, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    const html = readFileSync(file, 'utf8')
      .replaceAll('https://consent.invalid', proxy.url)
      .replaceAll('KEY_OF_THE_SITE', tenant.keys.publishable)
      .replace(/https:\/\/(films|stats)\.invalid/g, (_, name: string) => strangers.url(name));
    const path = `/${app}${file.slice(built.length)}`;
    const page = { html, headers: { 'Content-Type': type } };
    site.put(path, page);
    if (entry.name !== 'index.html') continue;
    // As static hosts serve a folder.
    site.put(path.slice(0, -'index.html'.length), page);
    site.put(path.slice(0, -'/index.html'.length), page);
  }
  return `/${app}/`;
}
