/**
 * Works out what a choice changes in this browser: the cookie's value and the queue. Pure: random numbers are a
 * parameter.
 */
import type { BannerDocument, Decision } from '../contract.js';
import type { StoredChoice } from './cookie.js';
import { formatGiven, formatRefusal } from './format.js';
import { base64url, eventId } from './id.js';
import type { LocalRecord } from './local-record.js';
import { afterIds, enqueue, newestNumber } from './outbox.js';
import { answerIds, type View } from './permission.js';

/** What the user chose, by purpose, or by service as `<purpose>/<service>`. */
export interface ChoiceInput {
  yes: readonly string[];
  /** Absent: everything. */
  no?: readonly string[] | undefined;
  /** The purposes that are asked now. They were on the screen if there is a `decision`. */
  banner?: BannerDocument | undefined;
  /** The server's prompt for the document that was on the screen. */
  prompt?: string | undefined;
  /** How the user decided. Absent: the page's own code called, which can only withdraw. */
  decision?: Decision;
}

/** A source of random bytes. */
export interface Rng {
  random(length: number): Uint8Array;
}

/** What the choice changes. */
export interface Change {
  n: number;
  local: LocalRecord;
  /** The cookie's new value. Absent: the cookie stays as it is. */
  value?: string;
  /** Purposes that were given or queued, and no longer are. */
  withdrawn: string[];
}

/** The cookie's value with these purposes withdrawn. */
export function valueWithout({ token, purposes }: StoredChoice, ids: readonly string[], n: number): string {
  const withdrawnIndexes = purposes.flatMap(({ id, given }, i) =>
    token!.withdrawnIndexes.includes(i) || (given && ids.includes(id)) ? [i] : [],
  );
  return formatGiven(n, token!.text, token!.capability, withdrawnIndexes);
}

/**
 * Works out a choice. A refusal is in `value` at once; a grant is only queued. `highest` is the highest choice number
 * that this page has used, because storage may have been cleared since.
 */
export function choose(view: View, input: ChoiceInput, rng: Rng, highest: number): Change {
  const { stored, now, clock, gpc } = view;
  const { yes, banner, decision, prompt } = input;
  const asked = banner?.purposes ?? [];
  const given = (stored?.purposes ?? []).filter((purpose) => purpose.given).map((purpose) => purpose.id);
  const open = [...new Set([...given, ...view.local.q.flatMap((entry) => entry.yes)])];
  const no = input.no ?? [...new Set([...open, ...asked.flatMap(answerIds)])];
  // A purpose that was given as a whole may now be asked by service, or the reverse. Refusing either form withdraws
  // both.
  const withdrawn = open.filter((id) =>
    no.some((word) => word === id || word.split('/')[0] === id || id.split('/')[0] === word),
  );
  const notGiven = no.filter((id) => !open.includes(id));
  const n = Math.max(highest, newestNumber(view.local, stored)) + 1;
  // Created at the first grant. A refusal never creates one.
  const known = stored?.token?.capability ?? view.local.c;
  const c = known ?? (yes.length ? base64url(rng.random(32)) : '');
  const notice = decision && banner;
  let { local } = view;

  // What needs a statement of its own is an event of its own (GDPR Art. 9(2)(a)): the form that holds the statement.
  const own = yes.filter((id) => asked.some((one) => one.own_statement && answerIds(one).includes(id)));
  const rest = yes.filter((id) => !own.includes(id));

  /** Queues one submission: the decisions by kind. A prompt is for one grant. */
  function submit(words: { given?: readonly string[]; withdrawn?: string[]; refused?: string[] }): void {
    const decisions = Object.entries(words).flatMap(([word, ids]) =>
      ids.flatMap((id) => {
        const [purpose, vendor] = id.split('/');
        const known = asked.find((one) => one.id === purpose);
        const about = word === 'given' ? known : undefined;
        // The server no longer knows this form, and would reject the whole submission.
        if (known && !known.vendors?.[0] === !!vendor) return [];
        return {
          purpose,
          ...(vendor && { scope: { vendor } }),
          decision: word,
          ...(about?.own_statement && { explicit: true }),
          ...(about?.gpc && gpc && { gpc_acknowledged: true }),
        };
      }),
    );
    if (!decisions.length) return;
    const s = local.c === c ? local.s : 0;
    const id = eventId(now * 1000, rng.random(10));
    const body = {
      event_id: id,
      notice: notice?.notice,
      language: notice?.language,
      variant: notice?.variant,
      method: words.given === own ? 'form' : (decision?.method ?? 'api'),
      based_on: Math.max(s, stored?.token?.seq ?? 0),
      after: afterIds(local),
      decisions,
      occurred_at: new Date(now * 1000).toISOString(),
      signals: { gpc },
      ui_hash: decision?.ui_hash,
      surface: 'web',
      prompt: words.given === (rest.length ? rest : own) ? prompt : undefined,
    };
    const entry = {
      id,
      n,
      at: clock,
      yes: words.given ?? [],
      no: [...(words.withdrawn ?? []), ...(words.refused ?? [])],
      gpc,
      c,
      body,
    };
    local = enqueue({ ...local, c, s }, entry);
  }

  // Separate from the grant of the same click: a refusal must not wait for the grant, nor fail with it.
  if (known) submit({ withdrawn, refused: yes.length ? [] : notGiven });
  if (yes.length && (rest.length || notGiven.length)) submit({ given: rest, refused: notGiven });
  if (own.length) submit({ given: own });

  const change = { n, local, withdrawn };
  // Withdrawing one purpose that is not given refuses nothing else.
  if (!yes.length && withdrawn.length === open.length && (withdrawn.length || decision || !input.no))
    return { ...change, value: formatRefusal(n, now, banner?.notice.slice(7, 15) ?? stored?.notice8 ?? '00000000') };
  if (given.some((id) => withdrawn.includes(id))) return { ...change, value: valueWithout(stored!, withdrawn, n) };
  // The refusal has ended, but the grant has not arrived. If it never does, only the number is left to remember.
  if (yes.length && stored && !stored.token) return { ...change, value: formatRefusal(stored.n, 0, stored.notice8) };
  return change;
}
