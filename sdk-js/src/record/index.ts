/** Asks, records and takes back in a page. Loaded after what is permitted has been released. */
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

/** What the page's first steps hand through. */
export interface Recorder {
  /** Opens the settings. Rejects where they cannot be had. */
  open(): Promise<void>;
  /** Records a yes to these purposes, or categories, by a click that named them. Opens the settings where that takes more. */
  grant(words: readonly string[]): Promise<void>;
  /** Takes these purposes, or categories, back; or everything. Done here when it resolves. */
  withdraw(purposes?: string[]): Promise<void>;
  /** Draws everything anew, in this language or in the page's. */
  setLanguage(tag?: string): Promise<void>;
}

/** Takes a page over. To be called once. */
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
  /** Closed or answered in this page, so not asked again here. */
  let isAnswered = false;
  /** A yes does not hold: asked again, whatever else is known. */
  let mustAskAgain = false;
  /** Somebody at this page is taking something back. */
  let isOwnAction = false;
  let before = givenIds(page.view());
  let clear: Clear | undefined;
  let isClearLoading = false;
  let isExplained = false;
  let isSignalCounted = false;

  /** Looks at everything anew: what is released, what has to be cleared, whether somebody is asked. */
  function changed(): void {
    page.changed();
    port.writeCacheCookie();
    const now = givenIds(page.view());
    const taken = before.filter((id) => !now.includes(id));
    before = now;
    const isOwn = isOwnAction;
    // There before it is needed: so what is taken back without a network is cleared too.
    if (now[0] && !isClearLoading) loadClear().catch(reportError);
    if (taken[0])
      loadClear()
        .then((clear) => clear(taken, now, isOwn))
        .catch(reportError);
    void updatePrompt().catch(reportError);
  }

  /** What clears. A failure is told, and tried again where there is something to clear. */
  async function loadClear(): Promise<Clear> {
    isClearLoading = true;
    const module = await import('./clear.js');
    clear ??= module.clearWithdrawn(page);
    return clear;
  }

  /** Who asks in this page's stead. */
  async function findOuterBanner(): Promise<OuterBanner> {
    return window !== window.parent && (await import('./frames.js')).outerBannerFor(page);
  }

  async function updatePrompt(): Promise<void> {
    banner = await page.banner();
    if (!banner) {
      if (!isExplained) await import('./explain.js').then((module) => module.explain(page));
      isExplained = true;
      return;
    }
    const isQuiet = await findOuterBanner();
    const view = page.view();
    const wanted = !isQuiet && (mustAskAgain || (!isAnswered && idsToAsk(banner, view).length > 0));
    if (ended.aborted) return;
    // Nobody has to be asked for a signal to be honoured, so that is counted apart.
    if (!isSignalCounted && !isQuiet && view.gpc && banner.purposes.some(({ id, gpc }) => gpc && !acknowledged(id))) {
      isSignalCounted = true;
      session.count('signal', banner);
    }
    const turns = wanted !== asking;
    asking = wanted;
    const drawn = await (turns ? loadUi() : ui);
    if (turns) asking ? drawn!.prompt() : drawn!.close();
    // What stands, and what is honoured, may be something else now.
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
      shown: () => session.count('shown', document),
    });
    ended.addEventListener('abort', drawn.unmount);
    return drawn;
  }

  /** A yes that does not hold is asked for again, together with whatever else does not stand. */
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
    // The newest that says something about it.
    const entry = [...local.q].reverse().find(({ yes, no }) => yes.includes(id) || no.includes(id));
    if (entry) return entry.yes.includes(id);
    return stored && (stored.token ? stored.purposes.find((purpose) => purpose.id === id)?.given : false);
  }

  function decide(decision: Decision, document: BannerDocument): void {
    mustAskAgain = false;
    if (decision.kind === 'defer') {
      isAnswered = true;
      attempt(() => sessionStorage.setItem(key, 'd'));
      session.count('deferred', document);
      changed();
      return;
    }
    const { kind, given: yes, refused } = decision;
    const taken = record({ yes, no: kind === 'refuse' ? undefined : refused, banner: document, decision });
    if (!yes.length) announce(taken.length ? 'withdrawn' : 'saved');
  }

  async function grant(words: readonly string[]): Promise<void> {
    const document = await page.banner();
    const needed = questionsOf(document).filter((one) => isNamed(one, words));
    const instead = await findOuterBanner();
    // A special category takes a statement of its own, in words that only the settings have room for. And in another
    // site's page nobody gives anything where the site does not want that.
    const isElsewhere = instead && !('allowed' in instead);
    if (!document || isElsewhere || !needed.length || needed.some(({ own }) => own)) return open();
    const given = needed.map(({ id }) => id);
    decide({ kind: 'save', given, refused: [], method: 'button', gpc_shown: page.view().gpc }, document);
  }

  async function withdraw(words?: string[]): Promise<void> {
    const { stored, local } = page.view();
    // A no must not wait for the network where there is something to take back.
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

  /** A link or button of the page's own that opens the settings. A link goes where it leads where they cannot be had. */
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
  // Another tab's message can be here before what that tab has stored. This comes with it.
  addEventListener('storage', (event) => (event.key ?? key) !== key || refresh(), until);
  document.addEventListener('click', openByPage, until);
  // The page's own word for its language, unless it was told to us.
  const lang = new MutationObserver(() => options.language || void setLanguage().catch(reportError));
  lang.observe(document.documentElement, { attributeFilter: ['lang'] });
  ended.addEventListener('abort', () => {
    lang.disconnect();
    channel?.close();
  });
  resume();
  // The control comes by itself: what was given must be as easy to take back.
  if (options.control !== 'none' || page.view().gpc) loadUi().then(changed, () => {});

  return { open, grant, withdraw, setLanguage };
}

/** What is asked, answer by answer. */
function questionsOf(document: BannerDocument | undefined): { id: string; category: Category; own: boolean }[] {
  return (document?.purposes ?? []).flatMap((purpose) =>
    answerIds(purpose).map((id) => ({ id, category: purpose.category, own: purpose.own_statement })),
  );
}

const isPartOf = (id: string, purpose: string) => id === purpose || id.startsWith(`${purpose}/`);

/** Whether it is named: itself, its purpose or category, or a service of what is answered as a whole. */
function isNamed({ id, category }: { id: string; category?: Category }, words: readonly string[]): boolean {
  return words.some((word) => word === category || isPartOf(id, word) || isPartOf(word, id));
}

/** Purposes and services that are given, by this browser's word. */
function givenIds({ stored, local }: View): string[] {
  return (stored?.purposes ?? [])
    .filter(({ id, given }) => given && !local.q.some((entry) => entry.no.includes(id)))
    .map(({ id }) => id);
}
