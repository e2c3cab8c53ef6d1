/** Imports every entry of the package in Node, as server-side rendering does. Fails if one throws or adds a global. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { name, exports, peerDependencies } = JSON.parse(
  readFileSync(join(dirname(import.meta.dirname), 'package.json'), 'utf8'),
);
// Side effects of these imports belong to the peers.
for (const peer of Object.keys(peerDependencies)) await import(peer);
const before = new Set(Reflect.ownKeys(globalThis));
const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));
for (const entry of entries) await import(name + entry.slice(1));
const left = Reflect.ownKeys(globalThis).filter((key) => !before.has(key));
if (left.length > 0) throw new Error(`importing the package leaves ${left.map(String).join(', ')} behind`);
console.log(`${entries.length} entries can be imported in Node`);
