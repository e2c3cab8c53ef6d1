/** Whether somebody is asked, and about what. Asking is for what is new or has run out, never for a no that stands. */
import type { BannerDocument, BannerPurpose } from '../contract.js';
import { type View } from './permission.js';
/**
 * The purposes that a prompt is for; empty: nobody is prompted.
 *
 * A refusal is remembered for the purpose's `reask_s`, unless the notice has changed in a way that needs asking again. Of
 * what was chosen, only new purposes and those whose answer the server says has run out are asked. While the browser sends
 * GPC, what GPC denies is not asked: the answer has been given.
 */
export declare function toAsk(banner: BannerDocument, view: View): BannerPurpose[];
