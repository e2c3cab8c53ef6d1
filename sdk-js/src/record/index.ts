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
  /** Records a yes to these purposes, or categories, by a click that named them. Opens the settings where that takes more. */
  give(words: readonly string[]): Promise<void>;
  /** Takes these purposes, or categories, back; or everything. Done here when it resolves. */
  withdraw(purposes?: string[]): Promise<void>;
}

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
    try {
      const [module, known] = await Promise.all([import('./clear.js'), page.banner()]);
      if (known) await module.clear(known.purposes, taken, kept);
    } catch {}
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
      options: { control: 'auto', position: 'bottom', layout: 'card', theme: 'auto', ...options },
      get gpc() {
        return page.view().gpc;
      },
      chosen,
      acknowledged: (id) => !!page.view().stored?.purposes.some((one) => one.id === id && one.given && !one.gpc),
      asked: () => toAsk(document, page.view()).map(({ id }) => id),
      changes: () => document.changes.find(({ since }) => since === page.view().stored?.notice8),
      testing: options.key.startsWith('pk_test_'),
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
    const entry = [...box.q].reverse().find(({ yes, no }) => yes.includes(id) || no.includes(id));
    if (entry) return entry.yes.includes(id);
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

  async function give(words: readonly string[]): Promise<void> {
    const document = await page.banner();
    const needed =
      document?.purposes.filter(({ id, category }) => words.includes(id) || words.includes(category)) ?? [];
    // A special category takes a statement of its own, in words that only the settings have room for.
    if (!document || !needed.length || needed.some((purpose) => purpose.own_statement)) return open();
    const given = needed.map(({ id }) => id);
    decide({ kind: 'save', given, refused: [], method: 'button', gpc_shown: page.view().gpc }, document);
  }

  async function withdraw(words?: string[]): Promise<void> {
    const { stored, box } = page.view();
    // A no must not wait for the network where there is something to take back.
    const known = stored || box.q.length ? banner : await page.banner();
    const named = [...(stored?.purposes ?? []), ...(known?.purposes ?? [])]
      .filter(({ id, category }) => words?.includes(id) || words?.includes(category))
      .map(({ id }) => id);
    const queued = box.q.flatMap((entry) => entry.yes).filter((id) => words?.includes(id));
    again = false;
    const no = words && [...new Set([...named, ...queued])];
    if (session.say({ yes: [], no, banner: known }).length) say('withdrawn');
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

  /** A link or button of the page's own that opens the settings. A link goes where it leads as long as they cannot be had. */
  function openByPage(event: Event): void {
    if (!(event.target as Element).closest('[data-samtycke-action=settings]:not(.samtycke *)')) return;
    if (banner) event.preventDefault();
    void open().catch(() => {});
  }

  const open = async () => (await loadUi()).settings();

  function look(): void {
    session.look();
    changed();
  }

  function wake(): void {
    look();
    void session.flush();
  }

  const until = { signal: ended };
  for (const event of ['online', 'pageshow']) addEventListener(event, wake, until);
  document.addEventListener('visibilitychange', () => document.hidden || wake(), until);
  channel?.addEventListener('message', look, until);
  // Another tab's message can be here before what that tab has stored. This comes with it.
  addEventListener('storage', ({ key }) => (key ?? page.key) !== page.key || look(), until);
  document.addEventListener('click', openByPage, until);
  ended.addEventListener('abort', () => channel?.close());
  wake();
  // The control comes by itself: what was given must be as easy to take back.
  if (options.control !== 'none') loadUi().catch(() => {});

  return { open, give, withdraw };
}

/** Purposes that are given, by this browser's word. */
function standing({ stored, box }: View): string[] {
  return (stored?.purposes ?? [])
    .filter(({ id, given }) => given && !box.q.some((entry) => entry.no.includes(id)))
    .map(({ id }) => id);
}
