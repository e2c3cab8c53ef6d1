// A consent, a check and a withdrawal by the client that openapi-fetch makes of the generated types. tests/clients.sh
// generates `api.d.ts` and runs this against `samtycke dev`, whose line of JSON SAMTYCKE_DEV names.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Verdict = components["schemas"]["CheckResponse"];
type KnownReason = components["schemas"]["Reason"];

interface Dev {
  base_url: string;
  tenants: { keys: { service: string }; notice: string }[];
}

const dev = JSON.parse(readFileSync(process.env["SAMTYCKE_DEV"] ?? "", "utf8")) as Dev;
const tenant = dev.tenants[0];
assert(tenant);
const purpose = "example.newsletter";

function client(key: string) {
  return createClient<paths>({ baseUrl: dev.base_url, headers: { authorization: `Bearer ${key}` } });
}

/** A UUID of version 7 (RFC 9562). */
function eventId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What a program does with a reason: the words that it knows, and a default for those that come later. */
function explain(verdict: Verdict): string {
  const texts: Partial<Record<KnownReason, string>> = {
    CONSENT_MISSING: "not asked",
    CONSENT_VALID: "agreed",
    CONSENT_WITHDRAWN: "withdrew",
  };
  return texts[verdict.reason as KnownReason] ?? "other";
}

const api = client(tenant.keys.service);

const resolved = await api.POST("/v1/subjects", { body: { domain: "account", identifier: "typescript-1" } });
assert(resolved.data, JSON.stringify(resolved.error));
const { subject } = resolved.data;

async function check(at_least?: string | null): Promise<Verdict> {
  const body = { subject, purpose, op: "process" as const, ...(at_least ? { at_least } : {}) };
  const { data, error } = await api.POST("/v1/check", { body });
  assert(data, JSON.stringify(error));
  return data;
}

const before = await check();
assert.deepEqual([before.allow, explain(before)], [false, "not asked"]);

const consent = await api.POST("/v1/consents", {
  body: {
    event_id: eventId(),
    subject,
    notice: tenant.notice,
    language: "en",
    method: "button",
    based_on: before.seq,
    decisions: [{ purpose, decision: "given" }],
  },
});
assert(consent.data, JSON.stringify(consent.error));
assert.deepEqual(
  consent.data.decisions.map(({ state, outcome }) => [state, outcome]),
  [["given", "effective"]],
);

const after = await check(consent.data.position);
assert.deepEqual([after.allow, explain(after), after.basis], [true, "agreed", "consent"]);

const withdrawal = await api.POST("/v1/withdrawals", {
  body: { event_id: eventId(), subject, decisions: [{ purpose, decision: "withdrawn" }] },
});
assert(withdrawal.data, JSON.stringify(withdrawal.error));
assert(withdrawal.data.receipt);

const withdrawn = await check(withdrawal.data.position);
assert.deepEqual([withdrawn.allow, explain(withdrawn)], [false, "withdrew"]);

// A problem denies, in the same field.
const refused = await client("sk_service_made-up").POST("/v1/check", { body: { subject, purpose, op: "process" } });
assert.deepEqual([refused.error?.allow, refused.error?.reason], [false, "UNAUTHENTICATED"]);

// Words that a later server adds are of the type too.
const later: Verdict = { ...before, reason: "REASON_OF_A_LATER_SERVER", state: "state_of_a_later_server" };
assert.deepEqual([later.allow, explain(later)], [false, "other"]);
