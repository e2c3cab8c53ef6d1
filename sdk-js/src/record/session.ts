/**
 * Records what the person says: here at once, and at the server as soon as it can be reached.
 *
 * A no holds from the moment it is written here. A yes holds from the moment the server has it. Everything is read anew
 * before it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument, Decision } from '../contract.js';
import type { Box, Entry } from '../core/box.js';
import { type Change, choose, narrowed, type Saying } from '../core/choose.js';
import { parseChoice } from '../core/cookie.js';
import { formatGiven } from '../core/format.js';
import { subjectOf } from '../core/id.js';
import { fateOf, isLate, isNo, isRetry, newestNumber, next } from '../core/outbox.js';
import { isConfirmed, RENEW_S, type View } from '../core/permission.js';
import type { Answer, RecordPort } from './port.js';

/** What can be said, and when to try again. */
export interface Session {
  /** Writes a decision down and begins to send it. Returns what was taken back by it. */
  decide(decision: Decision, banner: BannerDocument): string[];
  /** Takes these purposes back, or everything. Returns what was taken back. */
  withdraw(purposes: readonly string[] | undefined, banner: BannerDocument | undefined): string[];
  /** Counts what leaves no other trace. Once, and without waiting. */
  count(choice: 'shown' | 'deferred', banner: BannerDocument): void;
  /** Sends what waits, and renews what is old. May be called at any time. */
  flush(): Promise<void>;
  /** Takes notice of what another tab wrote, so that an answer under way here cannot undo it. */
  look(): void;
}

