/**
 * A network guard, for sites that want a second net under their markup: code of the page that asks a listed host for
 * something is refused until the purpose is permitted. Its own entry point; nothing loads it by itself.
 *
 * It is a net and not a wall: it sees what code asks for through the functions below, and not what markup, workers, CSS
 * or another frame ask for. A Content-Security-Policy is the wall.
 */
/** Requests to these hosts, and to hosts under them, need all of these purposes or categories. */
export interface GuardRule {
    hosts: readonly string[];
    purposes: readonly string[];
}
/** What was refused. */
export interface Blocked {
    url: string;
    purposes: readonly string[];
    through: 'fetch' | 'XMLHttpRequest' | 'sendBeacon' | 'EventSource' | 'WebSocket' | 'src';
}
/** What `guard` takes. */
export interface GuardOptions {
    rules: readonly GuardRule[];
    /** Asked at each request, so it may change at any time. */
    allowed(purposeOrCategory: string): boolean;
    report?(blocked: Blocked): void;
}
/**
 * Puts the guard up. Answers how to take it down: every patched thing is then exactly as it was, unless somebody else has
 * patched it since, in which case ours stays beneath and lets everything pass.
 */
export declare function guard(options: GuardOptions): () => void;
/** Whether a rule is about this address. `ads.example` is about `x.ads.example` too, and never about `myads.example`. */
export declare function ruleMatches(rule: GuardRule, url: URL): boolean;
/** Addresses of `a.png 1x, b.png 2x`. */
export declare function candidates(srcset: string): string[];
