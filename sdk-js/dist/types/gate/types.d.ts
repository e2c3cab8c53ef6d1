/**
 * The real type and address of a held script. Other tools hold scripts back too, such as speed plugins that wait for
 * the mouse. They keep the original values in attributes of their own.
 */
/** The type under which a browser runs the script. */
export declare function realType(script: HTMLScriptElement): string;
/** The script's address; null for an inline script. */
export declare function source(script: HTMLScriptElement): string | null;
/**
 * Whether a browser would run the script. Data is ignored; an unknown type of program is reported once. `gated`: the
 * script itself is gated, so it can only be a program.
 */
export declare function isRunnable(script: HTMLScriptElement, gated?: boolean): boolean;
