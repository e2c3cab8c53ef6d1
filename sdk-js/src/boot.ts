/**
 * The script tag: `<script type="module" src=".../sdk/banner.js" data-key="pk_...">`. Reads its options, starts, and
 * sets `window.samtycke`, which cannot give consent.
 *
 * Options are attributes of the tag. If a tag manager removes attributes, use the query of the URL, or
 * `window.samtyckeOptions`.
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

// Only once, even if the entry is loaded from two URLs.
page.samtycke ??= options.key ? start(options) : console.error('samtycke: no data-key, ?key= or samtyckeOptions');
