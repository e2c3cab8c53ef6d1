import { type Page } from '../setup.js';
import type { CookieJar } from './jar.js';
import type { RecordPort } from './port.js';
/** Writes a cookie, or deletes it if there is no value. */
export type SetCookie = (name: string, value?: string) => void;
/** A port over the page's storage, clock, random numbers and network. */
export declare function browserPort(page: Page, tell: Pick<RecordPort, 'changed' | 'progress'>): Promise<RecordPort & Partial<CookieJar>>;
