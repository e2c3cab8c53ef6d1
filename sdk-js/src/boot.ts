/**
 * The script tag: `<script type="module" src=".../sdk/banner.js" data-key="pk_...">`. Reads its options, starts, and puts
 * `samtycke` on the window. Nothing on it can give a consent.
 *
 * Options are attributes of the tag; what a tag manager leaves of those can be the query of the address, or
 * `samtyckeOptions` on the window.
 */
import type { Options } from './contract.js';
import { start } from './setup.js';

const address = import.meta.url;
const tag =
  [...document.scripts].find((script) => script.src === address) ??
  document.querySelector<HTMLScriptElement>('script[data-key]');
const page = globalThis as { samtycke?: unknown; samtyckeOptions?: object };
const options = {
  // Where the script came from: `<server>/sdk/banner.js`.
  server: new URL('..', address).href,
  nonce: tag?.nonce,
  ...page.samtyckeOptions,
  ...Object.fromEntries(new URL(address).searchParams),
  ...tag?.dataset,
} as unknown as Options;

// Once, also where the entry is loaded under two addresses.
page.samtycke ??= options.key ? start(options) : console.error('samtycke: no data-key, ?key= or samtyckeOptions');