/** First wait before another try, and the longest; milliseconds. Up to half is added by chance: 1 s to 5 min. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 200_000;

/** The record of one page. */
export function createSession(port: RecordPort): Session {
  /** The newest choice that this page has seen: an answer that sets an older cookie does not undo it. */
  let seen = { n: 0, value: '' };
  let top = 0;
  let failures = 0;
  let waiting = false;
  let held = false;
  let healed = false;
  const sending = new Set<boolean>();

  function write(box: Box, value: string | undefined): void {
    save({ ...box, k: port.writeCookie(value) ? undefined : value });
    look();
  }

  function look(): void {
    const { stored } = port.view();
    if (stored && stored.n >= seen.n) seen = stored;
  }

  function save(box: Box): void {
    port.writeBox(box.c || box.k || box.q.length ? JSON.stringify(box) : undefined);
  }

  function say(saying: Saying): string[] {
    const { n, box, value, taken }: Change = choose(port.view(), saying, port.random, top);
    top = n;
    if (value) write(box, value);
    else save(box);
    if (value && !box.c && saying.banner) count('refused', saying.banner, n);
    port.changed();
    void flush();
    return taken;
  }

  function count(choice: string, { notice }: BannerDocument, n?: number): void {
    void port.post('tallies', { notice, choice }, undefined, n).then(mend);
  }

  function decide(decision: Decision, banner: BannerDocument): string[] {
    const { kind, given, refused, method } = decision;
    // Refusing is about everything, also about what was given under another notice.
    const { stored, box } = port.view();
    const all = [...(stored?.purposes.map((purpose) => purpose.id) ?? []), ...box.q.flatMap((entry) => entry.yes)];
    return say({
      yes: kind === 'refuse' ? [] : given,
      no: kind === 'refuse' ? [...new Set([...refused, ...given, ...all])] : refused,
      method,
      banner,
      decision,
    });
  }

  function withdraw(purposes: readonly string[] | undefined, banner: BannerDocument | undefined): string[] {
    return say({ yes: [], no: purposes, method: 'api', banner });
  }

  /** Takes a token over, unless something newer was said or seen. */
  function adopt(view: View, text: string, entry: Pick<Entry, 'c' | 'n' | 'yes'>, subject: string): boolean {
    const { stored, box } = view;
    const fresh = parseChoice(`g.0.${text}.${entry.c}`);
    if (fresh?.token?.subject !== subject || fresh.token.seq < box.s) return false;
    if (stored && (stored.token ? stored.token.signed > fresh.at : stored.n >= entry.n)) return false;
    const taken = new Set(box.q.filter((other) => other.n >= entry.n).flatMap((other) => other.no));
    for (const index of stored?.token?.minus ?? []) {
      const { id } = stored!.purposes[index]!;
      if (stored!.n > entry.n || !entry.yes.includes(id)) taken.add(id);
    }
    const minus = fresh.purposes.flatMap(({ id, given }, i) => (given && taken.has(id) ? [i] : []));
    const n = Math.max(entry.n, stored?.n ?? 0);
    write(box, formatGiven(n, text, entry.c, minus));
    return true;
  }

  /** Undoes a cookie of the server's that came in later than a newer choice. */
  function mend(): View {
    const { stored, box } = port.view();
    if (stored && stored.n < seen.n) write(box, seen.value);
    else look();
    return port.view();
  }

  async function send(path: string, body: object, capability: string, n: number): Promise<[string, Answer]> {
    const { stored, box } = port.view();
    // A cookie that the server sets knows only this one choice, so it is asked for where nothing newer or narrower is here.
    const sets = n >= newestNumber(box, stored) && !stored?.token?.minus.length;
    try {
      const subject = await subjectOf(capability);
      return [subject, await port.post(path, { ...body, subject }, capability, sets ? n : undefined)];
    } catch {
      return ['', { status: 0, body: {}, retryAfter: 0 }];
    }
  }

  /** Sends what waits, one after the other: what narrows, or what gives. False where it has to be tried again. */
  async function drain(no: boolean): Promise<void> {
    if (sending.has(no)) return;
    sending.add(no);
    for (;;) {
      const entry = next(port.view().box);
      if (!entry || isNo(entry) !== no || held) break;
      const [subject, answer] = await send(no ? 'withdrawals' : 'consents', entry.body, entry.c, entry.n);
      if (!settle(entry, subject, answer)) break;
    }
    sending.delete(no);
  }

  function settle(entry: Entry, subject: string, { status, body, retryAfter }: Answer): boolean {
    const fate = fateOf(entry, status);
    let view = mend();
    if (fate === 'retry') {
      if (!isNo(entry)) port.news('pending');
      return retry(retryAfter);
    }
    failures = 0;
    const { box } = view;
    // Another tab was faster, or the storage was cleared: then what came back is about nothing that is known here.
    if (!box.q.some((open) => open.id === entry.id)) return true;
    const left = { ...box, q: box.q.filter((open) => open.id !== entry.id) };
    if (fate === 'done' && box.c === entry.c) left.s = Math.max(box.s, body.seq ?? 0);
    save(left);
    const latest = entry.n >= newestNumber(box, view.stored);
    view = port.view();
    if (isNo(entry) && view.stored?.token && view.stored.n < entry.n)
      write(view.box, narrowed(view.stored, entry.no, entry.n, view.now, !view.box.q.length));
    if (fate === 'done' && body.cookie) adopt(port.view(), body.cookie, entry, subject);
    tidy();
    port.changed();
    if (!isNo(entry) && latest) {
      const lost = body.decisions?.some((one) => one.outcome === 'superseded' && entry.yes.includes(one.purpose));
      port.news(fate === 'done' && !lost ? 'saved' : 'again');
    }
    return true;
  }

  /** Nothing given and nothing under way: then there is nobody whom this browser needs to know. */
  function tidy(): void {
    const { stored, box, now } = port.view();
    if (box.q.length) return;
    if (stored?.token?.minus.length && !stored.purposes.some((purpose) => purpose.given))
      write({ s: 0, q: [] }, narrowed(stored, [], stored.n, now, true));
    else if (!stored?.token) save({ s: 0, q: [], k: box.k });
  }

  /** Asks the server whether what was given still stands. */
  async function renew(): Promise<void> {
    const { stored, box, now } = port.view();
    const token = stored?.token;
    if (!token || box.q.length || held || now >= token.expires) return;
    const age = now - token.signed;
    if (age >= 0 && age < RENEW_S && !token.minus.length && isConfirmed(token, port.view())) return;
    const [subject, { status, body, retryAfter }] = await send('cookie', {}, token.capability, stored.n);
    const view = mend();
    if (isRetry(status)) return void retry(retryAfter);
    failures = 0;
    if (view.stored?.token?.capability !== token.capability) return;
    if (status === 200 && body.cookie) {
      if (adopt(view, body.cookie, { c: token.capability, n: stored.n, yes: [] }, subject))
        port.clockIs(port.view().stored!.at);
      await heal();
    } else if ((status === 200 || status === 410) && view.stored.n === stored.n && !view.box.q.length) {
      // Not a no of the person's: asked again, as if nothing had been said.
      seen = { n: 0, value: '' };
      write({ s: 0, q: [] }, undefined);
    }
    port.changed();
  }

  /** What was taken back here and still stands at the server was never heard there: said again, once a page. */
  async function heal(): Promise<void> {
    const { stored, box } = port.view();
    const minus = stored?.token?.minus ?? [];
    if (healed || box.q.length || !minus.length) return;
    healed = true;
    const no = minus.map((index) => stored!.purposes[index]!.id);
    const purposes = stored!.purposes.map((one) => (no.includes(one.id) ? { ...one, given: true } : one));
    const view = { ...port.view(), stored: { ...stored!, purposes } };
    save(choose(view, { yes: [], no, method: 'api', banner: undefined }, port.random, top).box);
    await drain(true);
  }

  function retry(seconds: number): false {
    held ||= seconds > 0;
    if (waiting) return false;
    waiting = true;
    const wait = Math.min(RETRY_MS * 2 ** failures++, RETRY_MS_MAX) * (1 + port.random(1)[0]! / 512);
    port.wait(Math.max(wait, seconds * 1000), () => {
      waiting = held = false;
      void flush();
    });
    return false;
  }

  async function flush(): Promise<void> {
    look();
    const { box, stored, now } = port.view();
    const late = box.q.filter((entry) => isLate(entry, now));
    if (late.length) {
      save({ ...box, q: box.q.filter((entry) => !late.includes(entry)) });
      tidy();
      port.changed();
      if (late.some((entry) => entry.n >= newestNumber(box, stored))) port.news('again');
    }
    await drain(true);
    await port.lock(async () => {
      await drain(false);
      await renew();
    });
  }

  return { decide, withdraw, count, flush, look };
}
