/**
 * The types that the parts of the banner share. Types only: no bundle contains this file.
 *
 * It distinguishes four things. A *choice* is what the user decided. A *permission* is what follows from it now. A
 * *prompt* is the question on the screen. A *signal* is what the browser sends for the user (Global Privacy Control):
 * it removes a permission, and is never a choice.
 */

/** PTS's four words: nödvändiga, inställningar, statistik, marknadsföring. */
export type Category = 'necessary' | 'preferences' | 'statistics' | 'marketing';

/** The audience of a text. */
export type Variant = 'adult' | 'teen' | 'child';

/** `GET /v1/banner/{key}?language=sv-SE,en&variant=adult`: everything the banner draws, in one language. */
export interface BannerDocument {
  v: 1;
  tenant: string;
  site: string;
  /**
   * Public id of the site, 12 hex digits: the middle part of its publishable keys, and the end of its cookie's name.
   */
  site_id: string;
  /** `sha256:<64 hex>`: what a decision names. */
  notice: string;
  version: number;
  language: string;
  variant: Variant;
  direction: 'ltr' | 'rtl';
  /** Languages of the notice in this variant. */
  languages: string[];
  /** The purposes to ask about, in order. Empty: no prompt. */
  purposes: BannerPurpose[];
  /** First 8 hex digits of earlier notices since which nothing changed that requires a new answer. */
  prior_notices_accepted: string[];
  /**
   * What changed since other earlier notices, newest first. If a notice is neither here nor in
   * `prior_notices_accepted`, its changes are unknown.
   */
  changes: NoticeChanges[];
  /** Domains that the cookie may be set for: hosts of the site's origins that are parents of its other origins. */
  cookie_domains: string[];
  text: NoticeText;
  words: Words;
  log: { origin: string; vkey: string };
}

/** What changed for the asked purposes since an earlier notice. */
export interface NoticeChanges {
  /** First 8 hex digits of the earlier notice. */
  since: string;
  purposes: PurposeChange[];
}

/** `added` and `removed`: recipients, kinds of data, periods and similar, in the notice's language. */
export interface PurposeChange {
  id: string;
  kind: 'new' | 'changed';
  added: string[];
  removed: string[];
}

export interface BannerPurpose {
  id: string;
  category: Category;
  /** GPC denies it, unless the user gave it after the banner showed that GPC was on. */
  gpc: boolean;
  /** Never part of "accept all" (GDPR Art. 9(2)(a)). */
  own_statement: boolean;
  /** Google's consent types that follow it. */
  consent_mode: string[];
  /** Seconds after a refusal during which the user is not asked again. */
  reask_s: number;
  /**
   * Uses of the terminal, to clear after a withdrawal. `name` may end in `*`; `vendor` is the only service that it
   * serves.
   */
  terminal: { name: string; kind: TerminalKind; third_party: boolean; vendor?: string }[];
  /** Services that a grant covers, each of which can be asked separately. Empty: the purpose is asked as a whole. */
  vendors: Vendor[];
}

/** Ways of using the terminal. `worker`: a service worker, by its scope or script, and its push subscription. */
export type TerminalKind = 'cookie' | 'storage' | 'pixel' | 'fingerprint' | 'sdk' | 'worker';

/** One service: a recipient of the register. */
export interface Vendor {
  id: string;
  name: string;
}

/** The published text (samtycke-core `NoticeText`). */
export interface NoticeText {
  v: 1;
  language: string;
  variant: Variant;
  title: string;
  intro: string;
  withdraw: string;
  labels: { accept: string; refuse: string; settings: string; save: string; close: string; reopen: string };
  purposes: PurposeWords[];
  others: PurposeWords[];
  contact: { controller: string; contact?: string; dpo_contact?: string; policy_url?: string };
  rights: string;
}

export interface PurposeWords {
  id: string;
  title: string;
  description: string;
  data: string;
  retention: string;
  recipients: string;
  basis: string;
  cookies?: { name: string; lifetime: string; party: string }[];
}

