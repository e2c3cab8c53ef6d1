/** For tests: a browser with tabs, a network that follows instructions, and a server with the rules of the record. */
import { createHash } from 'node:crypto';
import type { BannerDocument } from '../../src/contract.js';
import { newestChoice } from '../../src/core/cookie.js';
import { parseLocalRecord } from '../../src/core/local-record.js';
import { isPermitted, type View } from '../../src/core/permission.js';
import type { Answer, AnswerBody, RecordPort, RecordProgress } from '../../src/record/port.js';
import { createSession, type Session } from '../../src/record/session.js';

/** What the model asks: a purpose, a service of another one, and a purpose that GPC denies. */
export const PURPOSES = ['site.numbers', 'site.film/rullen', 'site.ads'];
const NOTICE = `sha256:${'5d3a9c01'.repeat(8)}`;
const LETTERS = ['s', 'p', 'm'];

/** The model's banner document. */
export const BANNER = {
  notice: NOTICE,
  language: 'sv',
  variant: 'adult',
  prior_notices_accepted: [] as string[],
  purposes: PURPOSES.map((word, i) => {
    const [id, vendor] = word.split('/');
    const vendors = vendor ? [{ id: vendor, name: vendor }] : [];
    return { id, gpc: i === 2, own_statement: false, reask_s: 1000, terminal: [], vendors };
  }),
} as unknown as BannerDocument;

/** Public id of the model's site. */
export const SITE = '0a1b2c3d4e5f';

/** The subject of a capability, as the server derives it. */
export function serverSubject(capability: string): string {
  const secret = Buffer.from(capability, 'base64url');
  const digest = createHash('sha256').update('samtycke/subject/v1\n').update(secret).digest();
  return `s_${digest.subarray(0, 16).toString('base64url')}`;
}

interface Cell {
  given: boolean;
  /** The seq of a yes that acknowledged the signal. */
  acknowledged: number | undefined;
  noes: number[];
}

/** What the server knows of one subject. */
interface Stream {
  seq: number;
  /** The seq since which the browser signals. */
  signals: number | undefined;
  cells: Map<string, Cell>;
}

/** A signal that the server does not know began later than every acknowledgement. */
const isAcknowledged = ({ signals }: Stream, cell?: Cell) =>
  signals !== undefined && !!cell?.acknowledged && signals <= cell.acknowledged;

/** The body of a submission, as far as the model reads it. */
export interface SubmissionBody {
  event_id: string;
  based_on: number;
  after: string[];
  prompt?: string;
  signals?: { gpc: boolean };
  decisions: { purpose: string; scope?: { vendor: string }; decision: string; gpc_acknowledged?: boolean }[];
}

/**
 * A server that follows docs/decisions.md: a refusal takes effect at once, a grant only if it had seen every refusal.
 */
export class Server {
  events = new Map<string, { text: string; seq: number; answer: AnswerBody; deliveries: number }>();
  subjects = new Map<string, Stream>();
  /** Refusals about subjects without a stream, until it begins. */
  marks = new Map<string, { text: string; body: SubmissionBody }[]>();
  /** Ids that it rejected, with the status: it does not accept them later. */
  rejected = new Map<string, number>();
  faults: string[] = [];
  prompts = 0;
  now = 1_790_000_000;

  /** Whether it has this event, as a leaf or as a mark. */
  has(id: string): boolean {
    return this.events.has(id) || [...this.marks.values()].flat().some(({ body }) => body.event_id === id);
  }

  isGiven(subject: string, purpose: string): boolean {
    return !!this.subjects.get(subject)?.cells.get(purpose)?.given;
  }

  /** Whether a signal that is on now is acknowledged. */
  isAcknowledged(subject: string, purpose: string): boolean {
    const stream = this.subjects.get(subject);
    return !!stream && isAcknowledged(stream, stream.cells.get(purpose));
  }

  token(subject: string): string | null {
    const stream = this.subjects.get(subject);
    if (!stream || ![...stream.cells.values()].some((cell) => cell.given)) return null;
    const payload = {
      v: 1,
      o: 'log.example',
      s: 'site',
      i: SITE,
      n: NOTICE.slice(7, 15),
      sub: subject,
      seq: stream.seq,
      iat: this.now,
      exp: this.now + 365 * 86_400,
      pos: 'AAAA',
      p: PURPOSES.map((id, i) => {
        const cell = stream.cells.get(id);
        return [
          id,
          LETTERS[i],
          (cell?.given ? 1 : 0) | (i === 2 && !isAcknowledged(stream, cell) ? 2 : 0) | (cell ? 0 : 4),
        ];
      }),
    };
    return `${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${'A'.repeat(86)}`;
  }

