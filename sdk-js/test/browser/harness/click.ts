/** Clicks as soon as a layer accepts answers. */
import type { Frame, Page } from 'playwright-core';

/** Longest wait for something that must happen. */
export const WAIT_MS_MAX = 20_000;

/**
 * Waits in the page until the layer accepts answers, and clicks then. The browser's driver alone would poll every half
 * second. `selector` is CSS.
 */
export async function click(page: Page | Frame, selector: string, timeout = WAIT_MS_MAX): Promise<void> {
  await ripe(page, selector, timeout);
  await page.click(selector, { timeout });
}

/** Waits until a part of a layer, or the layer itself, accepts answers. By time: a background tab draws no frames. */
export async function ripe(page: Page | Frame, selector: string, timeout = WAIT_MS_MAX): Promise<void> {
  const isRipe = (css: string) => document.querySelector(css)?.closest('[data-samtycke-fresh]') === null;
  await page.waitForFunction(isRipe, selector, { timeout, polling: 20 });
}
