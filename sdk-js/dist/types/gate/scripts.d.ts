/**
 * Runs what was held back, in order.
 *
 * The element that the parser made is put in again rather than built anew: a browser then still knows its text and
 * address as the parser's, and Trusted Types need no policy. What `innerHTML` made never runs however often it is put
 * in, and is built anew by rebuild.ts.
 */
/** One script that may run now. */
export interface Job {
    script: HTMLScriptElement;
    /** Asked again right before it runs: a withdrawal may have come in between. */
    isStillAllowed(): boolean;
    /** Puts the script, or the one built in its stead, into the page. */
    place(script: HTMLScriptElement): void;
    /** Puts what that script has written behind it, and answers the scripts in it, which run next. */
    written(fragment: DocumentFragment, behind: HTMLScriptElement): Job[];
}
/**
 * Runs them, and resolves when all have run that run in order. External scripts are fetched side by side; an inline one
 * waits for those before it, as in a parsed page.
 */
export declare function run(jobs: readonly Job[]): Promise<void>;