/** The banner's own texts in the notice's language: `ui` of sdk-rust/core/languages/<language>.json. */
export interface Words {
  categories: Record<Category, string>;
  /** Label of purposes that are always on. */
  always: string;
  /** Label that expands a purpose. */
  details: string;
  data: string;
  retention: string;
  recipients: string;
  basis: string;
  /** Heading of the cookie table, and its three columns. */
  cookies: string;
  cookie_name: string;
  cookie_lifetime: string;
  cookie_party: string;
  /** Heading of purposes that need no answer. */
  others: string;
  contact: string;
  policy: string;
  /** Shown if the browser sends GPC. */
  gpc: string;
  /** The same in two or three words, for the control and for pages without one. */
  gpc_short: string;
  /**
   * Says that "accept all" excludes what the signal denies: `{accept}` is the button's label, `{purposes}` what is
   * excluded.
   */
  gpc_left_out: string;
  /** Heading of what changed since the user's last answer. */
  changed: string;
  /** Label of a new purpose. */
  changed_new: string;
  /**
   * Says that "refuse all" also withdraws what is given: `{refuse}` is the button's label, `{purposes}` what is given.
   */
  takes_back: string;
  /** Says why a click by a program gives nothing. */
  by_hand: string;
  /** Heading of the services of a purpose. */
  vendors: string;
  /** Announced to screen readers, and shown briefly. */
  saved: string;
  withdrawn: string;
  /** The choice could not be sent yet. */
  pending: string;
  /** Placeholder of an embed, with `{host}` and `{category}`. */
  embed: string;
  embed_load: string;
  embed_link: string;
}

/** The user's newest answer for each purpose. */
export interface Choice {
  /**
   * Number of the choice in this browser. A higher number is newer, whatever the clocks say; of two equals the refusal
   * holds.
   */
  n: number;
  kind: 'refused' | 'given';
  /** Unix seconds: by this browser's clock for a refusal, by the server's clock for a signed grant. */
  at: number;
  /** First 8 hex digits of the notice. */
  notice8: string;
  /** Empty if everything was refused. */
  purposes: ChoicePurpose[];
}

export interface ChoicePurpose {
  /** The purpose, or `<purpose>/<service>`. */
  id: string;
  category: Category;
  given: boolean;
  /** Denied while the browser sends GPC. */
  gpc: boolean;
  /** The server says that this may be asked again. */
  ask: boolean;
  /** Google's consent types follow it. */
  google: boolean;
}

/** A snapshot; a new object each time something changes. */
export interface State {
  /** The user has not answered, closed the prompt for now, refused everything, or chosen. */
  choice: 'none' | 'deferred' | 'refused' | 'given';
  /** The server has not acknowledged everything yet. */
  pending: boolean;
  gpc: boolean;
  /** Ids of what is permitted now. */
  allowed: readonly string[];
}

/** What the screen reports. Nothing else makes a choice. */
export interface Decision {
  kind: 'accept' | 'reject' | 'save' | 'close';
  /** Ids of purposes; for a purpose with services, each service as `<purpose>/<service>`. */
  given: string[];
  refused: string[];
  method: 'button' | 'toggle_save';
  /** SHA-256 of the drawn layer, 64 hex digits; see ui/measure.ts. */
  ui_hash?: string | undefined;
}

