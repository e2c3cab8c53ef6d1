/**
 * Records what the person says: here at once, and at the server as soon as it can be reached.
 *
 * A no holds from the moment it is written here. A yes holds from the moment the server has it. Everything is read anew
 * before it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument } from '../contract.js';
import type { Box, Entry } from '../core/box.js';
import { choose, narrowed, type Saying } from '../core/choose.js';
import { parseChoice } from '../core/cookie.js';
import { formatRefusal } from '../core/format.js';
import { fateOf, isLate, isNo, newestNumber, next } from '../core/outbox.js';
import { isConfirmed, RENEW_S } from '../core/permission.js';
import type { Answer, RecordPort } from './port.js';

/** What can be said, and when to try again. */
export interface Session {
  /** Writes down what was said and begins to send it. Returns what was taken back by it. */
  say(saying: Saying): string[];
  /** Counts what leaves no other trace. Once, and without waiting. */
  count(choice: 'shown' | 'deferred' | 'signal', banner: BannerDocument): void;
  /** Sends what waits, and renews what is old. May be called at any time. */
  flush(): Promise<void>;
  /** Takes notice of what another tab wrote, so that an answer under way here cannot undo it. */
  look(): void;
}

/** First wait before another try, and the longest; milliseconds. Up to half is added by chance: 1 s to 5 min. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 200_000;

/** Whether one of these words had that outcome. */
const hasOne = (decisions: Answer['body']['decisions'], outcome: string, words: readonly string[]) =>
  decisions?.some(
    ({ purpose, scope, outcome: had }) =>
      had === outcome && words.includes(scope?.vendor ? `${purpose}/${scope.vendor}` : purpose),
  );

