/** Says in the console why there is no banner. Loaded if the document cannot be fetched. */
import { type Page } from '../setup.js';
/**
 * If the server can be reached, it has nothing for this page, and the browser's own message does not help. Offline,
 * this says nothing.
 */
export declare function explain({ server, options }: Page): Promise<void>;
