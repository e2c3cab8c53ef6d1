/**
 * Puts the parts together in a page. What every page load needs is here: read the stored choice, release what it permits.
 * Everything else (asking, recording, drawing) comes later, in chunks of its own.
 */
import type { BannerDocument, Options, Samtycke } from './contract.js';
import { newestChoice, siteCookieValues } from './core/cookie.js';
import { parseLocalRecord } from './core/local-record.js';
import { isPermitted, stateOf, type View } from './core/permission.js';
import { createStore } from './core/store.js';
import { createGate, type Gate } from './gate/index.js';
import type { Recorder } from './record/index.js';

/** What the lazy chunks share with the page's first steps. The page itself gets none of it. */
export interface Page {
  options: Options;
  /** Where samtycke is: ends in a slash. */
  server: string;
  /** Public id of the site. */
  site: string;
  /** What is the site's in this browser goes by this name: the box, the tab's memory, channel and lock. */
  key: string;
  /** The box, where the browser stores nothing. Gone with the page. */
  memory?: string | undefined;
  /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
  skew: number;
  gate: Gate;
  /** Reads everything anew: other tabs and the server write too. */
  view(): View;
  /** What is asked, in the reader's language; undefined where it cannot be had. The next call after a failure tries again. */
  banner(anew?: boolean): Promise<BannerDocument | undefined>;
  /** What `banner` has answered last. */
  known?: BannerDocument;
  /** Tells Google what is permitted, where the site wants that and it is known. */
  bridge?(): void;
  /** Something may have changed: tells the bridge, then the gate, then everybody else. */
  changed(): void;
  /** Ends with `stop()`. */
  ended: AbortSignal;
}

/** Longest wait for an answer; milliseconds. Browsers that cannot count to it wait as long as they do anyway. */
export const ANSWER_MS_MAX = 10_000;

/** Longest wait for a part that others do not depend on; milliseconds. */
const PART_MS_MAX = 1_500;

/** Longest wait for a quiet moment; milliseconds. */
const IDLE_MS_MAX = 2_000;

/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {}
}

/** A part of us that is missing keeps nothing else from working, and is not kept quiet about. */
export const reportError = (error: unknown) => console.error('samtycke: see samtycke site embed --check', error);

/** Starts in this page. What is permitted is released before it returns, unless nobody sees the page yet. */
export function start(given: Options): Samtycke {
  const options = { ...given };
  const end = new AbortController();
  const allowed = (word: string) => !end.signal.aborted && isPermitted(word, page.view());
  const site = /^pk_(?:test_)?([\da-f]{12})_/.exec(options.key)?.[1] ?? '';
  // As an attribute it is on by being there.
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
        // The update must precede every tag of Google's, so those wait until the bridge knows what it says.
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
    // One address for all readers of a page, so that the page can load it early.
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

  /** Waits for a part of us, but not for long. */
  const briefly = (part: Promise<unknown>) =>
    Promise.race([part.catch(reportError), new Promise((done) => setTimeout(done, PART_MS_MAX))]);

  /** Loads what asks and records, and has it do something. A failure is not remembered: the network may come back. */
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
    // A page that is rendered ahead, or in a tab that nobody has looked at, may never be seen.
    if (document.hidden)
      await new Promise((done) => document.addEventListener('visibilitychange', done, { once: true }));
    // What was taken back goes before anything else can see it: its scripts may have written as the last page went away.
    if (attempt(() => localStorage.getItem(`${page.key}:gone`)))
      await briefly(import('./record/clear.js').then((module) => module.clearMarked(page)));
    if (end.signal.aborted) return;
    const { choice, allowed: permitted } = store.state();
    released = true;
    page.changed();
    void banner();
    // At once where somebody is to be asked, or the server to be. Otherwise the page goes first.
    if (choice !== 'refused' && !permitted.length) loadInBackground();
    else (globalThis.requestIdleCallback ?? setTimeout)(loadInBackground, { timeout: IDLE_MS_MAX } as never);
    addEventListener('online', loadInBackground, { signal: end.signal });
    await bridge;
    dispatch('ready');
  }

  const store = createStore(stateOf(page.view()));
  const bridge = bridged && briefly(import('./bridges/google.js').then((module) => module.bridge(page, allowed)));
  const samtycke: Samtycke & { site: string } = {
    // For pages in frames: one page asks for all that are of one site.
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
