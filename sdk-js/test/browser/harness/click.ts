/** Presses what can be answered, as soon as it can be. */
import type { Frame, Page } from 'playwright-core';

/** Longest wait for something that has to happen. */
export const WAIT_MS_MAX = 20_000;

/**
 * Waits in the page, where a layer takes no answers for its first moment, and presses then. The browser's driver alone would
 * look half a second apart. `selector` is CSS.
 */
export async function click(page: Page | Frame, selector: string, timeout = WAIT_MS_MAX): Promise<void> {
  await ripe(page, selector, timeout);
  await page.click(selector, { timeout });
}

/** Waits until what is in a layer can be answered, or until the layer can. By time: a tab in the background draws no frames. */
export async function ripe(page: Page | Frame, selector: string, timeout = WAIT_MS_MAX): Promise<void> {
  const isRipe = (css: string) => document.querySelector(css)?.closest('[data-samtycke-fresh]') === null;
  await page.waitForFunction(isRipe, selector, { timeout, polling: 20 });
}
