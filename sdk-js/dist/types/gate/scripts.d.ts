/**
 * Runs scripts that were held back, in order.
 *
 * The element that the parser made is inserted again instead of rebuilt: the browser still treats its text and address
 * as the parser's, and Trusted Types need no policy. A script that `innerHTML` made never runs, however often it is
 * inserted, so rebuild.ts makes a new one.
 */
/** One script that may run now. */
export interface Job {
    script: HTMLScriptElement;
    /** Checked again right before it runs, because a withdrawal may have come in between. */
    isStillAllowed(): boolean;
    /** Inserts the script, or the one that was rebuilt from it. */
    place(script: HTMLScriptElement): void;
    /** Inserts what the script has written after it, and returns the scripts in it, which run next. */
    written(fragment: DocumentFragment, behind: HTMLScriptElement): Job[];
}
/**
 * Runs scripts, and resolves when all ordered scripts have run. External scripts are fetched in parallel; an inline
 * script waits for those before it, as in a parsed page.
 */
export declare function run(jobs: readonly Job[]): Promise<void>;