  take(path: string, body: SubmissionBody, capability: string): Answer {
    if (path === 'tallies') return { status: 204, body: {}, retryAfter: 0 };
    if (path === 'prompts') return this.answer({ prompt: `pr_${++this.prompts}` });
    const subject = serverSubject(capability);
    if (path === 'cookie') return this.answer({ cookie: this.token(subject) });
    const status = this.rejected.get(body.event_id);
    if (status) return { status, body: {}, retryAfter: 0 };
    const text = JSON.stringify(body);
    const before = this.events.get(body.event_id);
    if (before) {
      before.deliveries++;
      if (before.text !== text) this.faults.push('one id, two bodies');
      return this.answer(this.withToken(before.answer, subject));
    }
    if (!this.subjects.has(subject)) {
      const marks = this.marks.get(subject) ?? [];
      if (path === 'withdrawals') {
        const known = marks.find((mark) => mark.body.event_id === body.event_id);
        if (known && known.text !== text) this.faults.push('one id, two bodies');
        if (!known) marks.push({ text, body });
        this.marks.set(subject, marks);
        const seq = marks.findIndex((mark) => mark.body.event_id === body.event_id) + 1;
        return this.answer({ seq, decisions: body.decisions.map((about) => ({ ...about, outcome: 'effective' })) });
      }
      // The stream begins: its marks come first.
      this.subjects.set(subject, { seq: 0, signals: undefined, cells: new Map<string, Cell>() });
      this.marks.delete(subject);
      for (const mark of marks) this.take('withdrawals', mark.body, capability);
    }
    const stream = this.subjects.get(subject)!;
    const seq = ++stream.seq;
    if (body.signals?.gpc) stream.signals ??= seq;
    else if (body.signals && stream.signals && body.based_on >= stream.signals) stream.signals = undefined;
    const own = body.after.map((id) => this.events.get(id)?.seq);
    const decisions = body.decisions.map(({ decision, gpc_acknowledged, ...about }) => {
      const word = about.scope ? `${about.purpose}/${about.scope.vendor}` : about.purpose;
      if (!PURPOSES.includes(word)) this.faults.push(`nobody asks ${word}`);
      const cell = stream.cells.get(word) ?? { given: false, acknowledged: undefined, noes: [] };
      stream.cells.set(word, cell);
      const yes = decision === 'given';
      if (yes && path !== 'consents') this.faults.push('a yes among the noes');
      if (yes && cell.noes.some((no) => no > body.based_on && !own.includes(no)))
        return { ...about, outcome: 'superseded' };
      cell.given = yes;
      if (gpc_acknowledged && !body.signals?.gpc) this.faults.push('acknowledges a signal that is off');
      cell.acknowledged = gpc_acknowledged ? seq : undefined;
      if (!yes) cell.noes.push(seq);
      return { ...about, outcome: 'effective' };
    });
    const answer = { seq, decisions };
    this.events.set(body.event_id, { text, seq, answer, deliveries: 1 });
    return this.answer(this.withToken(answer, subject));
  }

  /** The token says what is given now, also in the answer to an event that is sent again. */
  private withToken(answer: AnswerBody, subject: string): AnswerBody {
    const token = this.token(subject);
    return { ...answer, ...(token && { cookie: token }) };
  }

  private answer(body: AnswerBody): Answer {
    return { status: 200, body, retryAfter: 0 };
  }
}

interface Request {
  tab: Tab;
  path: string;
  body: SubmissionBody;
  capability: string;
  n: number | undefined;
  answer?: Answer;
  /** It takes so long that it never arrives. */
  timedOut?: boolean;
  resolve: (answer: Answer) => void;
}

/** One page of the site. */
export interface Tab {
  session: Session;
  skew: number;
  timers: (() => void)[];
  progress: RecordProgress[];
  alive: boolean;
  die: () => void;
}

