/**
 * Records the user's choices: here at once, and at the server as soon as it can be reached.
 *
 * A refusal holds as soon as it is written here. A grant holds once the server has it. Everything is read again before
 * it is changed, because another tab, or the server's own `Set-Cookie`, may have written since.
 */
import type { BannerDocument } from '../contract.js';
import { type ChoiceInput, choose, valueWithout } from '../core/choose.js';
import { parseChoice } from '../core/cookie.js';
import { formatRefusal } from '../core/format.js';
import type { LocalRecord, Submission } from '../core/local-record.js';
import { dispositionOf, isLate, isRestriction, newestNumber, next } from '../core/outbox.js';
import { isConfirmed, RENEW_S } from '../core/permission.js';
import type { Answer, RecordPort } from './port.js';

/** Records choices, and decides when to send them again. */
export interface Session {
  /** Stores a choice and starts to send it. Returns the purposes that it withdrew. */
  record(input: ChoiceInput): string[];
  /** Counts a choice that leaves no other trace. Once, without waiting. */
  count(choice: 'deferred' | 'signal', banner: BannerDocument): void;
  /** The user sees this document: gets a prompt for it, unless one is at hand. The server counts it as shown. */
  shown(banner: BannerDocument): void;
  /** Sends the queue, and renews an old token. May be called at any time. */
  flush(): Promise<void>;
  /** Reads what another tab wrote, so that a response that is still on its way cannot undo it. */
  refresh(): void;
}

/** First and longest wait before a retry; milliseconds. Up to half is added at random: 1 s to 5 min. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 200_000;

/** Whether one of these ids had that outcome. */
const hasOutcome = (decisions: Answer['body']['decisions'], outcome: string, words: readonly string[]) =>
  decisions?.some(
    ({ purpose, scope, outcome: had }) =>
      had === outcome && words.includes(scope?.vendor ? `${purpose}/${scope.vendor}` : purpose),
  );

