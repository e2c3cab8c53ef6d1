/**
 * A network guard: code of the page that requests a listed host is refused until the purpose is permitted. For sites
 * that want more than gated markup. An entry point of its own; no other part loads it.
 *
 * It is a safety net: it sees what code requests through the functions below, and not what markup, workers, CSS or
 * other frames request. Use a Content-Security-Policy to enforce.
 */
/** Requests to these hosts and their subdomains need all of these purposes or categories. */
export interface GuardRule {
    hosts: readonly string[];
    purposes: readonly string[];
}
/** A refused request. */
export interface Blocked {
    url: string;
    purposes: readonly string[];
    through: 'fetch' | 'XMLHttpRequest' | 'sendBeacon' | 'EventSource' | 'WebSocket' | 'src';
}
/** The options of `guard`. */
export interface GuardOptions {
    rules: readonly GuardRule[];
    /** Called at each request, so the answer may change at any time. */
    allowed(purposeOrCategory: string): boolean;
    report?(blocked: Blocked): void;
}
/**
 * Installs the guard, and returns a function that removes it. Removal restores every patched property, unless other
 * code has patched it since; then ours stays underneath and lets everything pass.
 */
export declare function guard(options: GuardOptions): () => void;
/** Whether a rule applies to this URL. `ads.example` applies to `x.ads.example` too, and never to `myads.example`. */
export declare function ruleMatches(rule: GuardRule, url: URL): boolean;
/** Addresses of `a.png 1x, b.png 2x`. */
export declare function candidates(srcset: string): string[];
