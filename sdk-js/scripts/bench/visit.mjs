/** Two visits of a browser that has never been there: what each fetched, when it saw the banner, what the click cost. */
const SLOWED = 4;
const SETTLED_MS = 1500;
const AFTER_CLICK_MS = 1000;
const WAIT_MS_MAX = 30_000;

/** The figures of a first visit; and of one after a yes, with what that browser has in its cache, named `again_`. */
export async function measure(browser, { url, banner, accept }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'sv-SE' });
  try {
    const first = await open(context, url, banner);
    const figures = await first.settled();
    if (banner) Object.assign(figures, await first.click(accept));
    const second = await open(context, url, banner);
    for (const [name, value] of Object.entries(await second.settled())) figures[`again_${name}`] = value;
    if (banner && figures.again_shown_ms) throw new Error(`${url} asks again after a yes`);
    return figures;
  } finally {
    await context.close();
  }
}

async function open(context, url, banner) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const fetched = count(session);
  await session.send('Network.enable');
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.addInitScript(watch, { banner });
  await page.goto(url, { waitUntil: 'load', timeout: WAIT_MS_MAX });
  const loadTask = () => taskMs(session);
  return {
    async settled() {
      const isFirst = context.pages().length === 1;
      if (banner && isFirst) await page.waitForFunction(() => window.bench.shown, undefined, { timeout: WAIT_MS_MAX });
      await page.waitForTimeout(SETTLED_MS);
      // What was fetched up to here: what the record of a click costs is not the peers' to match.
      const { wire, bodies, requests } = fetched;
      const { shown, blocking } = await page.evaluate(() => ({ ...window.bench, isSeen: undefined }));
      return {
        ...{ wire, bodies, requests, blocking_ms: blocking, load_task_ms: await loadTask() },
        ...(shown ? { shown_ms: shown } : {}),
      };
    },
    async click(accept) {
      const before = await loadTask();
      const box = await page.locator(accept).boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForFunction(() => !window.bench.isSeen(), undefined, { timeout: WAIT_MS_MAX });
      await page.waitForTimeout(AFTER_CLICK_MS);
      const slowest = await page.evaluate(() => window.bench.slowest);
      return { inp_ms: slowest, click_task_ms: (await loadTask()) - before };
    },
  };
}

/** Everything that came over the network, the page itself as well: a peer's texts are in it. */
function count(session) {
  const fetched = { wire: 0, bodies: 0, requests: 0 };
  const headers = new Map();
  const add = (requestId, whole) => {
    const head = headers.get(requestId);
    if (!headers.delete(requestId)) return;
    fetched.wire += Math.max(head, whole);
    fetched.bodies += Math.max(0, whole - head);
    fetched.requests += 1;
  };
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/^http/.test(response.url) || response.fromDiskCache) return;
    headers.set(requestId, response.encodedDataLength);
    // Without a body the headers are all, and the browser may never say that it is finished.
    if (response.status === 204) add(requestId, 0);
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => headers.delete(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => add(requestId, encodedDataLength));
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
