/** Lets scripts and templates through. Its own chunk: before the first yes there is nothing to let through. */
import type { GatePort } from './index.js';
import type { GatedElement } from './keeper.js';
/** Lets them through in the order given, and tells each how to go back. `ran` collects whose scripts ran. */
export declare function release(due: readonly GatedElement[], ran: Set<string>, port: Pick<GatePort, 'nonce'>): void;
