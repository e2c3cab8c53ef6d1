/**
 * Decides whether to prompt the user, and about what. Prompts are for new and expired answers, never for a refusal that
 * still holds.
 */
import type { BannerDocument } from '../contract.js';
import { DAY_S } from './cookie.js';
import { answerIds, isConfirmed, type View } from './permission.js';

/**
 * The purposes and services that a prompt is about. Empty: no prompt.
 *
 * A refusal holds for the purpose's `reask_s`, unless the notice has changed in a way that requires a new answer. After
 * a choice, only new purposes and those that the server marks as expired are asked. While the browser sends GPC,
 * purposes that GPC denies are not asked: the signal is the answer.
 */
export function idsToAsk(banner: BannerDocument, view: View): string[] {
  const { stored, local, gpc, now, deferred } = view;
  if (deferred || local.q.some((entry) => entry.yes.length)) return [];
  const purposes = banner.purposes.filter((purpose) => !(gpc && purpose.gpc));
  const words = purposes.flatMap(answerIds);
  if (!stored) return words;
  if (!stored.token) {
    const stands = [banner.notice.slice(7, 15), ...banner.prior_notices_accepted].includes(stored.notice8);
    // A refusal is dated by its day. Counting from the end of the day never asks too early.
    return purposes.filter(({ reask_s }) => !stands || now >= stored.at + DAY_S + reask_s).flatMap(answerIds);
  }
  if (now >= stored.token.expires) return words;
  // The token is renewed first, because the server may answer differently now.
  if (!isConfirmed(stored.token, view)) return [];
  return words.filter((word) => {
    const index = stored.purposes.findIndex((known) => known.id === word);
    const known = stored.purposes[index];
    return !known || (known.ask && !known.given && !stored.token!.withdrawnIndexes.includes(index));
  });
}
