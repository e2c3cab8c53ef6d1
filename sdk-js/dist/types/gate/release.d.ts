/** Releases scripts and templates. A chunk of its own: before the first grant there is nothing to release. */
import type { GatePort } from './index.js';
import type { GatedElement } from './keeper.js';
/** Releases these elements in order, and stores how to revoke each. `ran` collects the purposes whose scripts ran. */
export declare function release(due: readonly GatedElement[], ran: Set<string>, port: Pick<GatePort, 'nonce'>): void;
