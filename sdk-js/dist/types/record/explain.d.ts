/** Says in the console why there is no banner. Loaded where the document cannot be had. */
import { type Page } from '../setup.js';
/** The server is there, but not for this page: a browser says that in words that help nobody. Offline, nothing is said. */
export declare function explain({ server, options }: Page): Promise<void>;
