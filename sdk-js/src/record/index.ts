/** Asks, records and takes back in a page. Loaded after what is permitted has been released. */
import type { BannerDocument, Decision, Ui } from '../contract.js';
import { toAsk } from '../core/ask.js';
import { reasonOf, type View } from '../core/permission.js';
import { attempt, type Page } from '../setup.js';
import { browserPort } from './browser.js';
import type { News } from './port.js';
import { createSession } from './session.js';

/** What the page's first steps hand through. */
export interface Recorder {
  /** Opens the settings. Rejects where they cannot be had. */
  open(): Promise<void>;
  /** Takes these purposes, or categories, back; or everything. Done here when it resolves. */
  withdraw(purposes?: string[]): Promise<void>;
}

/** How often a page that stays open looks whether what it relies on is still confirmed; milliseconds. */
const LOOK_MS = 900_000;

/** Takes a page over. To be called once. */
export function attach(page: Page): Recorder {
  const { options, ended } = page;
  const channel = attempt(() => new BroadcastChannel('samtycke-1'));
  const session = createSession(
    browserPort(page, {
      changed() {
        changed();
        channel?.postMessage(0);
      },
      news,
    }),
  );
  let ui: Promise<Ui> | undefined;
  let banner: BannerDocument | undefined;
  let asking = false;
  /** Closed or answered in this page, so not asked again here. */
  let quiet = false;
  /** A yes does not hold: asked again, whatever else is known. */
  let again = false;
  let before = standing(page.view());

  /** Looks at everything anew: what is released, what has to be cleared, whether somebody is asked. */
  function changed(): void {
    page.changed();
    const now = standing(page.view());
    const taken = before.filter((id) => !now.includes(id));
    before = now;
    if (taken.length) void clear(taken, now);
    void consider().catch(() => {});
  }

  /** Clears what purposes left behind, and reloads where something of theirs still runs. */
  async function clear(taken: readonly string[], kept: readonly string[]): Promise<void> {
    const { purposes = [] } = (await page.banner()) ?? {};
    const uses = (ids: readonly string[]) => purposes.filter(({ id }) => ids.includes(id)).flatMap((p) => p.terminal);
    const needed = uses(kept).map((use) => use.name);
    const gone = uses(taken).filter((use) => !needed.includes(use.name));
    if (gone.length) await import('../gate/clear.js').then((module) => module.clearTerminal(gone)).catch(() => {});
    const view = page.view();
    if (page.gate.ran().some((word) => /^(refused|no_choice|pending)$/.test(reasonOf(word, view)))) location.reload();
  }

  async function consider(): Promise<void> {
    banner = await page.banner();
    const wanted = !!banner && (again || (!quiet && toAsk(banner, page.view()).length > 0));
    if (ended.aborted || wanted === asking) return;
    asking = wanted;
    const drawn = await loadUi();
    if (asking) drawn.prompt();
    else drawn.close();
  }

  function loadUi(): Promise<Ui> {
    ui ??= draw().catch((error) => {
      ui = undefined;
      asking = false;
      throw error;
    });
    return ui;
  }

  async function draw(): Promise<Ui> {
    const [{ mount }, document] = await Promise.all([import('../ui/index.js'), page.banner()]);
    if (!document) throw new Error('samtycke: the server cannot be reached');
    const drawn = mount({
      document,
      options: {
        control: options.control ?? 'auto',
        position: options.position ?? 'bottom',
        theme: options.theme ?? 'auto',
        ...(options.nonce && { nonce: options.nonce }),
      },
      get gpc() {
        return page.view().gpc;
      },
      chosen,
      acknowledged: (id) => !!page.view().stored?.purposes.some((one) => one.id === id && one.given && !one.gpc),
      decide: (decision) => decide(decision, document),
      shown: () => session.count('shown', document),
    });
    ended.addEventListener('abort', drawn.unmount);
    if (options.control !== 'none') drawn.control();
    return drawn;
  }

  function chosen(id: string): boolean | undefined {
    const { stored, box } = page.view();
    // The newest that says something about it.
    for (const entry of [...box.q].sort((a, b) => b.n - a.n)) {
      if (entry.yes.includes(id)) return true;
      if (entry.no.includes(id)) return false;
    }
    return stored && (stored.token ? stored.purposes.find((purpose) => purpose.id === id)?.given : false);
  }

  function decide(decision: Decision, document: BannerDocument): void {
    again = false;
    if (decision.kind === 'defer') {
      quiet = true;
      attempt(() => sessionStorage.setItem('samtycke-1', 'd'));
      session.count('deferred', document);
      changed();
      return;
    }
    const { kind, given: yes, refused } = decision;
    const taken = session.say({ yes, no: kind === 'refuse' ? undefined : refused, banner: document, decision });
    if (!yes.length) say(taken.length ? 'withdrawn' : 'saved');
  }

  async function withdraw(purposes?: string[]): Promise<void> {
    const view = page.view();
    const ids = view.stored?.purposes.filter(({ category }) => purposes?.includes(category)).map(({ id }) => id) ?? [];
    // A no must not wait for the network where there is something to take back.
    const known = view.stored || view.box.q.length ? banner : await page.banner();
    again = false;
    if (session.say({ yes: [], no: purposes && [...purposes, ...ids], banner: known }).length) say('withdrawn');
  }

  function news(news: News): void {
    quiet ||= news === 'saved';
    again = news === 'again';
    say(news);
    changed();
  }

  function say(word: News | 'withdrawn'): void {
    void ui?.then((drawn) => drawn.say(word === 'again' || !banner ? '' : banner.words[word])).catch(() => {});
  }

  function wake(): void {
    session.look();
    changed();
    void session.flush();
  }

  const signal = { signal: ended };
  for (const event of ['online', 'pageshow']) addEventListener(event, wake, signal);
  document.addEventListener('visibilitychange', () => document.hidden || wake(), signal);
  const timer = setInterval(() => document.hidden || wake(), LOOK_MS);
  if (channel)
    channel.onmessage = () => {
      session.look();
      changed();
    };
  ended.addEventListener('abort', () => {
    clearInterval(timer);
    channel?.close();
  });
  wake();
  // The control comes by itself: what was given must be as easy to take back.
  if (options.control !== 'none') loadUi().catch(() => {});

  return { open: async () => (await loadUi()).settings(), withdraw };
}

/** Purposes that are given, by this browser's word. */
function standing({ stored, box }: View): string[] {
  return (stored?.purposes ?? [])
    .filter(({ id, given }) => given && !box.q.some((entry) => entry.no.includes(id)))
    .map(({ id }) => id);
}
