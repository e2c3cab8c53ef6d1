import type { Gate, GatePort } from './index.js';
type Address = [name: string, value: string | null];
/** One element that waits. */
export interface GatedElement {
    element: HTMLElement;
    words: string[];
    /** Is, or is about to be, let through. */
    on: boolean;
    /** Waits with its address in an attribute: what its addresses are as long as it does. */
    own?: Address[] | undefined;
    /** Attributes that have been taken out of a lazy loader's reach. */
    hidden: Set<string>;
    /** Set once it is through: puts it back. */
    undo?: (() => void) | undefined;
    /** How to take its placeholder away. */
    placeholder?: Promise<(() => void) | undefined> | undefined;
}
/** See `Gate`. `filled`: templates that had to be emptied of children before this was here. */
export declare function createKeeper(port: GatePort, filled?: readonly HTMLTemplateElement[]): Gate;
export {};
