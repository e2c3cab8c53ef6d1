/**
 * Records what the person says: here at once, and at the server as soon as it can be reached.
 *
 * A no holds from the moment it is written here. A yes holds from the moment the server has it. Everything is read anew
 * before it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument } from '../contract.js';
import { type ChoiceInput, choose, valueWithout } from '../core/choose.js';
import { parseChoice } from '../core/cookie.js';
import { formatRefusal } from '../core/format.js';
import type { LocalRecord, Submission } from '../core/local-record.js';
import { dispositionOf, isLate, isNo, newestNumber, next } from '../core/outbox.js';
import { isConfirmed, RENEW_S } from '../core/permission.js';
import type { Answer, RecordPort } from './port.js';

/** What can be said, and when to try again. */
export interface Session {
  /** Writes down what was said and begins to send it. Returns what was taken back by it. */
  record(input: ChoiceInput): string[];
  /** Counts what leaves no other trace. Once, and without waiting. */
  count(choice: 'shown' | 'deferred' | 'signal', banner: BannerDocument): void;
  /** Sends what waits, and renews what is old. May be called at any time. */
  flush(): Promise<void>;
  /** Takes notice of what another tab wrote, so that an answer under way here cannot undo it. */
  refresh(): void;
}

/** First wait before another try, and the longest; milliseconds. Up to half is added by chance: 1 s to 5 min. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 200_000;

/** Whether one of these words had that outcome. */
const hasOutcome = (decisions: Answer['body']['decisions'], outcome: string, words: readonly string[]) =>
  decisions?.some(
    ({ purpose, scope, outcome: had }) =>
      had === outcome && words.includes(scope?.vendor ? `${purpose}/${scope.vendor}` : purpose),
  );

