/**
 * Records what the person says: here at once, and at the server as soon as it can be reached.
 *
 * A no holds from the moment it is written here. A yes holds from the moment the server has it. Everything is read anew
 * before it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument } from '../contract.js';
import { type ChoiceInput } from '../core/choose.js';
import type { RecordPort } from './port.js';
/** What can be said, and when to try again. */
export interface Session {
    /** Writes down what was said and begins to send it. Returns what was taken back by it. */
    record(input: ChoiceInput): string[];
    /** Counts what leaves no other trace. Once, and without waiting. */
    count(choice: 'shown' | 'deferred' | 'signal', banner: BannerDocument): void;
    /** Sends what waits, and renews what is old. May be called at any time. */
    flush(): Promise<void>;
    /** Takes notice of what another tab wrote, so that an answer under way here cannot undo it. */
    refresh(): void;
}
/** The record of one page. */
export declare function createSession(port: RecordPort): Session;
