import { type Page } from '../setup.js';
/** Clears what `taken` stored, except what `kept` needs. `mine`: the user withdrew in this page. */
export type Clear = (taken: readonly string[], kept: readonly string[], mine: boolean) => Promise<void>;
/**
 * Clears what an earlier page has marked, except what has been given again. This includes what was written as that page
 * ended. Needs no network, unless that page did not know the declaration.
 */
export declare function clearMarked(page: Page): Promise<void>;
/** Clears withdrawals in a page in which scripts may run. */
export declare function clearWithdrawn(page: Page): Clear;
/**
 * Whether a reload would lose nothing that the user typed or chose. Frameworks change a field's default along with its
 * value, so a touched field is clean only if it is empty or was submitted.
 */
export declare function isClean(touched: ReadonlyMap<EventTarget, boolean>): boolean;
