/** What a page's visit costs on the wire, as the browser itself counts it. */
import type { Page } from 'playwright-core';

/** One request that went out; a preflight is one too. */
export interface Fetched {
  url: string;
  /** On the wire, with headers; as far as they have come. */
  bytes: number;
  done: boolean;
}

/** Counts from now on everything over the network but the page itself, in a list that grows. */
export async function fetched(page: Page, own: string): Promise<Fetched[]> {
  const all: Fetched[] = [];
  const open = new Map<string, Fetched>();
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!/^http/.test(request.url) || request.url === own) return;
    const one = { url: request.url, bytes: 0, done: false };
    open.set(requestId, one);
    all.push(one);
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    const one = open.get(requestId);
    if (one) all.splice(all.indexOf(one), 1);
  });
  const came = (requestId: string, bytes: number, done: boolean) => {
    const one = open.get(requestId);
    if (one) Object.assign(one, { bytes: Math.max(one.bytes, bytes), done });
  };
  // Of an answer without a body the headers are all, and the browser may never say that it is finished.
  session.on('Network.responseReceived', ({ requestId, response }) =>
    came(requestId, response.encodedDataLength, response.status === 204),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => came(requestId, encodedDataLength, true));
  await session.send('Network.enable');
  return all;
}
