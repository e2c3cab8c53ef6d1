import { type Page } from '../setup.js';
import type { RecordPort } from './port.js';
/** Writes a cookie, or takes it away where there is no value. */
export type SetCookie = (name: string, value?: string) => void;
/** A port over the page's storage, clock, chance and network. */
export declare function browserPort(page: Page, tell: Pick<RecordPort, 'changed' | 'progress'>): Promise<RecordPort & {
    writeCacheCookie(): void;
}>;
