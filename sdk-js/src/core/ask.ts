/** Whether somebody is asked, and about what. Asking is for what is new or has run out, never for a no that stands. */
import type { BannerDocument } from '../contract.js';
import { DAY_S } from './cookie.js';
import { answerIds, isConfirmed, type View } from './permission.js';

/**
 * What a prompt is for, purposes and services; empty: nobody is prompted.
 *
 * A refusal is remembered for the purpose's `reask_s`, unless the notice has changed in a way that needs asking again. Of
 * what was chosen, only what is new and that whose answer the server says has run out are asked. While the browser sends
 * GPC, what GPC denies is not asked: the answer has been given.
 */
export function idsToAsk(banner: BannerDocument, view: View): string[] {
  const { stored, local, gpc, now, deferred } = view;
  if (deferred || local.q.some((entry) => entry.yes.length)) return [];
  const purposes = banner.purposes.filter((purpose) => !(gpc && purpose.gpc));
  const words = purposes.flatMap(answerIds);
  if (!stored) return words;
  if (!stored.token) {
    const stands = [banner.notice.slice(7, 15), ...banner.prior_notices_accepted].includes(stored.notice8);
    // Dated by its day: counted from the day's end, so that nobody is asked too early.
    return purposes.filter(({ reask_s }) => !stands || now >= stored.at + DAY_S + reask_s).flatMap(answerIds);
  }
  if (now >= stored.token.expires) return words;
  // Is renewed first: what the server says now may be something else.
  if (!isConfirmed(stored.token, view)) return [];
  return words.filter((word) => {
    const index = stored.purposes.findIndex((known) => known.id === word);
    const known = stored.purposes[index];
    return !known || (known.ask && !known.given && !stored.token!.withdrawnIndexes.includes(index));
  });
}
