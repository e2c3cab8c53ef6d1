/** One visit of a browser that has never been there: what it fetched, when it saw the banner, what the click cost. */
const SLOWED = 4;
const SETTLED_MS = 1500;
const AFTER_CLICK_MS = 1000;
const WAIT_MS_MAX = 30_000;

export async function measure(browser, { url, banner, accept }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'sv-SE' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const fetched = count(session, url);
    await session.send('Network.enable');
    await session.send('Performance.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await page.addInitScript(watch, { banner });
    await page.goto(url, { waitUntil: 'load', timeout: WAIT_MS_MAX });
    if (banner) await page.waitForFunction(() => window.bench.shown, undefined, { timeout: WAIT_MS_MAX });
    await page.waitForTimeout(SETTLED_MS);
    const before = await taskMs(session);
    const seen = await page.evaluate(() => ({ ...window.bench, isSeen: undefined }));
    // What was fetched up to here: what the record of the click costs is not the peer's to match.
    const { wire, bodies, requests } = fetched;
    const figures = { wire, bodies, requests, blocking_ms: seen.blocking, load_task_ms: before };
    if (!banner) return figures;
    const box = await page.locator(accept).boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction(() => !window.bench.isSeen(), undefined, { timeout: WAIT_MS_MAX });
    await page.waitForTimeout(AFTER_CLICK_MS);
    const slowest = await page.evaluate(() => window.bench.slowest);
    return { ...figures, shown_ms: seen.shown, inp_ms: slowest, click_task_ms: (await taskMs(session)) - before };
  } finally {
    await context.close();
  }
}

/** Bytes of everything but the page itself, which is the same for all but for a line. */
function count(session, own) {
  const fetched = { wire: 0, bodies: 0, requests: 0 };
  const headers = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url !== own && /^http/.test(response.url)) headers.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!headers.has(requestId)) return;
    fetched.wire += encodedDataLength;
    fetched.bodies += encodedDataLength - headers.get(requestId);
    fetched.requests += 1;
  });
  return fetched;
}

async function taskMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** In the page, before anything of it: looks at every frame for the banner, and writes down what blocks. */
function watch({ banner }) {
  const style = { opacityProperty: true, visibilityProperty: true };
  const isSeen = () => !!document.querySelector(banner)?.checkVisibility(style);
  const bench = { shown: 0, blocking: 0, slowest: 0, isSeen };
  window.bench = bench;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.blocking += Math.max(0, duration - 50);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.interactionId) bench.slowest = Math.max(bench.slowest, entry.duration);
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 });
  if (!banner) return;
  const look = () => {
    // Drawn in this frame; on the screen when the next one begins.
    if (isSeen())
      requestAnimationFrame((now) => {
        bench.shown = now;
      });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