/** Creates the recorder of one page. */
export function createSession(port: RecordPort): Session {
  /** The newest choice that this page has seen. A response that sets an older cookie does not undo it. */
  let newestSeen = { n: 0, value: '' };
  /** The highest choice number that this page has seen or used. */
  let highest = 0;
  let failures = 0;
  let waiting = false;
  /** The server has asked the client to wait. */
  let isPaused = false;
  let hasResent = false;
  const sending = new Set<boolean>();
  /** What the user sees, and the server's prompt for it, once it has arrived. One grant uses both. */
  let seen: BannerDocument | undefined;
  let prompt: string | undefined;

  function save(local: LocalRecord): void {
    port.writeLocal(local.c || local.k || local.q.length ? JSON.stringify(local) : undefined);
  }

  function write(local: LocalRecord, value: string | undefined): void {
    save({ ...local, k: port.writeCookie(value) ? undefined : value });
    refresh();
  }

  function refresh(): void {
    const { stored } = port.view();
    // Another page may begin to count anew, once the user has cleared what is stored. A refusal counts all the same.
    if (stored && (!stored.token || stored.n >= newestSeen.n)) newestSeen = stored;
    highest = Math.max(highest, newestSeen.n);
  }

  /** Undoes a cookie that the server set after a newer choice was made. */
  function restoreNewest(): void {
    const { stored, local } = port.view();
    if (stored && stored.value !== newestSeen.value && stored.n < highest) write(local, newestSeen.value || undefined);
    refresh();
  }

  function record(input: ChoiceInput): string[] {
    if (input.banner === seen) input.prompt = prompt;
    const { n, local, value, withdrawn } = choose(port.view(), input, port, highest);
    highest = n;
    if (input.yes.length) seen = prompt = undefined;
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

  function shown(banner: BannerDocument): void {
    if (seen === banner) return;
    seen = banner;
    prompt = undefined;
    const { notice, language, variant } = banner;
    void port.post('prompts', { notice, language, variant }).then(({ body }) => {
      if (seen === banner) prompt = body.prompt;
    });
  }

  /** Stores a token, unless something newer was chosen or seen. `yes`: what the user gave with it. */
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

  /** The server knows the subject by the capability. */
  async function send(path: string, body: object, c: string, n: number): Promise<Answer> {
    const { stored, local } = port.view();
    // A cookie that the server sets holds what the server knows, so the server may set one only if nothing newer or
    // narrower is stored here, and nothing else is on its way.
    const sets = n >= newestNumber(local, stored) && !local.q[1] && !stored?.token?.withdrawnIndexes.length;
    const answer = await port.post(path, body, c, sets ? n : undefined);
    restoreNewest();
    return answer;
  }

  /**
   * Sends one submission. A grant is answered with its token. The server may have recorded the grant and be unable to
   * sign: then the client asks for the token, because the user could not withdraw a grant that is unknown here.
   */
  async function submit(entry: Submission): Promise<Answer> {
    const { body, c, n, yes } = entry;
    const answer = await send(isRestriction(entry) ? 'withdrawals' : 'consents', body, c, n);
    const { cookie, decisions } = answer.body;
    if (cookie || !hasOutcome(decisions, 'effective', yes)) return answer;
    const said = await send('cookie', {}, c, n);
    return said.status === 200 ? { ...answer, body: { ...answer.body, cookie: said.body.cookie } } : said;
  }

  /** Sends the queue in order: either refusals or grants. */
  async function sendWaiting(no: boolean): Promise<void> {
    if (sending.has(no)) return;
    sending.add(no);
    for (;;) {
      const { local, clock } = port.view();
      const entry = next(local);
      if (!entry || isRestriction(entry) !== no || isPaused) break;
      if (isLate(entry, clock)) handleAnswer(entry, { status: 410, body: {}, retryAfter: 0 });
      else if (!handleAnswer(entry, await submit(entry))) break;
    }
    sending.delete(no);
  }

  /** Handles a response. False if the submission must be sent again. */
  function handleAnswer(entry: Submission, { status, body, retryAfter }: Answer): boolean {
    const disposition = dispositionOf(entry, status);
    const no = isRestriction(entry);
    if (disposition === 'retry') {
      if (!no) port.progress('pending');
      return retry(retryAfter);
    }
    failures = 0;
    const { stored, local } = port.view();
    const q = local.q.filter((open) => open.id !== entry.id);
    // Another tab was faster, or storage was cleared: the response is about nothing that is known here.
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
    // Nothing is given and nothing is queued, so this browser needs no subject.
    if (!after.stored?.token && !q.length) save({ s: 0, q, k: after.local.k });
    if (done) retractUnknownGrant(entry, body);
    const lost = hasOutcome(body.decisions, 'superseded', entry.yes);
    if (!no && newestChoice) port.progress(done && !lost ? 'saved' : 'again');
    port.changed();
    return true;
  }

  /**
   * A refusal in another tab, at the same moment, did not know of this grant. The refusal holds here, so the server
   * must hear of it.
   */
  function retractUnknownGrant({ c, n, yes }: Submission, { cookie, seq = 0 }: Answer['body']): void {
    const { stored, local } = port.view();
    if (!yes.length || !cookie || local.c || !stored || stored.token || stored.n < n) return;
    save({ ...local, c, s: seq });
    record({ yes: [], no: yes });
  }

  /** Asks the server whether the grants still hold. */
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
    // Withdrawn or cleared in the meantime.
    if (stored?.token?.capability !== token.capability) return;
    if (body.cookie) {
      if (acceptToken(body.cookie, { c: token.capability, n, yes: [] })) port.clockIs(port.view().stored!.at);
      resendWithdrawals();
    } else if (stored.n === n && !local.q.length) {
      newestSeen = { n: 0, value: '' };
      // Withdrawn elsewhere: no prompt here either. Or expired: as if the user had not answered.
      write({ s: 0, q: [] }, body.may_ask === false ? formatRefusal(n, now, notice8) : undefined);
    }
    port.changed();
  }

  /**
   * The server still has a grant that was withdrawn here, so it never received the withdrawal. Sends it again, once per
   * page.
   */
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

  return { record, count, shown, flush, refresh };
}
