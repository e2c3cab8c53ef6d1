/**
 * The script tag: `<script type="module" src=".../sdk/banner.js" data-key="pk_...">`. Reads its own attributes, starts, and
 * puts `samtycke` on the window. Nothing on it can give a consent.
 */
import type { Options } from './contract.js';
import { start } from './setup.js';

const address = import.meta.url;
const tag =
  [...document.scripts].find((script) => script.src === address) ??
  document.querySelector<HTMLScriptElement>('script[data-key]');

// Once, also where the entry is loaded under two addresses.
if ('samtycke' in globalThis) {
} else if (tag?.dataset.key) {
  const { google, ...texts } = tag.dataset;
  const options = {
    // Where the script came from: `<server>/sdk/banner.js`.
    server: new URL('..', address).href,
    ...texts,
    nonce: tag.nonce,
    google: google !== undefined,
  };
  Object.assign(globalThis, { samtycke: start(options as unknown as Options) });
} else console.error('samtycke: the script tag needs data-key');
