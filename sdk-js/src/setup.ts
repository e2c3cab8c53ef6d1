/**
 * Puts the parts together in a page. This file has what every page load needs: it reads the stored choice and releases
 * what it permits. Prompting, recording and drawing come later, in chunks of their own.
 */
import type { BannerDocument, Options, Samtycke } from './contract.js';
import { newestChoice, siteCookieValues } from './core/cookie.js';
import { parseLocalRecord } from './core/local-record.js';
import { isPermitted, stateOf, type View } from './core/permission.js';
import { createStore } from './core/store.js';
import { createGate, type Gate } from './gate/index.js';
import type { Recorder } from './record/index.js';

/** What the lazy chunks share with this file. The page does not see it. */
export interface Page {
  options: Options;
  /** Base URL of the server, with a slash at the end. */
  server: string;
  /** Public id of the site. */
  site: string;
  /** Name of the site's local record, session entry, channel and lock in this browser. */
  key: string;
  /** The local record, if the browser stores nothing. It is lost with the page. */
  memory?: string | undefined;
  /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
  skew: number;
  gate: Gate;
  /** Reads everything again, because other tabs and the server write too. */
  view(): View;
  /**
   * The banner document in the user's language; undefined if it cannot be fetched. After a failure the next call tries
   * again.
   */
  banner(anew?: boolean): Promise<BannerDocument | undefined>;
  /** The last document that `banner` returned. */
  known?: BannerDocument;
  /** Tells Google what is permitted, if the site uses Consent Mode and the document is known. */
  bridge?(): void;
  /** Something may have changed: notifies the bridge, then the gate, then the listeners. */
  changed(): void;
  /** Aborted by `stop()`. */
  ended: AbortSignal;
}

/** Longest wait for a response; milliseconds. Browsers without `AbortSignal.timeout` wait for their own limit. */
export const ANSWER_MS_MAX = 10_000;

/** Longest wait for a part that others do not depend on; milliseconds. */
const PART_MS_MAX = 1_500;

/** Longest wait for an idle moment; milliseconds. */
const IDLE_MS_MAX = 2_000;

/** The value, or undefined if the browser refuses: blocked storage throws at the first access. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {}
}

/** A part that fails to load is reported, and does not stop the others. */
export const reportError = (error: unknown) => console.error('samtycke: see samtycke site embed --check', error);

/** Starts in this page. Releases what is permitted before it returns, unless the page is not visible yet. */
export function start(given: Options): Samtycke {
  const options = { ...given };
  const end = new AbortController();
  const allowed = (word: string) => !end.signal.aborted && isPermitted(word, page.view());
  const site = /^pk_(?:test_)?([\da-f]{12})_/.exec(options.key)?.[1] ?? '';
  // As an attribute, its presence is enough.
  const bridged = (options.google ?? false) !== false;
  let asked: Promise<BannerDocument | undefined> | undefined;
  let released = false;
  let recorder: Promise<Recorder> | undefined;
  const banner = (anew?: boolean) => (asked = (!anew && asked) || fetchBanner());

  const page: Page = {
    options,
    server: new URL((options.server ?? '').replace(/\/?$/, '/'), location.href).href,
    site,
    key: `samtycke-1:${site}`,
    skew: 0,
    view() {
      const clock = Math.floor(Date.now() / 1000);
      const local = parseLocalRecord(page.memory ?? attempt(() => localStorage.getItem(page.key)));
      return {
        stored: newestChoice([...siteCookieValues(attempt(() => document.cookie) ?? '', site), local.k ?? ''], site),
        local,
        gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
        clock,
        now: clock + page.skew,
        deferred: attempt(() => sessionStorage.getItem(page.key)) === 'd',
        // The update must come before every Google tag, so those wait until the bridge is ready.
        held: bridged && !(page.bridge && page.known),
      };
    },
    banner,
    changed() {
      if (end.signal.aborted) return;
      page.bridge?.();
      if (released) page.gate.sync(allowed);
      if (store.set(stateOf(page.view())) && released) dispatch('change');
    },
    ended: end.signal,
    gate: createGate({
      ...options,
      ask: (words, said) => void loadRecorder(said ? 'grant' : 'open', words).catch(reportError),
      document: banner,
    }),
  };

  async function fetchBanner(): Promise<BannerDocument | undefined> {
    const { key, variant, language = document.documentElement.lang } = options;
    // The same URL for all users of a page, so that the page can preload it.
    const url = new URL(`v1/banner/${key}`, page.server);
    if (language) url.searchParams.set('language', language);
    if (variant && variant !== 'adult') url.searchParams.set('variant', variant);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout?.(ANSWER_MS_MAX) });
      if (response.ok) {
        page.known = (await response.json()) as BannerDocument;
        page.changed();
        return page.known;
      }
    } catch {}
    asked = undefined;
  }

  const dispatch = (name: string) =>
    document.dispatchEvent(new CustomEvent(`samtycke:${name}`, { detail: store.state() }));

  /** Waits for a part, but not for long. */
  const briefly = (part: Promise<unknown>) =>
    Promise.race([part.catch(reportError), new Promise((done) => setTimeout(done, PART_MS_MAX))]);

  /** Loads the recorder, and calls it. A failure is not remembered, because the network may come back. */
  const loadRecorder = (act?: keyof Recorder, what?: unknown): Promise<void> => {
    recorder ??= import('./record/index.js').then((module) => module.attach(page));
    return recorder.then(
      (to) => act && to[act](what as never),
      (error) => {
        recorder = undefined;
        throw error;
      },
    );
  };
  const loadInBackground = () => void loadRecorder().catch(reportError);

  async function begin(): Promise<void> {
    // A prerendered page, or one in a background tab, may never be seen.
    if (document.hidden)
      await new Promise((done) => document.addEventListener('visibilitychange', done, { once: true }));
    // Withdrawn data is cleared before anything else can read it: scripts may have written as the last page ended.
    if (attempt(() => localStorage.getItem(`${page.key}:gone`)))
      await briefly(import('./record/clear.js').then((module) => module.clearMarked(page)));
    if (end.signal.aborted) return;
    const { choice, allowed: permitted } = store.state();
    released = true;
    page.changed();
    void banner();
    // At once if the user must be prompted, or the server asked. Otherwise the page loads first.
    if (choice !== 'refused' && !permitted.length) loadInBackground();
    else (globalThis.requestIdleCallback ?? setTimeout)(loadInBackground, { timeout: IDLE_MS_MAX } as never);
    addEventListener('online', loadInBackground, { signal: end.signal });
    await bridge;
    dispatch('ready');
  }

  const store = createStore(stateOf(page.view()));
  const bridge = bridged && briefly(import('./bridges/google.js').then((module) => module.bridge(page, allowed)));
  const samtycke: Samtycke & { site: string } = {
    // For pages in frames: one page prompts for all pages of the same site.
    site,
    allowed,
    state: store.state,
    subscribe: store.subscribe,
    open: () => loadRecorder('open'),
    setLanguage: (tag) => loadRecorder('setLanguage', tag),
    withdraw: (purposes) => loadRecorder('withdraw', purposes),
    ready: begin(),
    stop() {
      end.abort();
      page.gate.stop();
    },
  };
  return samtycke;
}