/** The record of one page. */
export function createSession(port: RecordPort): Session {
  /** The newest choice that this page has seen: an answer that sets an older cookie does not undo it. */
  let newestSeen = { n: 0, value: '' };
  /** The highest number that this page has used. */
  let highest = 0;
  let failures = 0;
  let waiting = false;
  /** The server has asked to be left alone. */
  let isPaused = false;
  let hasResent = false;
  const sending = new Set<boolean>();

  function save(local: LocalRecord): void {
    port.writeLocal(local.c || local.k || local.q.length ? JSON.stringify(local) : undefined);
  }

  function write(local: LocalRecord, value: string | undefined): void {
    save({ ...local, k: port.writeCookie(value) ? undefined : value });
    refresh();
  }

  function refresh(): void {
    const { stored } = port.view();
    if (stored && stored.n >= newestSeen.n) newestSeen = stored;
  }

  /** Undoes a cookie of the server's that came in later than a newer choice. */
  function restoreNewest(): void {
    const { stored, local } = port.view();
    if (stored && stored.value !== newestSeen.value && stored.n < Math.max(newestSeen.n, highest))
      write(local, newestSeen.value || undefined);
    refresh();
  }

  function record(input: ChoiceInput): string[] {
    const { n, local, value, withdrawn } = choose(port.view(), input, port, highest);
    highest = n;
    if (value) write(local, value);
    else save(local);
    if (value && !local.c && input.banner) count('refused', input.banner, n);
    port.changed();
    void flush();
    return withdrawn;
  }

  function count(choice: string, { notice }: BannerDocument, n?: number): void {
    void port.post('tallies', { notice, choice }, undefined, n).then(restoreNewest);
  }

  /** Takes a token over, unless something newer was said or seen. `yes`: what the person gave by it. */
  function acceptToken(text: string, { c, n, yes }: Pick<Submission, 'c' | 'n' | 'yes'>): boolean {
    const { stored, local } = port.view();
    const fresh = parseChoice(`g.${n}.${text}.${c}`, port.site);
    if (!fresh?.token || fresh.token.seq < local.s) return false;
    if (stored && (stored.token ? stored.at > fresh.at : stored.n >= n)) return false;
    const taken = local.q.flatMap((other) => (other.n >= n ? other.no : []));
    for (const index of stored?.token?.withdrawnIndexes ?? []) {
      const { id } = stored!.purposes[index]!;
      if (stored!.n > n || !yes.includes(id)) taken.push(id);
    }
    write(local, valueWithout(fresh, taken, Math.max(n, stored?.n ?? 0)));
    return true;
  }

  /** Whose it is, the server knows by the capability. */
  async function send(path: string, body: object, c: string, n: number): Promise<Answer> {
    const { stored, local } = port.view();
    // A cookie that the server sets knows only this one choice, so it is asked for where nothing newer or narrower is here.
    const sets = n >= newestNumber(local, stored) && !stored?.token?.withdrawnIndexes.length;
    const answer = await port.post(path, body, c, sets ? n : undefined);
    restoreNewest();
    return answer;
  }

  /**
   * Sends one entry. A yes comes back with its token. The server may have the one and be unable, just then, to say the
   * other: then it is asked, for a yes on record that nobody here knows of could not be taken back.
   */
  async function submit(entry: Submission): Promise<Answer> {
    const { body, c, n, yes } = entry;
    const answer = await send(isNo(entry) ? 'withdrawals' : 'consents', body, c, n);
    const { cookie, decisions } = answer.body;
    if (cookie || !hasOutcome(decisions, 'effective', yes)) return answer;
    const said = await send('cookie', {}, c, n);
    return said.status === 200 ? { ...answer, body: { ...answer.body, cookie: said.body.cookie ?? null } } : said;
  }

  /** Sends what waits, one after the other: what narrows, or what gives. */
  async function sendWaiting(no: boolean): Promise<void> {
    if (sending.has(no)) return;
    sending.add(no);
    for (;;) {
      const { local, clock } = port.view();
      const entry = next(local);
      if (!entry || isNo(entry) !== no || isPaused) break;
      if (isLate(entry, clock)) handleAnswer(entry, { status: 410, body: {}, retryAfter: 0 });
      else if (!handleAnswer(entry, await submit(entry))) break;
    }
    sending.delete(no);
  }

  /** What an answer means. False where it has to be tried again. */
  function handleAnswer(entry: Submission, { status, body, retryAfter }: Answer): boolean {
    const disposition = dispositionOf(entry, status);
    const no = isNo(entry);
    if (disposition === 'retry') {
      if (!no) port.progress('pending');
      return retry(retryAfter);
    }
    failures = 0;
    const { stored, local } = port.view();
    const q = local.q.filter((open) => open.id !== entry.id);
    // Another tab was faster, or the storage was cleared: then what came back is about nothing that is known here.
    const done = disposition === 'done';
    if (q.length === local.q.length) {
      if (done) retractUnknownGrant(entry, body);
      return true;
    }
    const left = { ...local, q, s: done && local.c === entry.c ? Math.max(local.s, body.seq ?? 0) : local.s };
    const newestChoice = entry.n >= newestNumber(local, stored);
    if (no && stored?.token && stored.n < entry.n) write(left, valueWithout(stored, entry.no, entry.n));
    else save(left);
    if (done && body.cookie) acceptToken(body.cookie, entry);
    const after = port.view();
    // Nothing given and nothing under way: then there is nobody whom this browser needs to know.
    if (!after.stored?.token && !q.length) save({ s: 0, q, k: after.local.k });
    if (done) retractUnknownGrant(entry, body);
    const lost = hasOutcome(body.decisions, 'superseded', entry.yes);
    if (!no && newestChoice) port.progress(done && !lost ? 'saved' : 'again');
    port.changed();
    return true;
  }

  /** A no of another tab, said in the same moment, knew nothing of this yes. It stands here, so the server hears of it. */
  function retractUnknownGrant({ c, n, yes }: Submission, { cookie, seq = 0 }: Answer['body']): void {
    const { stored, local } = port.view();
    if (!yes.length || !cookie || local.c || !stored || stored.token || stored.n < n) return;
    save({ ...local, c, s: seq });
    record({ yes: [], no: yes });
  }

  /** Asks the server whether what was given still stands. */
  async function renew(): Promise<void> {
    const view = port.view();
    const { token, n = 0, notice8 = '' } = view.stored ?? {};
    if (!token || view.local.q.length || isPaused || view.now >= token.expires) return;
    const age = view.now - token.signed;
    if (age >= 0 && age < RENEW_S && !token.withdrawnIndexes.length && isConfirmed(token, view)) return;
    const { status, body, retryAfter } = await send('cookie', {}, token.capability, n);
    const { stored, local, now } = port.view();
    if (status !== 200 && status !== 410) return void retry(retryAfter);
    failures = 0;
    // Taken back, or cleared, in the meantime.
    if (stored?.token?.capability !== token.capability) return;
    if (body.cookie) {
      if (acceptToken(body.cookie, { c: token.capability, n, yes: [] })) port.clockIs(port.view().stored!.at);
      resendWithdrawals();
    } else if (stored.n === n && !local.q.length) {
      newestSeen = { n: 0, value: '' };
      // Taken back somewhere else: here too nobody is asked again. Or run out: as if nothing had been said.
      write({ s: 0, q: [] }, body.may_ask === false ? formatRefusal(n, now, notice8) : undefined);
    }
    port.changed();
  }

  /** What was taken back here and still stands at the server was never heard there: said again, once a page. */
  function resendWithdrawals(): void {
    const { stored, local } = port.view();
    const no = stored?.token?.withdrawnIndexes.map((index) => stored.purposes[index]!.id) ?? [];
    if (hasResent || local.q.length || !no.length) return;
    hasResent = true;
    record({ yes: [], no });
  }

  function retry(seconds: number): false {
    isPaused ||= seconds > 0;
    if (waiting) return false;
    waiting = true;
    const wait = Math.min(RETRY_MS * 2 ** failures++, RETRY_MS_MAX) * (1 + port.random(1)[0]! / 512);
    port.wait(Math.max(wait, seconds * 1000), () => {
      waiting = isPaused = false;
      void flush();
    });
    return false;
  }

  async function flush(): Promise<void> {
    refresh();
    await sendWaiting(true);
    await port.lock(async () => {
      await sendWaiting(false);
      await renew();
    });
  }

  return { record, count, flush, refresh };
}
