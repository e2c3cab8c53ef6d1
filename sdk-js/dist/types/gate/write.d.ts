/**
 * `document.write` of released scripts. After a page has been parsed it would wipe the page out, so what such a script
 * writes is collected and put behind the script. Only these scripts' calls are caught, only while they are under way, and
 * only on this document: no prototype is touched.
 */
/** To be called before the script runs. Answers how to end it, and gets what was written. */
export declare function captureWrites(script: HTMLScriptElement): () => string;
/** The text as nodes. Trusted Types ask for a policy of the page's own: ours would make any text a trusted one. */
export declare function parse(text: string, script: Element): DocumentFragment | undefined;
