import { type Page } from '../setup.js';
/** What the page's first steps hand through. */
export interface Recorder {
    /** Opens the settings. Rejects where they cannot be had. */
    open(): Promise<void>;
    /** Records a yes to these purposes, or categories, by a click that named them. Opens the settings where that takes more. */
    grant(words: readonly string[]): Promise<void>;
    /** Takes these purposes, or categories, back; or everything. Done here when it resolves. */
    withdraw(purposes?: string[]): Promise<void>;
    /** Draws everything anew, in this language or in the page's. */
    setLanguage(tag?: string): Promise<void>;
}
/** Takes a page over. To be called once. */
export declare function attach(page: Page): Promise<Recorder>;
