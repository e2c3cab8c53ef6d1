import type { GatePort } from './index.js';
/**
 * Draws a placeholder for a held iframe or template, of the same size, so that nothing moves. Answers how to take it away,
 * after which the page is as it was. Without a reachable server there are no words: then it is the link alone.
 */
export declare function hold(element: HTMLElement, purposes: readonly string[], missing: () => string | undefined, port: Pick<GatePort, 'ask' | 'document' | 'theme'>): Promise<() => void>;
/** Fills `{host}` and `{category}`. A function, so that `$` in a value means nothing. */
export declare function fill(text: string, values: Record<'host' | 'category', string>): string;
