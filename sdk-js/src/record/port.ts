/** What recording needs from the browser. Tests pass their own. */
import type { Rng } from '../core/choose.js';
import type { View } from '../core/permission.js';

/** A response of the server. A status of 0: no network, or no response in time. */
export interface Answer {
  status: number;
  body: AnswerBody;
  /** Seconds that the server asks the client to wait; 0 if it does not say. */
  retryAfter: number;
}

/** The fields that are read of `RecordAnswer`, and of the answer of `POST /v1/cookie`. */
export interface AnswerBody {
  seq?: number;
  cookie?: string | null | undefined;
  /** Of the answer of `prompts`: the token of what was shown. */
  prompt?: string;
  /** Whether the user may be asked now. */
  may_ask?: boolean;
  decisions?: { purpose: string; scope?: { vendor?: string } | null; outcome: string }[];
}

/** What the screen tells the user about a choice. */
export type RecordProgress =
  /** A grant is on record. */
  | 'saved'
  /** A grant could not be sent yet. */
  | 'pending'
  /** A grant does not hold: ask again. */
  | 'again';

/** Everything outside that recording uses. No call throws. */
export interface RecordPort extends Rng {
  /** Public id of the site. Tokens that were signed for another site are ignored. */
  site: string;
  /** Reads everything again at each call, because other tabs write too. */
  view(): View;
  /** Writes the cookie's value, or deletes the cookie. False if the browser refused it. */
  writeCookie(value: string | undefined): boolean;
  /** Writes the local record's text, or deletes it. */
  writeLocal(text: string | undefined): void;
  /**
   * `POST /v1/<path>`, or without a capability the banner's own `tallies` and `prompts`. Never rejects. `n` is the
   * choice's number, for a cookie that the server sets.
   */
  post(path: string, body: object, capability?: string, n?: number): Promise<Answer>;
  /** Runs while no other tab runs its own. */
  lock(run: () => Promise<void>): Promise<void>;
  /** Calls back after this many milliseconds, unless the page ends first. */
  wait(ms: number, run: () => void): void;
  /** The server's clock shows this many Unix seconds now. */
  clockIs(seconds: number): void;
  /** Called after a change to what is stored: this page and the other tabs must read it again. */
  changed(): void;
  progress(progress: RecordProgress): void;
}
