/**
 * What may stand in a committed body: docs/grammar.md, member by member, as samtycke-core reads it. A body with anything
 * else in it is invalid, so that the same file is valid, or not, to whoever verifies it.
 */
import { isObject, type Json, type JsonObject } from './json';

export type Check = (value: Json) => boolean;
type Shape = { [member: string]: Check };

/** An object with these members; one whose name here ends in `?` may be absent. What is absent is never `null`. */
export function shape(members: Shape): Check {
  return (value) => {
    if (!isObject(value)) return false;
    const known = Object.keys(members);
    return (
      Object.keys(value).every((name) => known.includes(name) || known.includes(`${name}?`)) &&
      known.every((name) => {
        const bare = name.replace('?', '');
        return Object.hasOwn(value, bare) ? members[name]!(value[bare]!) : bare !== name;
      })
    );
  };
}

/** A list of at least `least` items. (What may be empty is absent instead, except where `least` is 0.) */
export function list(item: Check, least = 1, most = Infinity): Check {
  return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(item);
}

const each = (check: Check): Check => {
  const items = list(check, 1, 64);
  return (value) => items(value) && new Set(value as string[]).size === (value as string[]).length;
};
const words = (text: string): Check => {
  const all = new Set(text.split(/\s+/));
  return (value) => typeof value === 'string' && all.has(value);
};
const matches =
  (pattern: RegExp, most: number, mayLookPersonal = false): Check =>
  (value) =>
    typeof value === 'string' &&
    value.length <= most &&
    pattern.test(value) &&
    (mayLookPersonal || !looksPersonal(value));

export const text: Check = (value) => typeof value === 'string';
export const integer: Check = (value) => Number.isSafeInteger(value);
const from =
  (least: number, most = Infinity): Check =>
  (value) =>
    integer(value) && (value as number) >= least && (value as number) <= most;
/** A flag is written where it is set, and absent otherwise. */
const set: Check = (value) => value === true;
const either: Check = (value) => typeof value === 'boolean';

