/** What committed bodies say: the kinds of event and of public leaf that a log holds, by samtycke-core's `event::opening`. */
import { type Check, CTX, DATA, RECORD, RECORDS, SUB, shape } from './grammar';
import { expect } from './invalid';
import type { Json, JsonObject } from './json';

/** One thing that an event says, and what became of it. */
export interface Said {
  /** What was decided or done: `given`, `withdrawn`, `used` .. */
  what: string;
  purpose?: string;
  /** What it is limited to, such as `{recipient: 'example-ab'}`. */
  scope?: { [name: string]: string };
  /** Whatever else there is to show, such as `{explicit: 'true'}`. */
  details?: { [name: string]: string };
  /** `effective`, or why it does not act. */
  outcome: string;
  reason?: string;
  /** Where the cell stood after it. */
  state?: string;
}

type Fact = Omit<Said, 'outcome' | 'reason' | 'state'>;

const HOUR_MS = 3_600_000;

/** What the public data of each kind say, by type and version. A kind that no route records yet is not known here. */
const FACTS: { [kind: string]: (data: JsonObject) => Fact[] } = {
  'decisions/1': decided,
  'consent.used/1': (data) => [about('used', data, each(data, ['reason']))],
  'notice.delivered/1': (data) => ofEach('notice_delivered', data, each(data, ['notice', 'language', 'variant'])),
  'objection.upheld/1': ofCell('upheld', []),
  'objection.rejected/1': ofCell('rejected', ['grounds', 'balancing_test']),
  'contract.started/1': (data) => ofEach('contract_started', data, {}),
  'contract.ended/1': plain('contract_ended', []),
  'terms.accepted/1': plain('terms_accepted', ['terms', 'version']),
  'age.band_set/1': plain('age_band_set', []),
  'guardian.linked/1': plain('guardian_linked', ['verification']),
  'guardian.unlinked/1': plain('guardian_unlinked', ['cause']),
  'consent.invalidated/1': ofCell('invalidated', ['cause']),
  'consent.revoked/1': ofCell('revoked', ['cause']),
  'subject.linked/1': plain('subject_linked', []),
  'subject.merged/1': plain('subject_merged', []),
  'subject.unmerged/1': plain('subject_unmerged', ['cause']),
  'subject.restricted/1': plain('restricted', ['cause']),
  'subject.unrestricted/1': plain('unrestricted', ['cause']),
  'correction/1': plain('corrected', ['fault']),
};

/** What an event says; undefined for a kind or version that is not known here. Throws where the openings are not its. */
export function readEvent(ctx: JsonObject, sub?: JsonObject): Said[] | undefined {
  const kind = kindOf(ctx);
  const facts = Object.hasOwn(FACTS, kind) ? FACTS[kind] : undefined;
  if (!facts) return undefined;
  const [visible, hidden] = DATA[kind]!;
  expect(framed(CTX, visible)(ctx), 'body');
  const data = (ctx.data ?? {}) as JsonObject;
  const results = ctx.results as JsonObject[];
  // Only decisions are about several cells.
  expect(results.length === (Array.isArray(data.decisions) ? data.decisions.length : 1), 'body');
  if (sub) {
    expect(framed(SUB, hidden)(sub) && sub.type === ctx.type && sub.v === ctx.v, 'body');
    expect(hourOf(sub.received_at as number) === ctx.hour, 'body');
    expect((ctx.stream === 'subject') === (sub.subject !== undefined), 'body');
  }
  return facts(data).map((fact, at) => ({ ...fact, ...became(results[at] ?? results.at(-1)!) }));
}

/** Whether a public leaf's body is of a type and version that is known here. Throws where it is in the wrong leaf. */
export function isRecord(leaf: number, body: JsonObject): boolean {
  const kind = kindOf(body);
  const type = Object.hasOwn(RECORDS, kind) ? RECORDS[kind] : undefined;
  if (!type) return false;
  expect(shape({ ...RECORD, data: shape(type.data) })(body) && type.leaf === leaf, 'body');
  return true;
}

/** The hour since 1970 of a time. The remainder is exact, which a quotient of doubles is not. */
function hourOf(unix_ms: number): number {
  const within = ((unix_ms % HOUR_MS) + HOUR_MS) % HOUR_MS;
  return (unix_ms - within) / HOUR_MS;
}

/** A frame with the kind's own data, which are absent where there are none. */
function framed(frame: { [member: string]: Check }, data: { [member: string]: Check }): Check {
  const own = shape(data);
  const mayBeEmpty = Object.keys(data).every((name) => name.endsWith('?'));
  const notEmpty: Check = (value) => own(value) && Object.keys(value as JsonObject).length > 0;
  return shape({ ...frame, [mayBeEmpty ? 'data?' : 'data']: notEmpty });
}

function kindOf(body: JsonObject): string {
  expect(typeof body.type === 'string' && typeof body.v === 'number' && body.v >= 0, 'body');
  return `${body.type}/${body.v}`;
}

function decided(data: JsonObject): Fact[] {
  return (data.decisions as JsonObject[]).map((decision) => {
    const flags = ['all_scopes', 'explicit', 'gpc_acknowledged'].filter((name) => decision[name] === true);
    return about(decision.decision as string, decision, Object.fromEntries(flags.map((name) => [name, 'true'])));
  });
}

function ofEach(what: string, data: JsonObject, details: { [name: string]: string }): Fact[] {
  return (data.purposes as Json[]).map((purpose) => about(what, { purpose }, details));
}

/** A kind about one purpose and scope, or about every scope of a purpose. */
function ofCell(what: string, details: string[]): (data: JsonObject) => Fact[] {
  return (data) => {
    const all: { [name: string]: string } = data.all_scopes === true ? { all_scopes: 'true' } : {};
    return [about(what, data, { ...all, ...each(data, details) })];
  };
}

/** A kind about no purpose. */
function plain(what: string, details: string[]): (data: JsonObject) => Fact[] {
  return (data) => [{ what, ...(details.length > 0 ? { details: each(data, details) } : {}) }];
}

function each(data: JsonObject, names: string[]): { [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, data[name] as string]));
}

function about(what: string, { purpose, scope }: JsonObject, details: { [name: string]: string }): Fact {
  return {
    what,
    purpose: purpose as string,
    ...(scope === undefined ? {} : { scope: scope as { [name: string]: string } }),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

function became({ outcome, reason, state }: JsonObject): Pick<Said, 'outcome' | 'reason' | 'state'> {
  return {
    outcome: outcome as string,
    ...(reason === undefined ? {} : { reason: reason as string }),
    ...(state === undefined ? {} : { state: state as string }),
  };
}
