/** What a visit costs on the wire, as the browser counts it. */
import type { Page } from 'playwright-core';

/** One request; a preflight counts too. */
export interface Fetched {
  url: string;
  /** Bytes on the wire so far, with headers. */
  bytes: number;
  done: boolean;
}

/** Counts every request but the page itself from now on, in a list that grows. */
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
  // A response without a body consists of its headers, and the browser may never report that it is finished.
  session.on('Network.responseReceived', ({ requestId, response }) =>
    came(requestId, response.encodedDataLength, response.status === 204),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => came(requestId, encodedDataLength, true));
  await session.send('Network.enable');
  return all;
}
