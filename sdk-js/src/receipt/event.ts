/** What committed bodies say: the kinds of event and of public leaf that a log holds, by samtycke-core's `event::opening`. */
import { expect } from './invalid';
import { isObject, type Json, type JsonObject } from './json';

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
const CTX = 'v type log stream site notice language variant method surface ui_hash assurance hour data results'.split(
  ' ',
);
const SUB =
  'v type subject event_id seq prev received_at occurred_at based_on after_seqs actor signals device evidence prompt expires data'.split(
    ' ',
  );

interface Kind {
  /** What its public data say. */
  facts: (data: JsonObject) => Fact[];
  /** Which private data it has. */
  private: string[];
}

/** The kinds of event, by type and version. A kind that no route records yet is not known here. */
const EVENTS: { [kind: string]: Kind } = {
  'decisions/1': { facts: decided, private: [] },
  'consent.used/1': { facts: used, private: ['consent', 'valid_until'] },
  'notice.delivered/1': { facts: delivered, private: [] },
  'objection.upheld/1': { facts: ofCell('upheld', []), private: [] },
  'objection.rejected/1': { facts: ofCell('rejected', ['grounds', 'balancing_test']), private: [] },
  'contract.started/1': { facts: contractStarted, private: ['contract', 'effective_from'] },
  'contract.ended/1': { facts: plain('contract_ended', []), private: ['contract', 'last_day'] },
  'terms.accepted/1': { facts: plain('terms_accepted', ['terms', 'version']), private: [] },
  'age.band_set/1': { facts: plain('age_band_set', []), private: ['band', 'until', 'country', 'verification'] },
  'guardian.linked/1': { facts: plain('guardian_linked', ['verification']), private: ['guardian', 'holders'] },
  'guardian.unlinked/1': { facts: plain('guardian_unlinked', ['cause']), private: ['guardian', 'holders'] },
  'consent.invalidated/1': { facts: ofCell('invalidated', ['cause'], true), private: ['effective_from'] },
  'consent.revoked/1': { facts: ofCell('revoked', ['cause'], true), private: [] },
  'subject.linked/1': { facts: plain('subject_linked', []), private: ['from', 'joined'] },
  'subject.merged/1': { facts: plain('subject_merged', []), private: ['into'] },
  'subject.unmerged/1': { facts: plain('subject_unmerged', ['cause']), private: ['from', 'joined'] },
  'subject.restricted/1': { facts: plain('restricted', ['cause']), private: [] },
  'subject.unrestricted/1': { facts: plain('unrestricted', ['cause']), private: [] },
  'correction/1': { facts: plain('corrected', ['fault']), private: ['corrects', 'effective_from'] },
};

/** The types of public leaf, by type and version: the kind of leaf that they stand in, and their data. */
const RECORDS: { [type: string]: { leaf: number; data: string[] } } = {
  'log.opened/1': { leaf: 2, data: ['origin', 'vkey'] },
  'register.published/1': { leaf: 1, data: ['hash', 'version', 'classes', 'previous'] },
  'notice.invalidated/1': { leaf: 1, data: ['hash', 'purposes', 'cause', 'effective_from'] },
  'campaign.published/1': { leaf: 1, data: ['campaign', 'version', 'ends_on', 'media', 'surfaces', 'advertising'] },
  'notice.published/1': { leaf: 1, data: ['site', 'hash', 'version', 'classes', 'previous'] },
  'key.added/1': { leaf: 2, data: ['key_id', 'role', 'site'] },
  'key.revoked/1': { leaf: 2, data: ['key_id'] },
  'site.added/1': { leaf: 2, data: ['site', 'origins'] },
  'site.changed/1': { leaf: 2, data: ['site', 'origins'] },
  'site.revoked/1': { leaf: 2, data: ['site'] },
};

/** What an event says; undefined for a kind or version that is not known here. Throws where the openings are not its. */
export function readEvent(ctx: JsonObject, sub?: JsonObject): Said[] | undefined {
  const kind = kindOf(EVENTS, ctx);
  if (!kind) return undefined;
  only(ctx, CTX);
  const facts = kind.facts(object(ctx.data ?? {}));
  const results = Array.isArray(ctx.results) ? ctx.results.map(object) : [];
  expect(facts.length > 0 && results.length === facts.length, 'body');
  if (sub) {
    only(sub, SUB);
    only(object(sub.data ?? {}), kind.private);
    expect(sub.type === ctx.type && sub.v === ctx.v, 'body');
    expect(Math.floor(Number(sub.received_at) / HOUR_MS) === ctx.hour, 'body');
    expect((ctx.stream === 'subject') === (typeof sub.subject === 'string'), 'body');
  }
  return facts.map((fact, i) => ({ ...fact, ...became(results[i]!) }));
}

