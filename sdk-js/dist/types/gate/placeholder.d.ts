import type { GatePort } from './index.js';
/** What a placeholder is drawn with. */
type Port = Pick<GatePort, 'ask' | 'document' | 'theme' | 'nonce'>;
/** Draws all of them again, after a change of language. */
export declare function update(): Promise<void>;
/**
 * Draws a placeholder for a held iframe or template, with the same size, so that nothing moves. Returns a function that
 * removes it and restores the page. If the server cannot be reached there are no texts, and only the link is shown.
 */
export declare function showPlaceholder(element: HTMLElement, purposes: readonly string[], missing: () => readonly string[], port: Port): Promise<() => void>;
/**
 * Splits a text at `{host}` and `{category}`, and fills those in. What is filled in is plain text, whatever it
 * contains.
 */
export declare function textParts(text: string, values: Record<'host' | 'category', string>): {
    text: string;
    filled: boolean;
}[];
export {};
