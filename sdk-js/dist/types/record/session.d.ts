/**
 * Records the user's choices: here at once, and at the server as soon as it can be reached.
 *
 * A refusal holds as soon as it is written here. A grant holds once the server has it. Everything is read again before
 * it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument } from '../contract.js';
import { type ChoiceInput } from '../core/choose.js';
import type { RecordPort } from './port.js';
/** Records choices, and decides when to send them again. */
export interface Session {
    /** Stores a choice and starts to send it. Returns the purposes that it withdrew. */
    record(input: ChoiceInput): string[];
    /** Counts a choice that leaves no other trace. Once, without waiting. */
    count(choice: 'deferred' | 'signal', banner: BannerDocument): void;
    /** The user sees this document: gets a prompt for it, unless one is at hand. The server counts it as shown. */
    shown(banner: BannerDocument): void;
    /** Sends the queue, and renews an old token. May be called at any time. */
    flush(): Promise<void>;
    /** Reads what another tab wrote, so that a response that is still on its way cannot undo it. */
    refresh(): void;
}
/** Creates the recorder of one page. */
export declare function createSession(port: RecordPort): Session;
