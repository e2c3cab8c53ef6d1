/** What a choice permits now. Everything that is not clearly permitted is denied. */
import type { BannerPurpose, State } from '../contract.js';
import { DAY_S, type StoredChoice, type Token } from './cookie.js';
import type { LocalRecord } from './local-record.js';

/** Everything that a permission depends on, read at one moment. */
export interface View {
  stored: StoredChoice | undefined;
  local: LocalRecord;
  /** The browser sends Global Privacy Control: a signal, never a choice. */
  gpc: boolean;
  /** Unix seconds by the server's clock, as far as this page knows it. */
  now: number;
  /**
   * Unix seconds by the browser's own clock. The age of queued grants must not jump when the page learns the server's
   * time.
   */
  clock: number;
  /** The user closed the prompt in this tab. */
  deferred: boolean;
  /** Google's bridge is still loading: purposes that Google's consent types follow must wait. */
  held?: boolean | undefined;
}

/** Age in seconds after which a token is renewed in the background. */
export const RENEW_S = 900;
/** Seconds by which a token may seem to come from the future, because clocks differ. */
const AHEAD_S = 300;

/**
 * Whether the server confirmed the token recently enough: browsers may rely on it for 24 hours. A token that is older
 * than what the server has acknowledged since does not count: a cookie that the server sets can arrive late.
 */
export function isConfirmed({ capability, seq, signed }: Token, { local, now }: View): boolean {
  return now - signed <= DAY_S && signed - now <= AHEAD_S && !(seq < local.s && capability === local.c);
}

/** The ids that a purpose is answered by: the purpose as a whole, or each of its services as `<purpose>/<service>`. */
export const answerIds = ({ id, vendors }: BannerPurpose): string[] =>
  vendors?.[0] ? vendors.map((vendor) => `${id}/${vendor.id}`) : [id];

/**
 * Whether this browser stores a grant for a purpose, one of its services, or a whole category. `strict`: and no signal
 * or missing part blocks it. A purpose is given if all of its services are. A grant to a purpose that is not asked by
 * service covers each service.
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
        given &&
        !(strict && ((gpc && denied) || (held && google))) &&
        !local.q.some((entry) => entry.no.includes(id) || (strict && gpc && !entry.gpc)),
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
