/** Prompts, records and withdraws in a page. Loaded after the gate has released what is permitted. */
import type { BannerDocument, Category, Decision, Ui } from '../contract.js';
import { idsToAsk } from '../core/ask.js';
import type { ChoiceInput } from '../core/choose.js';
import { answerIds, type View } from '../core/permission.js';
import { attempt, type Page, reportError } from '../setup.js';
import { mount } from '../ui/index.js';
import { browserPort } from './browser.js';
import type { Clear } from './clear.js';
import type { OuterBanner } from './frames.js';
import type { RecordProgress } from './port.js';
import { createSession } from './session.js';

/** What setup.ts calls. */
export interface Recorder {
  /** Opens the settings. Rejects if they cannot be loaded. */
  open(): Promise<void>;
  /**
   * Records a grant for these purposes or categories, after a click that named them. Opens the settings if more is
   * needed.
   */
  grant(words: readonly string[]): Promise<void>;
  /** Withdraws these purposes or categories, or everything. Resolves once this browser has stored it. */
  withdraw(purposes?: string[]): Promise<void>;
  /** Draws everything again in this language, or in the page's. */
  setLanguage(tag?: string): Promise<void>;
}

/** Takes over a page. Call it once. */
export async function attach(page: Page): Promise<Recorder> {
  const { options, ended, key } = page;
  const until = { signal: ended };
  const channel = attempt(() => new BroadcastChannel(key));
  const port = await browserPort(page, {
    changed() {
      changed();
      channel?.postMessage(0);
    },
    progress,
  });
  const session = createSession(port);
  let ui: Promise<Ui> | undefined;
  let banner: BannerDocument | undefined;
  let asking = false;
  /** The user closed or answered the prompt in this page, so it is not shown here again. */
  let isAnswered = false;
  /** A grant does not hold: prompt again, whatever else is stored. */
  let mustAskAgain = false;
  /** The user is withdrawing in this page. */
  let isOwnAction = false;
  let before = givenIds(page.view());
  let clear: Clear | undefined;
  let isClearLoading = false;
  let isExplained = false;
  let isSignalCounted = false;

  /** Reads everything again: what to release, what to clear, and whether to prompt. */
  function changed(): void {
    page.changed();
    port.writeCacheCookie?.();
    const now = givenIds(page.view());
    const taken = before.filter((id) => !now.includes(id));
    before = now;
    const isOwn = isOwnAction;
    // Loaded before it is needed, so that a withdrawal without a network is cleared too.
    if (now[0] && !isClearLoading) loadClear().catch(reportError);
    if (taken[0])
      loadClear()
        .then((clear) => clear(taken, now, isOwn))
        .catch(reportError);
    void updatePrompt().catch(reportError);
  }

  /** Loads the part that clears. A failure is reported, and loading is tried again when something must be cleared. */
  async function loadClear(): Promise<Clear> {
    isClearLoading = true;
    const module = await import('./clear.js');
    clear ??= module.clearWithdrawn(page);
    return clear;
  }

  /** The banner of an outer page that prompts instead of this one. */
  async function findOuterBanner(): Promise<OuterBanner> {
    return window !== window.parent && (await import('./frames.js')).outerBanner(page);
  }

  async function updatePrompt(): Promise<void> {
    banner = await page.banner();
    if (!banner) {
      if (!isExplained) await (await import('./explain.js')).explain(page);
      isExplained = true;
      return;
    }
    const isQuiet = await findOuterBanner();
    const view = page.view();
    const wanted = !isQuiet && (mustAskAgain || (!isAnswered && idsToAsk(banner, view).length > 0));
    if (ended.aborted) return;
    // A signal is honoured without a prompt, so it is counted separately.
    if (!isSignalCounted && !isQuiet && view.gpc && banner.purposes.some(({ id, gpc }) => gpc && !acknowledged(id))) {
      isSignalCounted = true;
      session.count('signal', banner);
    }
    const turns = wanted !== asking;
    asking = wanted;
    const drawn = await (turns ? loadUi() : ui);
    if (turns) asking ? drawn!.prompt() : drawn!.close();
    // The choice or the signal may have changed.
    if (!isQuiet) drawn?.control();
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
    const document = await page.banner();
    if (!document) throw new Error('samtycke: the server cannot be reached');
    const drawn = mount({
      document,
      options: {
        control: 'auto',
        position: 'bottom',
        layout: 'card',
        theme: 'auto',
        declaration: `${page.server}declaration/${options.key}`,
        ...options,
      },
      get gpc() {
        return page.view().gpc;
      },
      chosen,
      acknowledged,
      asked: () => askedNow(document),
      changes: () => document.changes.find(({ since }) => since === page.view().stored?.notice8),
      testing: options.key.startsWith('pk_test_'),
      decide: (decision) => decide(decision, document),
      shown: () => session.shown(document),
    });
    ended.addEventListener('abort', drawn.unmount);
    return drawn;
  }

  /** A grant that does not hold is asked again, together with everything else that is not given. */
  function askedNow(document: BannerDocument): string[] {
    const asked = idsToAsk(document, { ...page.view(), deferred: false });
    return mustAskAgain && !asked[0] ? document.purposes.flatMap(answerIds).filter((word) => !chosen(word)) : asked;
  }

  async function setLanguage(tag?: string): Promise<void> {
    if (tag) options.language = tag;
    const was = banner?.language;
    banner = (await page.banner(true)) ?? banner;
    const old = await ui;
    if (!banner || ended.aborted || was === banner.language) return;
    if (document.querySelector('.samtycke-embed'))
      void import('../gate/placeholder.js').then((module) => module.update());
    if (!old) return;
    const isOpen = document.querySelector('.samtycke-second');
    old.unmount();
    ui = undefined;
    const drawn = await loadUi();
    if (asking) drawn.prompt();
    if (isOpen) await drawn.settings();
    if (!(await findOuterBanner())) drawn.control();
  }

  function acknowledged(id: string): boolean {
    return !!page.view().stored?.purposes.some((one) => isPartOf(one.id, id) && one.given && !one.gpc);
  }

  function chosen(id: string): boolean | undefined {
    const purpose = page.known?.purposes.find((one) => one.id === id);
    const said = purpose ? answerIds(purpose).map(answerOf) : [answerOf(id)];
    return said.includes(true) || (said.includes(false) ? false : undefined);
  }

  function answerOf(id: string): boolean | undefined {
    const { stored, local } = page.view();
    // The newest submission that decides about it.
    const entry = [...local.q].reverse().find(({ yes, no }) => yes.includes(id) || no.includes(id));
    if (entry) return entry.yes.includes(id);
    return stored && (stored.token ? stored.purposes.find((purpose) => purpose.id === id)?.given : false);
  }

  function decide(decision: Decision, document: BannerDocument): void {
    mustAskAgain = false;
    if (decision.kind === 'close') {
      isAnswered = true;
      attempt(() => sessionStorage.setItem(key, 'd'));
      session.count('deferred', document);
      changed();
      return;
    }
    const { kind, given: yes, refused } = decision;
    const taken = record({ yes, no: kind === 'reject' ? undefined : refused, banner: document, decision });
    if (!yes.length) announce(taken.length ? 'withdrawn' : 'saved');
  }

  async function grant(words: readonly string[]): Promise<void> {
    const document = await page.banner();
    const needed = questionsOf(document).filter((one) => isNamed(one, words));
    const instead = await findOuterBanner();
    // A special category needs a statement of its own, which only the settings have room for. In a frame of another
    // site that
    // opted out, nothing can be given.
    const isElsewhere = instead && !('allowed' in instead);
    if (!document || isElsewhere || !needed.length || needed.some(({ own }) => own)) return open();
    const given = needed.map(({ id }) => id);
    decide({ kind: 'save', given, refused: [], method: 'button' }, document);
  }

  async function withdraw(words?: string[]): Promise<void> {
    const { stored, local } = page.view();
    // A withdrawal must not wait for the network if there is something to withdraw.
    const known = stored || local.q.length ? banner : await page.banner();
    const queued = local.q.flatMap(({ yes }) => yes.map((id) => ({ id })));
    const named = [...(stored?.purposes ?? []), ...questionsOf(known), ...queued];
    mustAskAgain = false;
    const no = words && [...new Set(named.flatMap((one) => (isNamed(one, words) ? one.id : [])))];
    if (record({ yes: [], no, banner: known }).length) announce('withdrawn');
  }

  function record(input: ChoiceInput): string[] {
    isOwnAction = true;
    const taken = session.record(input);
    isOwnAction = false;
    return taken;
  }

  function progress(progress: RecordProgress): void {
    isAnswered ||= progress === 'saved';
    mustAskAgain = progress === 'again';
    announce(progress);
    changed();
  }

  function announce(word: RecordProgress | 'withdrawn'): void {
    void ui?.then((drawn) => drawn.say(word === 'again' || !banner ? '' : banner.words[word])).catch(() => {});
  }

  /** Handles a link or button of the page that opens the settings. If they cannot be loaded, a link is followed. */
  function openByPage(event: Event): void {
    const opener = (event.target as Element).closest('[data-samtycke-action=settings]:not(.samtycke *)');
    if (!opener) return;
    const { href } = opener as HTMLAnchorElement;
    if (banner) event.preventDefault();
    open().catch((error) => {
      reportError(error);
      if (banner && href) location.assign(href);
    });
  }

  async function open(): Promise<void> {
    const instead = await findOuterBanner();
    if (instead) return instead.open();
    await (await loadUi()).settings();
  }

  function refresh(): void {
    session.refresh();
    changed();
  }

  function resume(): void {
    refresh();
    void session.flush();
  }

  for (const event of ['online', 'pageshow']) addEventListener(event, resume, until);
  document.addEventListener('visibilitychange', () => document.hidden || resume(), until);
  channel?.addEventListener('message', refresh, until);
  // A message from another tab can arrive before what that tab has stored. This event arrives with it.
  addEventListener('storage', (event) => (event.key ?? key) !== key || refresh(), until);
  document.addEventListener('click', openByPage, until);
  // The language of the page, unless an option sets one.
  const lang = new MutationObserver(() => options.language || void setLanguage().catch(reportError));
  lang.observe(document.documentElement, { attributeFilter: ['lang'] });
  ended.addEventListener('abort', () => {
    lang.disconnect();
    channel?.close();
  });
  resume();
  // The control appears by itself: withdrawing must be as easy as giving.
  if (options.control !== 'none' || page.view().gpc) loadUi().then(changed, () => {});

  return { open, grant, withdraw, setLanguage };
}

/** Everything that is asked, one entry per answer. */
function questionsOf(document: BannerDocument | undefined): { id: string; category: Category; own: boolean }[] {
  return (document?.purposes ?? []).flatMap((purpose) =>
    answerIds(purpose).map((id) => ({ id, category: purpose.category, own: purpose.own_statement })),
  );
}

const isPartOf = (id: string, purpose: string) => id === purpose || id.startsWith(`${purpose}/`);

/**
 * Whether these words name it: the id itself, its purpose or category, or a service of a purpose that is asked as a
 * whole.
 */
function isNamed({ id, category }: { id: string; category?: Category }, words: readonly string[]): boolean {
  return words.some((word) => word === category || isPartOf(id, word) || isPartOf(word, id));
}

/** Purposes and services that are given, as far as this browser knows. */
function givenIds({ stored, local }: View): string[] {
  return (stored?.purposes ?? [])
    .filter(({ id, given }) => given && !local.q.some((entry) => entry.no.includes(id)))
    .map(({ id }) => id);
}