/** What the user interface is given. */
export interface UiContext {
  document: BannerDocument;
  options: UiOptions;
  gpc: boolean;
  /**
   * What is chosen now, by service as `<purpose>/<service>`, or by purpose: true if one of its services is given.
   * Undefined without an answer.
   */
  chosen(id: string): boolean | undefined;
  /** Whether the user gave it after the banner showed that GPC was on. Absent: never. */
  acknowledged?(id: string): boolean;
  /**
   * Purposes, and services as `<purpose>/<service>`, that the prompt is about. Everything else has an answer that
   * holds.
   */
  asked(): readonly string[];
  /** What changed since the notice of the last answer; undefined if there is none, or the changes are unknown. */
  changes(): NoticeChanges | undefined;
  /** The key belongs to a test site: programs may click, and no record is about a real person. */
  testing: boolean;
  decide(decision: Decision): void;
  /** The first layer or the settings have become visible: gets a prompt from the server, unless one is at hand. */
  shown(): void;
}

export interface UiOptions {
  /** Nonce for a <style> element, for browsers without constructable style sheets. */
  nonce?: string;
  /** The persistent control: `auto` unless the page has its own element with `data-samtycke-action="settings"`. */
  control: 'auto' | 'none';
  position: 'bottom' | 'top' | 'centre';
  /** `card` in a corner or the middle; `bar` across the window; `modal` with a backdrop that blocks the page. */
  layout: 'card' | 'bar' | 'modal';
  theme: 'auto' | 'light' | 'dark';
  /** URL of the site's declaration, which lists everything that needs no answer. */
  declaration?: string;
}

/** The user interface: `mount` of ui/index.ts. */
export interface Ui {
  /** Shows the first layer. */
  prompt(): void;
  /** Shows the second layer. Rejects if it cannot be loaded. */
  settings(): Promise<void>;
  /** Draws the persistent control, and says that a signal is honoured. Does nothing if nothing has changed. */
  control(): void;
  /** Closes both layers; the control stays. */
  close(): void;
  /** Shows a message, and announces it to screen readers. */
  say(text: string): void;
  /** Restores the page. */
  unmount(): void;
}

/** The page's API: returned by the module's `start()`, and `window.samtycke` of the script tag. */
export interface Samtycke {
  /** Whether this purpose, or every purpose of this category, is permitted now. Unknown ones are denied. */
  allowed(purpose: string): boolean;
  state(): State;
  /** Calls the listener at once and on every change. Returns a function that unsubscribes. */
  subscribe(listener: (state: State) => void): () => void;
  /** Opens the settings. */
  open(): Promise<void>;
  /** Switches to this language, as a change of the page's `lang` does. */
  setLanguage(tag: string): Promise<void>;
  /** Withdraws these purposes, or everything. Works at any time, without a prompt. */
  withdraw(purposes?: string[]): Promise<void>;
  /** Resolves when the stored choice has been read and what it permits has been released. */
  readonly ready: Promise<void>;
  /** Restores the page: for single-page apps that remove the banner. */
  stop(): void;
}

/** The options of `start()`; as attributes of the script tag `data-key`, `data-server`, `data-language` ... */
export interface Options {
  /** A publishable key of the site. */
  key: string;
  /** The server: an origin, or a path of the page's own site. Default: where the script came from. */
  server?: string;
  /** Languages to try before the page's and the browser's. */
  language?: string;
  variant?: Variant;
  control?: UiOptions['control'];
  position?: UiOptions['position'];
  layout?: UiOptions['layout'];
  theme?: UiOptions['theme'];
  nonce?: string;
  /** Google Consent Mode v2. */
  google?: boolean;
  /** Path of the banner's cookie; default `/`. Sites on one host do not share cookies, whatever their paths. */
  cookiePath?: string;
  /**
   * Sets the cookie for a parent domain, for several hosts of one site. Ignored unless it is one of `cookie_domains`.
   */
  cookieDomain?: string;
  /** `local`: grants are stored in localStorage only, so that no request of the page carries them. */
  storage?: 'cookie' | 'local';
  /** Also sets a small cookie with the permitted categories, the same for all users, for page caches to vary on. */
  cacheCookie?: boolean;
  /**
   * In a frame of another site: `ask` as anywhere, or `quiet` for no prompt. In a frame of the same origin the top page
   * asks.
   */
  frames?: 'ask' | 'quiet';
}
