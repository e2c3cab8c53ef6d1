import type { Gate, GatePort } from './index.js';
type Address = [name: string, value: string | null];
/** One gated element. */
export interface GatedElement {
    element: HTMLElement;
    words: string[];
    /** Released, or about to be. */
    on: boolean;
    /** For an element with its address in an attribute: the addresses that it has while it is held. */
    own?: Address[] | undefined;
    /** Attributes that were renamed, so that a lazy loader does not find them. */
    hidden: Set<string>;
    /** Set once it is released: makes it inert again. */
    undo?: (() => void) | undefined;
    /** Removes its placeholder. */
    placeholder?: Promise<(() => void) | undefined> | undefined;
}
/** See `Gate`. `filled`: templates whose children had to be moved before this was loaded. */
export declare function createKeeper(port: GatePort, filled?: readonly HTMLTemplateElement[]): Gate;
export {};
