import { type Page } from '../setup.js';
/** What setup.ts calls. */
export interface Recorder {
    /** Opens the settings. Rejects if they cannot be loaded. */
    open(): Promise<void>;
    /**
     * Records a grant for these purposes or categories, after a click that named them. Opens the settings if more is
     * needed.
     */
    grant(words: readonly string[]): Promise<void>;
    /** Withdraws these purposes or categories, or everything. Resolves once this browser has stored it. */
    withdraw(purposes?: string[]): Promise<void>;
    /** Draws everything again in this language, or in the page's. */
    setLanguage(tag?: string): Promise<void>;
}
/** Takes over a page. Call it once. */
export declare function attach(page: Page): Promise<Recorder>;
