import { type Page } from '../setup.js';
import type { RecordPort } from './port.js';
/** A port over the page's storage, clock, chance and network. */
export declare function browserPort(page: Page, { changed, news }: Pick<RecordPort, 'changed' | 'news'>): RecordPort;
