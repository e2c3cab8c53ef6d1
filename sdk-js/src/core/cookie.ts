/**
 * Reads the one cookie. Part of what every page loads, so writing it is in format.ts.
 *
 * A value that is not exactly of one of the forms is no choice: it can neither release anything nor hide a no, for the
 * other cookies of the name are read too.
 */
import type { Category, Choice, ChoicePurpose } from '../contract.js';

/** Name of the cookie. The number is the form's: another form gets another name. */
export const COOKIE = 'samtycke-consent-1';

/** What the server signed, and what opens the record for this browser. The browser itself does not check the signature. */
export interface Token {
  /** `<payload>.<sig>` as it stands in the cookie. */
  text: string;
  /** Whose it is: `s_` and 22 characters. */
  subject: string;
  /** 32 random bytes in base64url. */
  capability: string;
  /** Number of the newest submission that the server had seen. */
  seq: number;
  /** Unix seconds by the server's clock. */
  signed: number;
  /** Unix seconds by the server's clock from which on it permits nothing. */
  expires: number;
  /** Indices of purposes that it gives and that were withdrawn here since: not signed yet. */
  minus: number[];
}

/** The choice that is stored in this browser. `given` of its purposes is false where a withdrawal here came later. */
export interface Stored extends Choice {
  /** The cookie's value, as it was read. */
  value: string;
  /** Only of what was given: a refusal keeps nothing that could identify anybody. */
  token?: Token;
}

const CATEGORIES: Record<string, Category> = {
  n: 'necessary',
  p: 'preferences',
  s: 'statistics',
  m: 'marketing',
};
const FORM =
  /^(?:r\.(\d{1,15})\.([\da-z]{1,6})\.([\da-f]{8})|g\.(\d{1,15})\.(([\w-]+)\.[\w-]{86})\.([\w-]{43})(?:\.(\d+(?:-\d+)*))?)$/;

/** A day in seconds: refusals are dated no finer, so that the date singles nobody out. */
export const DAY_S = 86_400;

/** The choice that a cookie's value says, or nothing where it is damaged. Never throws. */
export function parseChoice(value: string): Stored | undefined {
  const [, refusal, day, notice8, count, text, payload, capability, minus] = FORM.exec(value) ?? [];
  if (refusal)
    return { value, n: +refusal, kind: 'refused', at: parseInt(day!, 36) * DAY_S, notice8: notice8!, purposes: [] };
  try {
    const signed = JSON.parse(atob(payload!.replace(/-/g, '+').replace(/_/g, '/')));
    const purposes: ChoicePurpose[] = signed.p.map(([id, letter, bits]: [string, string, number]) => ({
      id,
      category: CATEGORIES[letter],
      given: !!(bits & 1),
      gpc: !!(bits & 2),
      ask: !!(bits & 4),
    }));
    const without = minus ? minus.split('-').map(Number) : [];
    for (const index of without) purposes[index]!.given = false;
    // A time that is no number would compare as neither too old nor too new.
    if (signed.v !== 1 || ![signed.seq, signed.iat, signed.exp].every(Number.isSafeInteger)) return;
    return {
      value,
      n: +count!,
      kind: 'given',
      at: signed.iat,
      notice8: signed.n,
      purposes,
      token: {
        text: text!,
        subject: signed.sub,
        capability: capability!,
        seq: signed.seq,
        signed: signed.iat,
        expires: signed.exp,
        minus: without,
      },
    };
  } catch {}
}

const givenOf = (choice: Stored) => choice.purposes.filter((purpose) => purpose.given).length;

/** Which of several choices holds: the one with the highest number, of two equals the one that gives less. */
export function newest(values: readonly string[]): Stored | undefined {
  return values
    .map(parseChoice)
    .filter((choice) => choice !== undefined)
    .sort((a, b) => b.n - a.n || givenOf(a) - givenOf(b))[0];
}

/** Values of our cookie in `document.cookie`: there can be several, with other paths or domains. */
export function ourValues(cookies: string): string[] {
  return cookies
    .split('; ')
    .filter((cookie) => cookie.startsWith(`${COOKIE}=`))
    .map((cookie) => cookie.slice(COOKIE.length + 1));
}
