/** Whether somebody is asked, and about what. Asking is for what is new or has run out, never for a no that stands. */
import type { BannerDocument, BannerPurpose } from '../contract.js';
import { DAY_S } from './cookie.js';
import { isConfirmed, type View } from './permission.js';

/**
 * The purposes that a prompt is for; empty: nobody is prompted.
 *
 * A refusal is remembered for the purpose's `reask_s`, unless the notice has changed in a way that needs asking again. Of
 * what was chosen, only new purposes and those whose answer the server says has run out are asked. While the browser sends
 * GPC, what GPC denies is not asked: the answer has been given.
 */
export function toAsk(banner: BannerDocument, view: View): BannerPurpose[] {
  const { stored, box, gpc, now, deferred } = view;
  if (deferred || box.q.some((entry) => entry.yes.length)) return [];
  const purposes = banner.purposes.filter((purpose) => !(gpc && purpose.gpc));
  if (!stored) return purposes;
  if (!stored.token) {
    const stands = [banner.notice.slice(7, 15), ...banner.quiet].includes(stored.notice8);
    // Dated by its day: counted from the day's end, so that nobody is asked too early.
    return purposes.filter((purpose) => !stands || now >= stored.at + DAY_S + purpose.reask_s);
  }
  if (now >= stored.token.expires) return purposes;
  // Is renewed first: what the server says now may be something else.
  if (!isConfirmed(stored.token, view)) return [];
  return purposes.filter((purpose) => {
    const index = stored.purposes.findIndex((known) => known.id === purpose.id);
    const known = stored.purposes[index];
    return !known || (known.ask && !known.given && !stored.token!.minus.includes(index));
  });
}
