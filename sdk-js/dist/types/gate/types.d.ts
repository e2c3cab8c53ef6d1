/**
 * What a held script really is. Other tools hold scripts back too: speed plugins, until somebody moves the mouse. What
 * they have made of a script before it came here is read from where they keep it.
 */
/** The type under which a browser runs it. */
export declare function realType(script: HTMLScriptElement): string;
/** Where it comes from; null for one that has its text inside. */
export declare function source(script: HTMLScriptElement): string | null;
/**
 * Whether a browser would run it. Data is none of our business; of a program of an unknown kind we tell once. `gated`: the
 * script is the gate itself, and so can only be a program.
 */
export declare function isRunnable(script: HTMLScriptElement, gated?: boolean): boolean;