/** The record of one page. */
export function createSession(port: RecordPort): Session {
  /** The newest choice that this page has seen: an answer that sets an older cookie does not undo it. */
  let seen = { n: 0, value: '' };
  /** The highest number that this page has used. */
  let top = 0;
  let failures = 0;
  let waiting = false;
  /** The server has asked to be left alone. */
  let held = false;
  let repeated = false;
  const sending = new Set<boolean>();

  function save(box: Box): void {
    port.writeBox(box.c || box.k || box.q.length ? JSON.stringify(box) : undefined);
  }

  function write(box: Box, value: string | undefined): void {
    save({ ...box, k: port.writeCookie(value) ? undefined : value });
    look();
  }

  function look(): void {
    const { stored } = port.view();
    if (stored && stored.n >= seen.n) seen = stored;
  }

  /** Undoes a cookie of the server's that came in later than a newer choice. */
  function mend(): void {
    const { stored, box } = port.view();
    if (stored && stored.value !== seen.value && stored.n < Math.max(seen.n, top)) write(box, seen.value || undefined);
    look();
  }

  function say(saying: Saying): string[] {
    const { n, box, value, taken } = choose(port.view(), saying, port, top);
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

  /** Takes a token over, unless something newer was said or seen. `yes`: what the person gave by it. */
  function adopt(text: string, { c, n, yes }: Pick<Entry, 'c' | 'n' | 'yes'>): boolean {
    const { stored, box } = port.view();
    const fresh = parseChoice(`g.${n}.${text}.${c}`, port.site);
    if (!fresh?.token || fresh.token.seq < box.s) return false;
    if (stored && (stored.token ? stored.at > fresh.at : stored.n >= n)) return false;
    const taken = box.q.flatMap((other) => (other.n >= n ? other.no : []));
    for (const index of stored?.token?.minus ?? []) {
      const { id } = stored!.purposes[index]!;
      if (stored!.n > n || !yes.includes(id)) taken.push(id);
    }
    write(box, narrowed(fresh, taken, Math.max(n, stored?.n ?? 0)));
    return true;
  }

  /** Whose it is, the server knows by the capability. */
  async function send(path: string, body: object, c: string, n: number): Promise<Answer> {
    const { stored, box } = port.view();
    // A cookie that the server sets knows only this one choice, so it is asked for where nothing newer or narrower is here.
    const sets = n >= newestNumber(box, stored) && !stored?.token?.minus.length;
    const answer = await port.post(path, body, c, sets ? n : undefined);
    mend();
    return answer;
  }

  /**
   * Sends one entry. A yes comes back with its token. The server may have the one and be unable, just then, to say the
   * other: then it is asked, for a yes on record that nobody here knows of could not be taken back.
   */
  async function submit(entry: Entry): Promise<Answer> {
    const { body, c, n, yes } = entry;
    const answer = await send(isNo(entry) ? 'withdrawals' : 'consents', body, c, n);
    const { cookie, decisions } = answer.body;
    if (cookie || !hasOne(decisions, 'effective', yes)) return answer;
    const said = await send('cookie', {}, c, n);
    return said.status === 200 ? { ...answer, body: { ...answer.body, cookie: said.body.cookie ?? null } } : said;
  }

  /** Sends what waits, one after the other: what narrows, or what gives. */
  async function drain(no: boolean): Promise<void> {
    if (sending.has(no)) return;
    sending.add(no);
    for (;;) {
      const { box, clock } = port.view();
      const entry = next(box);
      if (!entry || isNo(entry) !== no || held) break;
      if (isLate(entry, clock)) settle(entry, { status: 410, body: {}, retryAfter: 0 });
      else if (!settle(entry, await submit(entry))) break;
    }
    sending.delete(no);
  }

  /** What an answer means. False where it has to be tried again. */
  function settle(entry: Entry, { status, body, retryAfter }: Answer): boolean {
    const fate = fateOf(entry, status);
    const no = isNo(entry);
    if (fate === 'retry') {
      if (!no) port.news('pending');
      return retry(retryAfter);
    }
    failures = 0;
    const { stored, box } = port.view();
    const q = box.q.filter((open) => open.id !== entry.id);
    // Another tab was faster, or the storage was cleared: then what came back is about nothing that is known here.
    const done = fate === 'done';
    if (q.length === box.q.length) {
      if (done) disown(entry, body);
      return true;
    }
    const left = { ...box, q, s: done && box.c === entry.c ? Math.max(box.s, body.seq ?? 0) : box.s };
    const newest = entry.n >= newestNumber(box, stored);
    if (no && stored?.token && stored.n < entry.n) write(left, narrowed(stored, entry.no, entry.n));
    else save(left);
    if (done && body.cookie) adopt(body.cookie, entry);
    const after = port.view();
    // Nothing given and nothing under way: then there is nobody whom this browser needs to know.
    if (!after.stored?.token && !q.length) save({ s: 0, q, k: after.box.k });
    if (done) disown(entry, body);
    const lost = hasOne(body.decisions, 'superseded', entry.yes);
    if (!no && newest) port.news(done && !lost ? 'saved' : 'again');
    port.changed();
    return true;
  }

  /** A no of another tab, said in the same moment, knew nothing of this yes. It stands here, so the server hears of it. */
  function disown({ c, n, yes }: Entry, { cookie, seq = 0 }: Answer['body']): void {
    const { stored, box } = port.view();
    if (!yes.length || !cookie || box.c || !stored || stored.token || stored.n < n) return;
    save({ ...box, c, s: seq });
    say({ yes: [], no: yes });
  }

  /** Asks the server whether what was given still stands. */
  async function renew(): Promise<void> {
    const view = port.view();
    const { token, n = 0, notice8 = '' } = view.stored ?? {};
    if (!token || view.box.q.length || held || view.now >= token.expires) return;
    const age = view.now - token.signed;
    if (age >= 0 && age < RENEW_S && !token.minus.length && isConfirmed(token, view)) return;
    const { status, body, retryAfter } = await send('cookie', {}, token.capability, n);
    const { stored, box, now } = port.view();
    if (status !== 200 && status !== 410) return void retry(retryAfter);
    failures = 0;
    // Taken back, or cleared, in the meantime.
    if (stored?.token?.capability !== token.capability) return;
    if (body.cookie) {
      if (adopt(body.cookie, { c: token.capability, n, yes: [] })) port.clockIs(port.view().stored!.at);
      repeat();
    } else if (stored.n === n && !box.q.length) {
      seen = { n: 0, value: '' };
      // Taken back somewhere else: here too nobody is asked again. Or run out: as if nothing had been said.
      write({ s: 0, q: [] }, body.may_ask === false ? formatRefusal(n, now, notice8) : undefined);
    }
    port.changed();
  }

  /** What was taken back here and still stands at the server was never heard there: said again, once a page. */
  function repeat(): void {
    const { stored, box } = port.view();
    const no = stored?.token?.minus.map((index) => stored.purposes[index]!.id) ?? [];
    if (repeated || box.q.length || !no.length) return;
    repeated = true;
    say({ yes: [], no });
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
    await drain(true);
    await port.lock(async () => {
      await drain(false);
      await renew();
    });
  }

  return { say, count, flush, look };
}
