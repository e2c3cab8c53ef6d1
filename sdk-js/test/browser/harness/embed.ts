/** What `samtycke site embed` prints for the top of a page. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { World } from '../harness.js';
import { binary } from './server.js';

/**
 * The tag with its hash, and what comes before it, for a page in this language, or without one. Visitors load it from
 * the server's own address, so that they load what a production server sends. With SAMTYCKE_SDK_DIR they load that
 * folder's entry instead, through the proxy.
 */
export function embedded(
  { server, proxy, tenant }: Pick<World, 'server' | 'proxy' | 'tenant'>,
  language?: string,
): string {
  const folder = process.env.SAMTYCKE_SDK_DIR;
  const at = folder ? proxy.url : server.url;
  const args = ['site', 'embed', tenant.id, tenant.site, '--key', tenant.keys.publishable, '--server', at];
  if (language) args.push('--language', language);
  const said = execFileSync(binary(), args, { encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
  const [tags] = /<[\s\S]*?data-key="[^"]*"[^>]*><\/script>/.exec(said) ?? [];
  if (!tags) throw new Error(`site embed prints no tag:\n${said}`);
  if (!folder) return tags;
  const entry = readdirSync(folder).find((name) => /^banner\.[\da-f]{10}\.js$/.test(name));
  return tags.replace(/banner\.[\da-f]{10}\.js/g, entry ?? 'banner.js').replace(/\s+integrity="[^"]*"/g, '');
}
