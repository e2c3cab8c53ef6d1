/** Chromium, with a fresh profile each time. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** As Debian packages it. */
const WHOLE = '/usr/bin/chromium';
/**
 * The same engine without a browser around it, whose own windows take four fifths of what a page costs here. It has no
 * back-forward cache.
 */
const SHELL = '/usr/lib/chromium/chromium-headless-shell';

/** No secure context, as every host of plain http but `localhost`: a part of what browsers have is missing there. */
export const PLAIN_HOST = 'www.plain.test';
/** Above it, and another one below that. */
export const [PLAIN_DOMAIN, PLAIN_SHOP] = ['plain.test', 'shop.plain.test'] as const;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever is not of this harness does not exist, so that no test can pass or fail by the internet.
  `--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP ${PLAIN_DOMAIN} 127.0.0.1, MAP *.${PLAIN_DOMAIN} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost`,
];

/** The shell, where it is installed and is enough; else the whole browser; or what CHROMIUM names. */
export function launch(bfcache = false): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? (!bfcache && existsSync(SHELL) ? SHELL : WHOLE),
    args: FLAGS,
    ignoreDefaultArgs: bfcache ? ['--disable-back-forward-cache'] : [],
    timeout: 60_000,
  });
}