/** One browser at one site, and its server. */
export class World {
  server = new Server();
  cookie: string | undefined;
  local: string | undefined;
  gpc = false;
  clockOff = 0;
  /** The server is on the page's own origin, and sets the cookie too. */
  firstParty = false;
  /** The browser refuses cookies. */
  cookieless = false;
  requests: Request[] = [];
  tabs: Tab[] = [];
  private seed = 1;
  private tail: Promise<void> = Promise.resolve();

  view(tab?: Tab): View {
    const local = parseLocalRecord(this.local);
    return {
      stored: newestChoice([this.cookie ?? '', local.k ?? ''], SITE),
      local,
      gpc: this.gpc,
      clock: this.server.now + this.clockOff,
      now: this.server.now + this.clockOff + (tab?.skew ?? 0),
      deferred: false,
    };
  }

  permitted(purpose: string, tab?: Tab): boolean {
    return isPermitted(purpose, this.view(tab));
  }

  open(): Tab {
    const tab: Tab = { skew: 0, timers: [], progress: [], alive: true, die: () => {}, session: undefined as never };
    const dead = new Promise<void>((die) => {
      tab.die = () => {
        tab.alive = false;
        die();
      };
    });
    const port: RecordPort = {
      site: SITE,
      view: () => this.view(tab),
      writeCookie: (value) => {
        if (!this.cookieless) this.cookie = value;
        return !this.cookieless || !value;
      },
      writeLocal: (text) => {
        this.local = text;
      },
      random: (length) => Uint8Array.from({ length }, () => this.roll()),
      post: (path, body, capability, n) =>
        new Promise((resolve) => {
          const request = {
            tab,
            path,
            body: JSON.parse(JSON.stringify(body)),
            capability: capability ?? '',
            n,
            resolve,
          };
          this.requests.push(request);
        }),
      lock: (run) => {
        const before = this.tail;
        this.tail = (async () => {
          await before;
          if (tab.alive) await Promise.race([run(), dead]);
        })();
        return this.tail;
      },
      wait: (_, run) => tab.timers.push(run),
      clockIs: (seconds) => {
        tab.skew = seconds - this.server.now - this.clockOff;
      },
      changed: () => {
        for (const other of this.tabs) if (other !== tab) other.session.refresh();
      },
      progress: (progress) => tab.progress.push(progress),
    };
    tab.session = createSession(port);
    this.tabs.push(tab);
    void tab.session.flush();
    return tab;
  }

  /** Reloads the page: requests on their way may reach the server, and their responses are lost. */
  reload(index: number): void {
    const old = this.tabs[index]!;
    old.die();
    const fresh = this.open();
    this.tabs.pop();
    this.tabs[index] = fresh;
  }

  /** The server receives a request. Its response is on the way. */
  deliver(request: Request): void {
    if (!request.timedOut) request.answer ??= this.server.take(request.path, request.body, request.capability);
  }

  /** The page receives a response: the server's, or a failure. */
  finish(request: Request, failure?: Answer): void {
    this.requests = this.requests.filter((other) => other !== request);
    if (request.timedOut) failure ??= { status: 0, body: {}, retryAfter: 0 };
    if (!failure) this.deliver(request);
    if (!request.tab.alive) return;
    const answer = failure ?? request.answer!;
    const token = answer.body.cookie;
    if (this.firstParty && !this.cookieless && !failure && request.n !== undefined) {
      if (token) this.cookie = `g.${request.n}.${token}.${request.capability}`;
      else if (request.path !== 'cookie' && request.path !== 'consents')
        this.cookie = `r.${request.n}.${Math.floor(this.server.now / 86_400).toString(36)}.${NOTICE.slice(7, 15)}`;
    }
    request.resolve(answer);
  }

  private roll(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed & 255;
  }

  /** Runs everything that is ready to run. */
  async settle(): Promise<void> {
    await new Promise((done) => setImmediate(done));
  }

  /** Everything works until nothing is left to do. */
  async heal(): Promise<void> {
    for (let round = 0; round < 200; round++) {
      await this.settle();
      const request = this.requests[0];
      if (request) {
        this.finish(request);
        continue;
      }
      const timers = this.tabs.flatMap((tab) => tab.timers.splice(0));
      if (!timers.length) return;
      for (const timer of timers) timer();
    }
    throw new Error('never comes to rest');
  }
}
