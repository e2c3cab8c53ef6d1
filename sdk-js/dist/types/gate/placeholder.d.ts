import type { GatePort } from './index.js';
/** What a placeholder is drawn with. */
type Port = Pick<GatePort, 'ask' | 'document' | 'theme' | 'nonce'>;
/** Draws all of them anew: the page speaks another language. */
export declare function update(): Promise<void>;
/**
 * Draws a placeholder for a held iframe or template, of the same size, so that nothing moves. Answers how to take it away,
 * after which the page is as it was. Without a reachable server there are no words: then it is the link alone.
 */
export declare function showPlaceholder(element: HTMLElement, purposes: readonly string[], missing: () => readonly string[], port: Port): Promise<() => void>;
/** Pieces of a text whose `{host}` and `{category}` are filled in. What is filled in means nothing, whatever it holds. */
export declare function textParts(text: string, values: Record<'host' | 'category', string>): {
    text: string;
    filled: boolean;
}[];
export {};
