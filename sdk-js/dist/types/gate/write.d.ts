/**
 * `document.write` of released scripts. After a page has been parsed it would erase the page, so the text is captured
 * and inserted after the script. Only calls of these scripts are captured, only while they run, and only on this
 * document: no prototype is patched.
 */
/** Call it before the script runs. Returns a function that stops capturing and returns the text. */
export declare function captureWrites(script: HTMLScriptElement): () => string;
/**
 * The text as nodes. If Trusted Types are enforced, the page needs a default policy: one of ours would make any text
 * trusted.
 */
export declare function parse(text: string, script: Element): DocumentFragment | undefined;
