/**
 * Decides whether to prompt the user, and about what. Prompts are for new and expired answers, never for a refusal that
 * still holds.
 */
import type { BannerDocument } from '../contract.js';
import { type View } from './permission.js';
/**
 * The purposes and services that a prompt is about. Empty: no prompt.
 *
 * A refusal holds for the purpose's `reask_s`, unless the notice has changed in a way that requires a new answer. After
 * a choice, only new purposes and those that the server marks as expired are asked. While the browser sends GPC,
 * purposes that GPC denies are not asked: the signal is the answer.
 */
export declare function idsToAsk(banner: BannerDocument, view: View): string[];
