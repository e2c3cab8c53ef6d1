import { type Page } from '../setup.js';
/** Clears what `taken` left, but for what `kept` needs. `mine`: somebody at this page took it back. */
export type Clear = (taken: readonly string[], kept: readonly string[], mine: boolean) => Promise<void>;
/**
 * Works off what an earlier page has marked, but for what has been given again since. What was written as that page went
 * away is then gone too. Without the network, unless that page did not know what was declared.
 */
export declare function clearMarked(page: Page): Promise<void>;
/** Watches over a page in which something may run. */
export declare function clearWithdrawn(page: Page): Clear;
/**
 * Whether nothing that somebody typed or chose would be lost with the page. Frameworks move a field's default along with its
 * value, so a field that was touched is never clean but by being empty, or by having been sent.
 */
export declare function isClean(touched: ReadonlyMap<EventTarget, boolean>): boolean;
