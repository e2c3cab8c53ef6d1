/** What follows from a choice now. Everything that is not plainly permitted is denied. */
import type { BannerPurpose, State } from '../contract.js';
import { DAY_S, type StoredChoice, type Token } from './cookie.js';
import type { LocalRecord } from './local-record.js';

/** All that a permission depends on, read at one moment. */
export interface View {
  stored: StoredChoice | undefined;
  local: LocalRecord;
  /** The browser says no for the person: a signal, never a choice. */
  gpc: boolean;
  /** Unix seconds, by the server's clock as far as this page knows it. */
  now: number;
  /** Unix seconds, by the browser's own clock: what ages here is not made older by what is learned about the clock. */
  clock: number;
  /** The person closed the question, in this tab. */
  deferred: boolean;
  /** What Google's consent types follow waits until Google can be told. */
  held?: boolean | undefined;
}

/** Seconds after which a token is renewed in the background. */
export const RENEW_S = 900;
/** Seconds by which a token may seem to come from the future: clocks differ. */
const AHEAD_S = 300;

/**
 * Whether the server confirmed the token recently enough to rely on: 24 hours is the published bound for browsers. A token
 * from before what the server has acknowledged since is not: a cookie that the server sets can come in late.
 */
export function isConfirmed({ capability, seq, signed }: Token, { local, now }: View): boolean {
  return now - signed <= DAY_S && signed - now <= AHEAD_S && !(seq < local.s && capability === local.c);
}

/** What a purpose is asked about, and answered: the purpose as a whole, or each of its services as `<purpose>/<service>`. */
export const answerIds = ({ id, vendors }: BannerPurpose): string[] =>
  vendors?.[0] ? vendors.map((vendor) => `${id}/${vendor.id}`) : [id];

/**
 * Whether the person has said yes to a purpose, to one of its services, or to a category as a whole, by this browser's word.
 * `strict`: and no signal or missing part stands against it. A purpose is given with all of its services, and a yes to one
 * whose services are not asked by themselves is one to each of them.
 */
export function isGiven(word: string, { stored, local, gpc, held }: View, strict?: boolean): boolean {
  const [name] = word.split('/');
  const about = stored?.purposes.filter(
    ({ id, category }) => [word, name].includes(id) || category === name || id.startsWith(`${word}/`),
  );
  return (
    !!about?.[0] &&
    about.every(
      ({ id, given, gpc: denied, google }) =>
        given && !(strict && ((gpc && denied) || (held && google))) && !local.q.some(({ no }) => no.includes(id)),
    )
  );
}

/** Whether it may be done now. */
export function isPermitted(word: string, view: View): boolean {
  const token = view.stored?.token;
  return (
    word === 'necessary' ||
    (!!token && view.now < token.expires && isConfirmed(token, view) && isGiven(word, view, true))
  );
}

/** The snapshot that a page sees. */
export function stateOf(view: View): State {
  const { stored, local, gpc, deferred } = view;
  const words = stored?.purposes.flatMap(({ id }) => [id.split('/')[0]!, id]);
  return {
    choice: local.q.some((entry) => entry.yes[0]) ? 'given' : (stored?.kind ?? (deferred ? 'deferred' : 'none')),
    pending: !!local.q[0],
    gpc,
    allowed: [...new Set(words)].filter((word) => isPermitted(word, view)),
  };
}
