/** The model server answers as samtycke-core does: its rules are held against the vectors that the core writes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Server, type SubmissionBody, serverSubject } from './world.js';

const CAPABILITY = Buffer.alloc(32, 3).toString('base64url');
const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}`, import.meta.url), 'utf8'));

interface RecordCase {
  name: string;
  submissions: {
    based_on: number;
    after: number[];
    decisions: SubmissionBody['decisions'];
    outcomes: string[];
  }[];
  allowed: string[];
}

/** Submits, and answers with the outcome of each decision. */
function submit(server: Server, seq: number, body: Omit<SubmissionBody, 'event_id'>): string[] {
  const isGrant = body.decisions.some(({ decision }) => decision === 'given');
  const answer = server.take(isGrant ? 'consents' : 'withdrawals', { ...body, event_id: `${seq}` }, CAPABILITY);
  return answer.body.decisions!.map(({ outcome }) => outcome);
}

test.each(vectors('record.json').cases as RecordCase[])('records as samtycke-core does: $name', (vector) => {
  const server = new Server();
  vector.submissions.forEach(({ based_on, after, decisions, outcomes }, index) => {
    expect(submit(server, index + 1, { based_on, after: after.map(String), decisions })).toEqual(outcomes);
  });
  const words = { 'site.numbers': 'site.numbers', 'site.film': 'site.film/rullen', 'site.ads': 'site.ads' };
  const given = Object.entries(words).filter(([, word]) => server.isGiven(serverSubject(CAPABILITY), word));
  expect(given.map(([purpose]) => purpose)).toEqual(expect.arrayContaining(vector.allowed));
  expect(given).toHaveLength(vector.allowed.length);
});

test('derives the subject as samtycke-core does', () => {
  const { capability, cases } = vectors('cookie.json');
  expect(serverSubject(capability)).toBe(cases[0].outcome.payload.sub);
});

test("signs a payload of samtycke-core's form", () => {
  const { payload } = vectors('cookie.json').cases[0].outcome;
  const server = new Server();
  const decisions = ['site.numbers', 'site.ads'].map((purpose) => ({ purpose, decision: 'given' }));
  submit(server, 1, { based_on: 0, after: [], decisions });
  const token = server.token(serverSubject(CAPABILITY))!.split('.')[0]!;
  const ours = JSON.parse(Buffer.from(token, 'base64url').toString());
  expect(Object.keys(ours).sort()).toEqual(Object.keys(payload).sort());
  // Given; never answered; given, and denied under GPC. The core's third one also follows Google's consent types.
  const [given, gpc, unanswered] = payload.p.map(([, , flags]: [string, string, number]) => flags & ~8);
  expect(ours.p.map(([, , flags]: [string, string, number]) => flags)).toEqual([given, unanswered, gpc]);
});
