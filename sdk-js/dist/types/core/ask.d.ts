/** Whether somebody is asked, and about what. Asking is for what is new or has run out, never for a no that stands. */
import type { BannerDocument } from '../contract.js';
import { type View } from './permission.js';
/**
 * What a prompt is for, purposes and services; empty: nobody is prompted.
 *
 * A refusal is remembered for the purpose's `reask_s`, unless the notice has changed in a way that needs asking again. Of
 * what was chosen, only what is new and that whose answer the server says has run out are asked. While the browser sends
 * GPC, what GPC denies is not asked: the answer has been given.
 */
export declare function idsToAsk(banner: BannerDocument, view: View): string[];