/** Whether a public leaf's body is of a type and version that is known here. Throws where it is in the wrong leaf. */
export function isRecord(leaf: number, body: JsonObject): boolean {
  const type = kindOf(RECORDS, body);
  if (!type) return false;
  only(body, ['v', 'type', 'log', 'at', 'by', 'data']);
  only(object(body.data), type.data);
  expect(type.leaf === leaf, 'body');
  return true;
}

function kindOf<T>(kinds: { [name: string]: T }, body: JsonObject): T | undefined {
  expect(typeof body.type === 'string' && typeof body.v === 'number', 'body');
  const name = `${body.type}/${body.v}`;
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

function decided(data: JsonObject): Fact[] {
  only(data, ['decisions']);
  return (Array.isArray(data.decisions) ? data.decisions : []).map((value) => {
    const decision = object(value);
    only(decision, ['purpose', 'decision', 'scope', 'all_scopes', 'explicit', 'gpc_acknowledged']);
    const flags = ['all_scopes', 'explicit', 'gpc_acknowledged'].filter((name) => decision[name] === true);
    return about(text(decision.decision), decision, Object.fromEntries(flags.map((name) => [name, 'true'])));
  });
}

function used(data: JsonObject): Fact[] {
  only(data, ['purpose', 'scope', 'reason', 'obligations']);
  return [about('used', data, { reason: text(data.reason) })];
}

function delivered(data: JsonObject): Fact[] {
  only(data, ['notice', 'purposes', 'language', 'variant']);
  const details = each(data, ['notice', 'language', 'variant']);
  return purposes(data).map((purpose) => about('notice_delivered', { purpose }, details));
}

function contractStarted(data: JsonObject): Fact[] {
  only(data, ['purposes']);
  return purposes(data).map((purpose) => about('contract_started', { purpose }, {}));
}

/** A kind about one purpose and scope, or with `everyScope` about every scope of a purpose. */
function ofCell(what: string, details: string[], everyScope = false): Kind['facts'] {
  return (data) => {
    only(data, ['purpose', 'scope', ...(everyScope ? ['all_scopes'] : []), ...details]);
    const all: { [name: string]: string } = data.all_scopes === true ? { all_scopes: 'true' } : {};
    return [about(what, data, { ...all, ...each(data, details) })];
  };
}

/** A kind about no purpose. */
function plain(what: string, details: string[]): Kind['facts'] {
  return (data) => {
    only(data, details);
    return [{ what, ...(details.length > 0 ? { details: each(data, details) } : {}) }];
  };
}

function purposes(data: JsonObject): Json[] {
  return Array.isArray(data.purposes) ? data.purposes : [];
}

function each(data: JsonObject, names: string[]): { [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, text(data[name])]));
}

function about(what: string, { purpose, scope }: JsonObject, details: { [name: string]: string }): Fact {
  return {
    what,
    purpose: text(purpose),
    ...(scope === undefined ? {} : { scope: texts(scope) }),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  };
}

function became(result: JsonObject): Pick<Said, 'outcome' | 'reason' | 'state'> {
  only(result, ['outcome', 'reason', 'state']);
  const { outcome, reason, state } = result;
  return {
    outcome: text(outcome),
    ...(reason === undefined ? {} : { reason: text(reason) }),
    ...(state === undefined ? {} : { state: text(state) }),
  };
}

function texts(value: Json): { [name: string]: string } {
  return Object.fromEntries(Object.entries(object(value)).map(([name, each]) => [name, text(each)]));
}

/** An unknown field could say anything, and so says nothing here. */
function only(value: JsonObject, names: string[]): void {
  expect(
    Object.keys(value).every((name) => names.includes(name)),
    'body',
  );
}

function object(value: Json | undefined): JsonObject {
  expect(isObject(value), 'body');
  return value as JsonObject;
}

function text(value: Json | undefined): string {
  expect(typeof value === 'string', 'body');
  return value as string;
}