export const site = matches(/^[a-z\d][a-z\d.-]*$/, 64);
export const publicSite = matches(/^[\da-f]{12}$/, 12, true);
export const purpose = matches(/^[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*$/, 80);
export const code = matches(/^[a-z\d._-]+$/, 64);
export const log = matches(/^[a-z2-7]{26}$/, 26, true);
export const subject = matches(/^s_[\w-]{21}[AQgw]$/, 24, true);
const prompt = matches(/^p_[\w-]{21}[AQgw]$/, 24, true);
const source = matches(/^[\w-]{21}[AQgw]$/, 22, true);
const event = matches(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, 36, true);
export const noticeHash = matches(/^sha256:[\da-f]{64}$/, 71, true);
const hash = matches(/^[\da-f]{64}$/, 64, true);
const language = matches(/^[A-Za-z\d]{2,3}(?:-[A-Za-z\d]{2,4})*$/, 11, true);
const country = matches(/^[A-Z]{2}$/, 2, true);
const day =
  (least: number, most: number): Check =>
  (value) => {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
    const year = Number(value.slice(0, 4));
    const date = new Date(`${value}T00:00:00Z`);
    return year >= least && year <= most && !Number.isNaN(+date) && date.toISOString().startsWith(value);
  };

const band = words('under_7 7_12 13 14 15 16_17 adult');
const verification = words('self_declared email_confirmed eid');
const assurance = words('browser prompted server signed');
const variant = words('adult teen child');
const change = words('editorial material_notice material_consent');
const cellState =
  'unknown requested deferred given renewed pending_guardian refused withdrawn expired stale invalidated revoked';
const reasons = words(
  `
  LEGAL_HOLD_ONLY LEGAL_OBLIGATION CONTRACT CONTRACT_ASSERTED CONTRACT_RETENTION LEGITIMATE_INTEREST
  OBJECTION_REJECTED CONSENT_VALID CONSENT_RENEWED GUARDIAN_CONSENT GUARDIAN_CONSENT_CARRIED NOTICE_EQUIVALENT
  PURPOSE_UNKNOWN NOT_CONTROLLER REGISTER_INCOMPLETE PURPOSE_RETIRED SUBJECT_ERASED RESTRICTED RETENTION_NONE
  RETENTION_PASSED DEPENDENCY_DENIED ART9_GROUND_MISSING SIGNAL_OBJECTION GPC_OPT_OUT RETENTION_UNKNOWN
  BASIS_CHANGED OP_NOT_COVERED ASSET_UNKNOWN CONTRACT_ENDED CONTRACT_MISSING NOT_INFORMED OBJECTED_MARKETING
  OBJECTION_PENDING OBJECTED CONSENT_REFUSED CONSENT_WITHDRAWN CONSENT_INVALIDATED CONSENT_REVOKED AGE_UNKNOWN
  CONSENT_MISSING CONSENT_DEFERRED SCOPE_NOT_COVERED GUARDIAN_PENDING CONSENT_EXPIRED CONSENT_USED AGED_OUT
  EXPLICIT_CONSENT_REQUIRED ASSURANCE_TOO_LOW NOTICE_STALE TERMINAL_CONSENT_REFUSED TERMINAL_CONSENT_WITHDRAWN
  TERMINAL_CONSENT_INVALIDATED TERMINAL_CONSENT_REVOKED TERMINAL_AGE_UNKNOWN TERMINAL_CONSENT_MISSING
  TERMINAL_CONSENT_DEFERRED TERMINAL_SCOPE_NOT_COVERED TERMINAL_GUARDIAN_PENDING TERMINAL_CONSENT_EXPIRED
  TERMINAL_CONSENT_USED TERMINAL_AGED_OUT TERMINAL_EXPLICIT_CONSENT_REQUIRED TERMINAL_ASSURANCE_TOO_LOW
  TERMINAL_NOTICE_STALE FAILCLOSED_UNAVAILABLE FAILCLOSED_RECOVERING FAILCLOSED_STALE_REPLICA
  FAILCLOSED_PERMISSION_ENDED FAILCLOSED_LEASE_LOST FAILCLOSED_TOKEN_TIMEOUT FAILCLOSED_TOKEN_LOST
  FAILCLOSED_OVERLOAD FAILCLOSED_NOT_READY FAILCLOSED_SIGNATURE FAILCLOSED_CLOCK
`.trim(),
);

const scope: Check = (value) =>
  [{ recipient: code }, { campaign: code, medium: code, surface: code }, { vendor: code }, { site: code }].some(
    (form) => shape(form)(value),
  );
const cell = { purpose, 'scope?': scope };
const signals = shape({ gpc: either, dnt: either, 'source?': source });
const holders = from(1, 2);
const ended = { ...cell, 'all_scopes?': set, cause: code };

const actor: Check = (value) =>
  shape({
    role: words('subject guardian staff controller authority system'),
    'ref?': text,
    'verification?': verification,
  })(value) &&
  // The person, with nothing more to say, is left out.
  !((value as JsonObject).role === 'subject' && Object.keys(value as JsonObject).length === 1);

const joined = shape({
  seq: from(0),
  at: integer,
  'cells?': list(
    shape({
      ...cell,
      state: words(cellState),
      at: integer,
      'said_at?': integer,
      'event_id?': event,
      'notice?': noticeHash,
      'explicit?': set,
      assurance,
      'gpc_acknowledged?': set,
      'used?': set,
      'campaign_end?': integer,
      'own?': set,
      'band_believed?': band,
      'band_true?': band,
      'refusals?': list(shape({ 'guardian?': subject, at: integer, 'withdrew?': set })),
      'objection?': words('objected upheld rejected retracted'),
      'objection_at?': integer,
      'narrowed?': set,
    }),
  ),
  'restricted?': set,
  'erased?': set,
  'narrowed?': set,
  'signals?': list(signals),
  'band?': band,
  'band_until?': integer,
  'country?': country,
  'guardians?': list(shape({ guardian: subject, verification })),
  'holders?': from(1, 255),
});

/** The frame of `ctx`. Its `v`, `type` and `data` are the kind's. */
export const CTX: Shape = {
  v: integer,
  type: text,
  log,
  stream: words('subject tenant'),
  'site?': site,
  'notice?': noticeHash,
  'language?': language,
  'variant?': text,
  'method?': words('button toggle_save signature verbal_recorded form eid api'),
  'surface?': code,
  'ui_hash?': text,
  assurance,
  hour: integer,
  results: list(
    shape({
      outcome: words('effective superseded pending_guardian not_applicable'),
      'reason?': words(
        `STALE_GRANT LATE_GRANT ALREADY_USED NOT_ENTITLED NOTHING_TO_CHANGE SUBJECT_ERASED CONTRACT_CLOSED STANDING_NO
        NOTICE_STALE PURPOSE_RETIRED REGISTER_INCOMPLETE BASIS_NOT_CONSENT BASIS_NOT_OBJECTABLE NOT_CONTROLLER`,
      ),
      'state?': words(
        `${cellState} not_informed informed objected upheld rejected contract_live contract_ended restricted erased`,
      ),
    }),
  ),
};

/** The frame of `sub`. */
export const SUB: Shape = {
  v: integer,
  type: text,
  'subject?': subject,
  event_id: event,
  seq: from(0),
  'prev?': hash,
  received_at: integer,
  'occurred_at?': integer,
  'based_on?': from(1),
  'after_seqs?': list(from(0)),
  'actor?': actor,
  'signals?': signals,
  'device?': shape({
    browser: words('chrome firefox safari edge opera samsung brave vivaldi duckduckgo ie webview bot program other'),
    'browser_major?': from(0, 65535),
    os: words('windows macos ios android chromeos linux other'),
    form: words('desktop phone tablet tv watch other'),
  }),
  'evidence?': text,
  'prompt?': prompt,
  'expires?': integer,
};

/** What each kind of event adds, by type and version: to `ctx`, and to `sub`. */
export const DATA: { [kind: string]: [public_: Shape, private_: Shape] } = {
  'decisions/1': [
    {
      decisions: list(
        shape({
          ...cell,
          decision: words('given renewed refused deferred withdrawn objected objection_retracted'),
          'all_scopes?': set,
          'explicit?': set,
          'gpc_acknowledged?': set,
        }),
      ),
    },
    {},
  ],
  'consent.used/1': [
    {
      ...cell,
      reason: reasons,
      'obligations?': list(words('deliver_notice classify_data tell_young_person use_once')),
    },
    { consent: event, 'valid_until?': integer },
  ],
  'notice.delivered/1': [{ notice: noticeHash, purposes: each(purpose), language, variant }, {}],
  'objection.upheld/1': [cell, {}],
  'objection.rejected/1': [{ ...cell, grounds: code, balancing_test: noticeHash }, {}],
  'contract.started/1': [{ purposes: each(purpose) }, { contract: code, 'effective_from?': integer }],
  'contract.ended/1': [{}, { contract: code, last_day: day(1900, 9000) }],
  'terms.accepted/1': [{ terms: noticeHash, version: code }, {}],
  'age.band_set/1': [{}, { band, 'until?': day(1900, 9000), 'country?': country, verification }],
  'guardian.linked/1': [{ verification }, { guardian: subject, holders }],
  'guardian.unlinked/1': [{ cause: words('custody_ended link_wrong') }, { guardian: subject, holders }],
  'consent.invalidated/1': [ended, { 'effective_from?': integer }],
  'consent.revoked/1': [ended, {}],
  'subject.linked/1': [{}, { from: subject, joined }],
  'subject.merged/1': [{}, { into: subject }],
  'subject.unmerged/1': [{ cause: code }, { from: subject, 'joined?': joined }],
  'subject.restricted/1': [{ cause: code }, {}],
  'subject.unrestricted/1': [{ cause: code }, {}],
  'correction/1': [
    { fault: words('wrong_subject wrong_purpose evidence') },
    { corrects: event, 'effective_from?': integer },
  ],
};

const classes: Check = (value) =>
  isObject(value) && Object.entries(value).every(([name, word]) => purpose(name) && change(word));
const version = from(0, 2 ** 32 - 1);
const count = from(0, Number.MAX_SAFE_INTEGER);

/** The types of public leaf, by type and version: the kind of leaf that they stand in, and their data. */
export const RECORDS: { [type: string]: { leaf: number; data: Shape } } = {
  'log.opened/1': { leaf: 2, data: { origin: text, vkey: text } },
  'log.succeeded/1': {
    leaf: 4,
    data: {
      origin: text,
      vkey: text,
      predecessor: shape({ log, origin: text, size: count, root: text }),
      kept: count,
      cause: words('entries_lost other_history anchor_lost'),
      reason: text,
    },
  },
  'loss.accepted/1': { leaf: 2, data: { proposed_by: text, lost: count } },
  'signer.added/1': { leaf: 2, data: { vkey: text } },
  'signer.retired/1': { leaf: 2, data: { vkey: text } },
  'register.published/1': { leaf: 1, data: { hash: noticeHash, version, classes, 'previous?': noticeHash } },
  'notice.published/1': { leaf: 1, data: { site, hash: noticeHash, version, classes, 'previous?': noticeHash } },
  'notice.invalidated/1': {
    leaf: 1,
    data: { hash: noticeHash, purposes: list(purpose, 0), cause: text, effective_from: integer },
  },
  'campaign.published/1': {
    leaf: 1,
    data: {
      campaign: code,
      version,
      ends_on: day(1, 9999),
      media: list(code, 0),
      surfaces: list(code, 0),
      advertising: either,
    },
  },
  'key.added/1': { leaf: 2, data: { key_id: text, role: text, 'site?': site, 'expires_at?': integer } },
  'key.revoked/1': { leaf: 2, data: { key_id: text } },
  'site.added/1': { leaf: 2, data: { site, origins: list(text, 0) } },
  'site.changed/1': { leaf: 2, data: { site, origins: list(text, 0) } },
  'site.revoked/1': { leaf: 2, data: { site } },
};

/** The frame of a public leaf. */
export const RECORD: Shape = { v: integer, type: text, log, at: integer, 'by?': text };

/** Whether a code looks like a telephone number or a Swedish personal number, which no id may be. */
function looksPersonal(id: string): boolean {
  if (/[^\d.-]/.test(id)) return false;
  const digits = id.replace(/\D/g, '');
  return (id.startsWith('0') && digits.length >= 7 && digits.length <= 15) || isPersonalNumber(digits);
}

function isPersonalNumber(digits: string): boolean {
  const [, ten] = /^(?:1[89]|20)?(\d{10})$/.exec(digits) ?? [];
  if (!ten) return false;
  const month = Number(ten.slice(2, 4));
  // Coordination numbers add 60 to the day.
  const dayOfMonth = Number(ten.slice(4, 6)) % 60;
  const isDate = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31 && Number(ten.slice(4, 6)) <= 91;
  let luhn = 0;
  for (let at = 0; at < 10; at += 1) {
    const value = Number(ten[at]) * (at % 2 === 0 ? 2 : 1);
    luhn += Math.floor(value / 10) + (value % 10);
  }
  return isDate && luhn % 10 === 0;
}
