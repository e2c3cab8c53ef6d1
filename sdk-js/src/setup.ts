/**
 * Puts the parts together in a page. What every page load needs is here: read the stored choice, release what it permits.
 * Everything else (asking, recording, drawing) comes later, in chunks of its own.
 */
import type { BannerDocument, Options, Samtycke } from './contract.js';
import { parseBox } from './core/box.js';
import { newest, ourValues } from './core/cookie.js';
import { isPermitted, stateOf, type View } from './core/permission.js';
import { createStore } from './core/store.js';
import { createGate, type Gate } from './gate/index.js';
import type { Recorder } from './record/index.js';

/** What the lazy chunks share with the page's first steps. The page itself gets none of it. */
export interface Page {
  options: Options;
  /** Where samtycke is: ends in a slash. */
  server: string;
  /** Key of the box in localStorage. */
  key: string;
  /** The box, where the browser stores nothing. Gone with the page. */
  memory?: string | undefined;
  /** Seconds by which the server's clock is ahead of this browser's, as far as this page knows. */
  skew: number;
  gate: Gate;
  /** Reads everything anew: other tabs and the server write too. */
  view(): View;
  /** What is asked, in the reader's language; undefined where it cannot be had. The next call after a failure tries again. */
  banner(): Promise<BannerDocument | undefined>;
  /** Something may have changed: tells the bridge, then the gate, then everybody else. */
  changed(): void;
  subscribe: Samtycke['subscribe'];
  /** Ends with `stop()`. */
  ended: AbortSignal;
}

/** Longest wait for an answer; milliseconds. */
export const ANSWER_MS_MAX = 10_000;

/** Longest wait for a quiet moment; milliseconds. */
const IDLE_MS_MAX = 2_000;

/** The value, or nothing where the browser refuses: blocked storage throws at the first touch. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {}
}

/** Starts in this page. What is permitted is released before it returns, unless a bridge has to be told first. */
export function start(options: Options): Samtycke {
  const end = new AbortController();
  const allowed = (word: string) => !end.signal.aborted && isPermitted(word, page.view());
  let asked: Promise<BannerDocument | undefined> | undefined;
  let tellBridge = () => {};
  let released = false;
  let record: Promise<Recorder> | undefined;

  const page: Page = {
    options,
    server: new URL((options.server ?? '').replace(/\/?$/, '/'), location.href).href,
    key: `samtycke-1:${options.key}`,
    skew: 0,
    view() {
      const clock = Math.floor(Date.now() / 1000);
      const box = parseBox(page.memory ?? attempt(() => localStorage.getItem(page.key)));
      return {
        stored: newest([...ourValues(attempt(() => document.cookie) ?? ''), box.k ?? '']),
        box,
        gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
        clock,
        now: clock + page.skew,
        deferred: attempt(() => sessionStorage.getItem('samtycke-1')) === 'd',
      };
    },
    banner: () => (asked ??= fetchBanner()),
    changed() {
      if (released && !end.signal.aborted) {
        tellBridge();
        page.gate.sync(allowed);
      }
      if (store.set(stateOf(page.view())) && released) tell('change');
    },
    subscribe: (listener) => store.subscribe(listener),
    ended: end.signal,
    gate: createGate({
      nonce: options.nonce,
      theme: options.theme,
      ask: (words, said) => void load().then((recorder) => (said ? recorder.give(words) : recorder.open())),
      document: () => page.banner(),
    }),
  };

  async function fetchBanner(): Promise<BannerDocument | undefined> {
    const languages = new Set([options.language, document.documentElement.lang, ...navigator.languages]);
    const query = new URLSearchParams({
      language: [...languages].filter(Boolean).join(),
      variant: options.variant ?? 'adult',
    });
    try {
      const url = `${page.server}v1/banner/${options.key}?${query}`;
      const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
      if (response.ok) return await response.json();
    } catch {}
    asked = undefined;
  }

  const tell = (name: string) => document.dispatchEvent(new CustomEvent(`samtycke:${name}`, { detail: store.state() }));

  async function release(): Promise<void> {
    if (options.google) {
      // The update must precede every tag, so nothing is released before the bridge knows what it says.
      const [banner, { createGoogle }] = await Promise.all([page.banner(), import('./bridges/google.js')]);
      const google = createGoogle();
      tellBridge = () => google.update(banner?.purposes ?? [], allowed);
    }
    released = true;
    page.changed();
    tell('ready');
  }

  /** Loads what asks and records. A failure is not remembered: the network may come back. */
  const load = () =>
    (record ??= import('./record/index.js').then(
      (module) => module.attach(page),
      (error) => {
        record = undefined;
        throw error;
      },
    ));
  const loadQuietly = () => void load().catch(() => {});

  const store = createStore(stateOf(page.view()));
  const ready = release();
  void page.banner();
  const { choice, allowed: permitted } = store.state();
  // At once where somebody is to be asked, or the server to be. Otherwise the page goes first.
  if (choice === 'none') import('./ui/index.js').catch(() => {});
  if (choice !== 'refused' && !permitted.length) loadQuietly();
  else if (typeof requestIdleCallback === 'function') requestIdleCallback(loadQuietly, { timeout: IDLE_MS_MAX });
  else setTimeout(loadQuietly);
  addEventListener('online', loadQuietly, { signal: end.signal });

  return {
    allowed,
    state: store.state,
    subscribe: page.subscribe,
    open: async () => (await load()).open(),
    language: async () => {},
    withdraw: async (purposes) => (await load()).withdraw(purposes),
    ready,
    stop() {
      end.abort();
      page.gate.stop();
    },
  };
}
