/** The user interface alone in a page, without a server: see test/ui-lab/lab.ts. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Decision, Ui } from '../../src/contract.js';
import { ripe as isRipe } from './harness/click.js';
import { type Lab, startLab } from './lab.js';

declare global {
  interface Window {
    lab?: { ui: Ui; decisions: Decision[]; counts: { shown: number } };
  }
}

export const FIRST = '.samtycke-first';
export const SECOND = '.samtycke-second';
export const CONTROL = '.samtycke-control';
export const action = (layer: string, name: string) => `${layer} [data-samtycke-action=${name}]`;
export const SCRIPT = '<script type="module" src="/lab/lab.js"></script>';
/** An ordinary page. */
export const BODY = '<body><main><h1>Loomer</h1><p>En sida.</p><p><a href="#a">Länk</a></p></main></body>';

export interface Opened {
  page: Page;
  console: string[];
  errors: string[];
}

export interface UiOf {
  /** The page's HTML, without the banner's script. */
  html?: string;
  /** Instead of a script at the end of the head. */
  script?: string;
  headers?: Record<string, string>;
  context?: BrowserContextOptions;
  /** Runs before anything of the page. */
  before?: () => void;
  /** Does not wait for the banner. */
  early?: boolean;
}

export const startUiLab = (): Promise<Lab> => startLab({ lab: 'test/ui-lab/lab.ts' });

export async function openUi(lab: Lab, query: string, of: UiOf = {}): Promise<Opened> {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Loomer</title>`;
  const url = lab.page(`${head}${of.script ?? SCRIPT}${of.html ?? BODY}`, of.headers);
  const context = await lab.browser.newContext({ viewport: { width: 1280, height: 800 }, ...of.context });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const opened: Opened = { page, console: [], errors: [] };
  page.on('console', (message) => opened.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => opened.errors.push(String(error)));
  if (of.before) await page.addInitScript(of.before);
  await page.goto(`${url}?${query}`, { waitUntil: of.early ? 'commit' : 'load' });
  if (!of.early) await page.waitForFunction(() => 'lab' in window);
  return opened;
}

/** Waits until a layer accepts answers. */
export const ripe = (page: Page, layer = FIRST): Promise<void> => isRipe(page, layer);

export const decisions = (page: Page): Promise<Decision[]> => page.evaluate(() => window.lab?.decisions ?? []);
export const kinds = async (page: Page): Promise<string[]> => (await decisions(page)).map(({ kind }) => kind);
export const counted = (page: Page): Promise<number> => page.evaluate(() => window.lab?.counts.shown ?? 0);

/** Waits until so many frames have been drawn. */
export function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (left) => {
    for (let frame = 0; frame < left; frame += 1) await new Promise(requestAnimationFrame);
  }, count);
}
