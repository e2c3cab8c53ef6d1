/** Chromium, with a fresh profile each time. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** As Debian packages it. */
const WHOLE = '/usr/bin/chromium';
/** The same engine without browser windows, which take four fifths of the time. It has no back-forward cache. */
const SHELL = '/usr/lib/chromium/chromium-headless-shell';

/** Not a secure context, as every host of plain http but `localhost`: some browser APIs are missing there. */
export const PLAIN_HOST = 'www.plain.test';
/** Its parent domain, and one below. */
export const [PLAIN_DOMAIN, PLAIN_SHOP] = ['plain.test', 'shop.plain.test'] as const;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No other host can be reached, so that no test depends on the internet.
  `--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP ${PLAIN_DOMAIN} 127.0.0.1, MAP *.${PLAIN_DOMAIN} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost`,
];

/** The headless shell if it is installed and sufficient; else the whole browser, or what CHROMIUM names. */
export function launch(bfcache = false): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? (!bfcache && existsSync(SHELL) ? SHELL : WHOLE),
    args: FLAGS,
    ignoreDefaultArgs: bfcache ? ['--disable-back-forward-cache'] : [],
    timeout: 60_000,
  });
}
