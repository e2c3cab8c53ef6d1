/**
 * What the parts of the banner say to each other. Types only: nothing of this file is in any bundle.
 *
 * Four things are kept apart. A *choice* is what the person said. A *permission* is what follows from it now. A *prompt*
 * is the question on the screen. A *signal* is what the browser says for the person (Global Privacy Control): it takes a
 * permission away, and is never a choice.
 */
/** PTS's four words: nödvändiga, inställningar, statistik, marknadsföring. */
export type Category = 'necessary' | 'preferences' | 'statistics' | 'marketing';
/** Whom a text is written for. */
export type Variant = 'adult' | 'teen' | 'child';
/** `GET /v1/banner/{key}?language=sv-SE,en&variant=adult`: everything the banner draws, in one language. */
export interface BannerDocument {
    v: 1;
    tenant: string;
    site: string;
    /** Public id of the site, 12 hex digits: the middle of its publishable keys, and the end of its cookie's name. */
    site_id: string;
    /** `sha256:<64 hex>`: what a decision cites. */
    notice: string;
    version: number;
    language: string;
    variant: Variant;
    direction: 'ltr' | 'rtl';
    /** Languages that the notice has in this variant. */
    languages: string[];
    /** What is asked, in order. Empty: nobody is asked. */
    purposes: BannerPurpose[];
    /** First 8 hex digits of earlier notices after which nothing changed that needs asking again. */
    prior_notices_accepted: string[];
    /** What changed since other earlier notices, newest first. A notice that is neither here nor in `prior_notices_accepted` is too old to tell. */
    changes: NoticeChanges[];
    /** Domains that the site's cookie may be set for: hosts of its origins that are parents of its other origins. */
    cookie_domains: string[];
    text: NoticeText;
    words: Words;
    log: {
        origin: string;
        vkey: string;
    };
}
/** What changed for the purposes that are asked, since one earlier notice. */
export interface NoticeChanges {
    /** First 8 hex digits of the earlier notice. */
    since: string;
    purposes: PurposeChange[];
}
/** `added` and `removed`: recipients, kinds of data, periods and the like, in the notice's language. */
export interface PurposeChange {
    id: string;
    kind: 'new' | 'changed';
    added: string[];
    removed: string[];
}
export interface BannerPurpose {
    id: string;
    category: Category;
    /** A browser's GPC signal denies it unless the person has said yes in sight of the signal. */
    gpc: boolean;
    /** Never part of "accept all" (GDPR Art. 9(2)(a)). */
    own_statement: boolean;
    /** Google's consent types that follow it. */
    consent_mode: string[];
    /** Seconds after a refusal in which nobody is asked again. */
    reask_s: number;
    /** Uses of the terminal, for clearing after a withdrawal. `name` may end in `*`; `vendor` is the one service that it serves. */
    terminal: {
        name: string;
        kind: TerminalKind;
        third_party: boolean;
        vendor?: string;
    }[];
    /** Services that a yes to the purpose covers, each of which can be asked by itself. Empty: the purpose is one whole. */
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
    labels: {
        accept: string;
        refuse: string;
        settings: string;
        save: string;
        close: string;
        reopen: string;
    };
    purposes: PurposeWords[];
    others: PurposeWords[];
    contact: {
        controller: string;
        contact?: string;
        dpo_contact?: string;
        policy_url?: string;
    };
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
    cookies?: {
        name: string;
        lifetime: string;
        party: string;
    }[];
}
/** The product's own words in the notice's language: `ui` of sdk-rust/core/languages/<language>.json. */
export interface Words {
    categories: Record<Category, string>;
    /** Label of what is always on. */
    always: string;
    /** Summary that unfolds a purpose. */
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
    /** Heading of what is told without being asked. */
    others: string;
    contact: string;
    policy: string;
    /** Shown where the browser sends GPC. */
    gpc: string;
    /** The same in two or three words, for the control and for pages without one. */
    gpc_short: string;
    /** That "accept all" leaves out what the signal denies: `{accept}` is the button's label, `{purposes}` what is left out. */
    gpc_left_out: string;
    /** Heading of what is different since this person answered. */
    changed: string;
    /** Label of a purpose that was not asked before. */
    changed_new: string;
    /** That "refuse all" also takes back what stands: `{refuse}` is the button's label, `{purposes}` what stands. */
    takes_back: string;
    /** Why a program's click gives nothing. */
    by_hand: string;
    /** Heading of the services of a purpose. */
    vendors: string;
    /** Said to screen readers, and shown briefly. */
    saved: string;
    withdrawn: string;
    /** The choice could not be sent yet. */
    pending: string;
    /** Placeholder of an embed: `{host}` and `{category}` are filled in. */
    embed: string;
    embed_load: string;
    embed_link: string;
}
/** What the person said about each purpose, newest choice only. */
export interface Choice {
    /** Counts the choices of this browser. A higher number is newer, whatever the clocks say; of two equals the no wins. */
    n: number;
    kind: 'refused' | 'given';
    /** Unix seconds by this browser's clock when a refusal was made; by the server's when a grant was signed. */
    at: number;
    /** First 8 hex digits of the notice. */
    notice8: string;
    /** Empty for a refusal of everything. */
    purposes: ChoicePurpose[];
}
export interface ChoicePurpose {
    /** The purpose, or `<purpose>/<service>`. */
    id: string;
    category: Category;
    given: boolean;
    /** Denied while the browser sends GPC. */
    gpc: boolean;
    /** The server says that this may, and should, be asked again. */
    ask: boolean;
    /** Google's consent types follow it. */
    google: boolean;
}
/** Why a purpose is or is not permitted right now. */
export type Reason = 'necessary' | 'given' | 'no_choice' | 'refused' | 'gpc' | 'pending' | 'expired' | 'unconfirmed' | 'unknown';
/** A snapshot; a new object each time something changes. */
export interface State {
    /** The person has said nothing, closed the question for now, said no to everything, or chosen. */
    choice: 'none' | 'deferred' | 'refused' | 'given';
    /** Something is on its way to the server. */
    pending: boolean;
    gpc: boolean;
    /** Ids of what is permitted now. */
    allowed: readonly string[];
}
/** What the screen reports: the only way in which a choice is made. */
export interface Decision {
    kind: 'accept' | 'refuse' | 'save' | 'defer';
    /** Ids of purposes; of a purpose with services, each service as `<purpose>/<service>`. */
    given: string[];
    refused: string[];
    method: 'button' | 'toggle_save';
    /** SHA-256 of what was drawn, 64 hex digits; see ui/measure.ts. */
    ui_hash?: string;
    /** Whether the person could see that GPC was on. */
    gpc_shown: boolean;
}
/** What the user interface is given. */
export interface UiContext {
    document: BannerDocument;
    options: UiOptions;
    gpc: boolean;
    /** What is chosen now, per service as `<purpose>/<service>`, or per purpose: yes with one of its services. Undefined where nothing is. */
    chosen(id: string): boolean | undefined;
    /** Whether that yes was said in sight of Global Privacy Control. Absent: never. */
    acknowledged?(id: string): boolean;
    /** Purposes, and services as `<purpose>/<service>`, that the prompt is about. Whatever else the notice asks has been answered, and stands. */
    asked(): readonly string[];
    /** What changed since the notice that was answered last; undefined where nothing was, or nobody can tell. */
    changes(): NoticeChanges | undefined;
    /** The key is of a test site: programs may press, and nothing that is recorded is anybody's. */
    testing: boolean;
    decide(decision: Decision): void;
    /** Where a prompt is counted: when somebody can first see it, and once per prompt. */
    shown(): void;
}
export interface UiOptions {
    /** Nonce for a <style> element where constructable style sheets are missing. */
    nonce?: string;
    /** The persistent control: `auto` unless the page has an element with `data-samtycke-action="settings"` of its own. */
    control: 'auto' | 'none';
    position: 'bottom' | 'top' | 'centre';
    /** `card` in a corner or the middle; `bar` across the window; `modal` before a shade, which holds the page. */
    layout: 'card' | 'bar' | 'modal';
    theme: 'auto' | 'light' | 'dark';
    /** Address of the site's declaration, where everything is told that needs no question. */
    declaration?: string;
}
/** The user interface: `mount` of ui/index.ts. */
export interface Ui {
    /** First layer. */
    prompt(): void;
    /** Second layer. Rejects where it cannot be had. */
    settings(): Promise<void>;
    /** The persistent control, and beside it that a signal is honoured. Draws anew what has changed; costs nothing where nothing has. */
    control(): void;
    /** Takes both layers away; the control stays. */
    close(): void;
    /** Says something to everybody, screen readers too. */
    say(text: string): void;
    /** Leaves the page as it was. */
    unmount(): void;
}
/** What a page can do with consent: the module's `start()`, and `window.samtycke` of the script tag. */
export interface Samtycke {
    /** Whether this purpose, or every purpose of this category, is permitted now. Unknown means no. */
    allowed(purpose: string): boolean;
    state(): State;
    /** Calls back on every change, and once at once. Returns how to stop. */
    subscribe(listener: (state: State) => void): () => void;
    /** Opens the settings. */
    open(): Promise<void>;
    /** Speaks this language from now on, as the page's `lang` does when it changes. */
    setLanguage(tag: string): Promise<void>;
    /** Withdraws these purposes, or everything: works at any time, without a question. */
    withdraw(purposes?: string[]): Promise<void>;
    /** The stored choice has been read and gates have been set up. */
    readonly ready: Promise<void>;
    /** Leaves the page as it was: for single-page apps that take the banner down. */
    stop(): void;
}
/** What `start()` takes; as attributes of the script tag `data-key`, `data-server`, `data-language` ... */
export interface Options {
    /** A publishable key of the site. */
    key: string;
    /** Where samtycke is: an origin, or a path of the page's own site. Default: where the script came from. */
    server?: string;
    /** Languages to try, before the page's and the browser's. */
    language?: string;
    variant?: Variant;
    control?: UiOptions['control'];
    position?: UiOptions['position'];
    layout?: UiOptions['layout'];
    theme?: UiOptions['theme'];
    nonce?: string;
    /** Google Consent Mode v2. */
    google?: boolean;
    /** Path of the banner's cookie; `/` unless told. Sites on one host do not meet, whatever their paths. */
    cookiePath?: string;
    /** Sets the cookie for a parent domain: for several hosts of one site. One of `cookie_domains`, or it is not followed. */
    cookieDomain?: string;
    /** `local`: what was given is kept in localStorage alone, so that no request of the page carries it. */
    storage?: 'cookie' | 'local';
    /** Also a small cookie that says which categories are permitted and is alike for everybody, for page caches that vary. */
    cacheCookie?: boolean;
    /** In a frame of another site: `ask` as anywhere, or `quiet`. In a frame of the same origin the top page asks. */
    frames?: 'ask' | 'quiet';
}
