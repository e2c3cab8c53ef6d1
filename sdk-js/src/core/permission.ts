/** What follows from a choice now. Everything that is not plainly permitted is denied. */
import type { Reason, State } from '../contract.js';
import type { Box } from './box.js';
import { DAY_S, type Stored, type Token } from './cookie.js';

/** All that a permission depends on, read at one moment. */
export interface View {
  stored: Stored | undefined;
  box: Box;
  /** The browser says no for the person: a signal, never a choice. */
  gpc: boolean;
  /** Unix seconds, by the server's clock as far as this page knows it. */
  now: number;
  /** Unix seconds, by the browser's own clock: what ages here is not made older by what is learned about the clock. */
  clock: number;
  /** The person closed the question, in this tab. */
  deferred: boolean;
}

/** Seconds after which a token is renewed in the background. */
export const RENEW_S = 900;
/** Seconds by which a token may seem to come from the future: clocks differ. */
const AHEAD_S = 300;

/**
 * Whether the server confirmed the token recently enough to rely on: 24 hours is the published bound for browsers. A token
 * from before what the server has acknowledged since is not: a cookie that the server sets can come in late.
 */
export function isConfirmed({ capability, seq, signed }: Token, { box, now }: View): boolean {
  return now - signed <= DAY_S && signed - now <= AHEAD_S && !(seq < box.s && capability === box.c);
}

/** Why a purpose, or a category as a whole, is or is not permitted. Only `necessary` and `given` permit. */
export function reasonOf(word: string, view: View): Reason {
  const { stored, box, gpc, now } = view;
  if (word === 'necessary') return word;
  const asked = stored?.purposes.filter((purpose) => purpose.id === word || purpose.category === word) ?? [];
  const given = asked.every((purpose) => purpose.given && !box.q.some((entry) => entry.no.includes(purpose.id)));
  if (!asked.length || !given) {
    if (box.q.some((entry) => entry.yes.includes(word))) return 'pending';
    return asked.length || stored?.kind === 'refused' ? 'refused' : stored ? 'unknown' : 'no_choice';
  }
  const token = stored!.token!;
  if (now >= token.expires) return 'expired';
  if (!isConfirmed(token, view)) return 'unconfirmed';
  return gpc && asked.some((purpose) => purpose.gpc) ? 'gpc' : 'given';
}

/** Whether it may be done now. */
export function isPermitted(word: string, view: View): boolean {
  return /^(necessary|given)$/.test(reasonOf(word, view));
}

/** The snapshot that a page sees. */
export function stateOf(view: View): State {
  const { stored, box, gpc, deferred } = view;
  return {
    choice: box.q.some((entry) => entry.yes[0]) ? 'given' : (stored?.kind ?? (deferred ? 'deferred' : 'none')),
    pending: !!box.q[0],
    gpc,
    allowed: (stored?.purposes ?? []).map((purpose) => purpose.id).filter((id) => isPermitted(id, view)),
  };
}
