/** What a choice changes in this browser: the cookie's value and what waits for the server. Pure; chance is a parameter. */
import type { BannerDocument, Decision } from '../contract.js';
import type { Box } from './box.js';
import type { Stored } from './cookie.js';
import { formatGiven, formatRefusal } from './format.js';
import { base64url, eventId } from './id.js';
import { afterIds, enqueue, newestNumber } from './outbox.js';
import type { View } from './permission.js';

/** What the person said. */
export interface Saying {
  yes: readonly string[];
  /** Absent: everything that is not in `yes`. */
  no: readonly string[] | undefined;
  method: Decision['method'] | 'api';
  /** What is asked now. It was on the screen where there is a `decision`. */
  banner: BannerDocument | undefined;
  decision?: Decision;
}

/** What it changes. */
export interface Change {
  n: number;
  box: Box;
  /** The cookie's new value; absent: it stays as it is. */
  value?: string | undefined;
  /** Purposes that were given, or were about to be, and are not any more. */
  taken: string[];
}

/** The value after purposes were taken away. `empty`: without an identifier where nothing given is left. */
export function narrowed(stored: Stored, ids: readonly string[], n: number, now: number, empty: boolean): string {
  const { token, purposes, notice8 } = stored;
  const minus = purposes.flatMap(({ id, given }, i) =>
    token!.minus.includes(i) || (given && ids.includes(id)) ? [i] : [],
  );
  return empty && purposes.every(({ id, given }) => !given || ids.includes(id))
    ? formatRefusal(n, now, notice8)
    : formatGiven(n, token!.text, token!.capability, minus);
}

/**
 * Works a choice out. A no is in `value` at once; a yes is only queued. `top` is the highest number that this page has
 * used, for storage may have been cleared since.
 */
export function choose(view: View, saying: Saying, random: (length: number) => Uint8Array, top: number): Change {
  const { stored, now, gpc } = view;
  const { yes, method, banner, decision } = saying;
  const given = (stored?.purposes ?? []).filter((purpose) => purpose.given).map((purpose) => purpose.id);
  const open = [...new Set([...given, ...view.box.q.flatMap((entry) => entry.yes)])];
  const no = (saying.no ?? open).filter((id) => !yes.includes(id));
  const taken = open.filter((id) => no.includes(id));
  const n = Math.max(top, newestNumber(view.box, stored)) + 1;
  // Made at the first grant. A refusal never makes one.
  const known = stored?.token?.capability ?? view.box.c;
  const capability = known ?? (yes.length ? base64url(random(32)) : '');
  const shown = decision && banner;
  let box = view.box;

  /** One submission: these purposes, with these words. */
  function submit(said: { given: readonly string[]; withdrawn: readonly string[]; refused: readonly string[] }): void {
    const decisions = Object.entries(said).flatMap(([word, ids]) =>
      ids.map((id) => {
        const purpose = word === 'given' ? banner?.purposes.find((asked) => asked.id === id) : undefined;
        return {
          purpose: id,
          decision: word,
          ...(purpose?.own_statement && { explicit: true }),
          ...(purpose?.gpc && gpc && decision?.gpc_shown && { gpc_acknowledged: true }),
        };
      }),
    );
    if (!decisions.length) return;
    const seen = box.c === capability ? box.s : 0;
    const id = eventId(now * 1000, random(10));
    const body = {
      event_id: id,
      notice: shown?.notice,
      language: shown?.language,
      variant: shown?.variant,
      method,
      based_on: Math.max(seen, stored?.token?.seq ?? 0),
      after: afterIds(box),
      decisions,
      occurred_at: new Date(now * 1000).toISOString(),
      signals: { gpc },
      ui_hash: decision?.ui_hash,
      surface: 'web',
    };
    const entry = {
      id,
      n,
      at: now,
      yes: [...said.given],
      no: [...said.withdrawn, ...said.refused],
      c: capability,
      body,
    };
    box = enqueue({ ...box, c: capability, s: seen }, entry);
  }

  const never = no.filter((id) => !taken.includes(id));
  // Apart from the yes of the same moment: a no must not wait for it, nor fail with it.
  if (known) submit({ given: [], withdrawn: taken, refused: yes.length ? [] : never });
  if (yes.length) submit({ given: yes, withdrawn: [], refused: never });

  let value: string | undefined;
  // Taking back one purpose that is not given refuses nothing else.
  const isRefusal = !yes.length && taken.length === open.length && (taken.length || decision || !saying.no);
  if (isRefusal) value = formatRefusal(n, now, banner?.notice.slice(7, 15) ?? stored?.notice8 ?? '00000000');
  else if (given.some((id) => no.includes(id))) value = narrowed(stored!, no, n, now, false);
  else if (yes.length && stored?.kind === 'refused') value = formatRefusal(stored.n, 0, stored.notice8);
  return { n, box, value, taken };
}
