"""A consent, a check and a withdrawal by the client that openapi-python-client makes.

tests/clients.sh generates the package `samtycke_api` and runs this against `samtycke dev`, whose line of JSON SAMTYCKE_DEV
names.
"""

import json
import os
import time
import uuid
from pathlib import Path

from samtycke_api import AuthenticatedClient
from samtycke_api.api.check import check
from samtycke_api.api.record import record_consent, record_withdrawal
from samtycke_api.api.subjects import resolve_subject
from samtycke_api.models import (
    CheckResponse,
    CheckRequest,
    ConsentRequest,
    DecisionKind,
    Domain,
    Method,
    ProblemBody,
    PurposeDecision,
    Reason,
    RecordResponse,
    StateWord,
    SubjectResponse,
    SubjectRequest,
    WithdrawalReceipt,
    WithdrawalRequest,
)
from samtycke_api.types import UNSET

PURPOSE = "example.newsletter"


def event_id() -> str:
    """A UUID of version 7 (RFC 9562)."""
    number = (time.time_ns() // 1_000_000) << 80 | uuid.uuid4().int & (1 << 80) - 1
    number = number & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62))


def decision(kind: DecisionKind) -> PurposeDecision:
    return PurposeDecision(purpose=PURPOSE, decision=kind)


def main() -> None:
    dev = json.loads(Path(os.environ["SAMTYCKE_DEV"]).read_text(encoding="utf-8"))
    tenant = dev["tenants"][0]
    api = AuthenticatedClient(base_url=dev["base_url"], token=tenant["keys"]["service"])

    resolved = resolve_subject.sync(client=api, body=SubjectRequest(domain=Domain.ACCOUNT, identifier="python-1"))
    assert isinstance(resolved, SubjectResponse), resolved
    subject = resolved.subject

    def verdict(at_least: str | None = None) -> CheckResponse:
        body = CheckRequest(subject=subject, purpose=PURPOSE, at_least=at_least)
        answer = check.sync(client=api, body=body)
        assert isinstance(answer, CheckResponse), answer
        return answer

    before = verdict()
    assert (before.allow, before.reason) == (False, Reason.CONSENT_MISSING), before

    consent = record_consent.sync(
        client=api,
        body=ConsentRequest(
            event_id=event_id(),
            subject=subject,
            notice=tenant["notice"],
            language="en",
            method=Method.BUTTON,
            based_on=before.seq,
            decisions=[decision(DecisionKind.GIVEN)],
        ),
    )
    assert isinstance(consent, RecordResponse) and isinstance(consent.position, str), consent
    assert [one.state for one in consent.decisions] == [StateWord.GIVEN], consent

    after = verdict(consent.position)
    assert (after.allow, after.reason) == (True, Reason.CONSENT_VALID), after

    withdrawal = record_withdrawal.sync(
        client=api,
        body=WithdrawalRequest(event_id=event_id(), subject=subject, decisions=[decision(DecisionKind.WITHDRAWN)]),
    )
    assert isinstance(withdrawal, RecordResponse) and isinstance(withdrawal.position, str), withdrawal
    assert isinstance(withdrawal.receipt, WithdrawalReceipt), withdrawal

    withdrawn = verdict(withdrawal.position)
    assert (withdrawn.allow, withdrawn.reason) == (False, Reason.CONSENT_WITHDRAWN), withdrawn

    # A problem denies, in the same field.
    stranger = AuthenticatedClient(base_url=dev["base_url"], token="sk_service_made-up")
    refused = check.sync(client=stranger, body=CheckRequest(subject=subject, purpose=PURPOSE))
    assert isinstance(refused, ProblemBody), refused
    assert (refused.allow, refused.reason) == (False, "UNAUTHENTICATED"), refused

    # Words that a later server adds are read as they are; null and absent are both allowed where the schema says so.
    later = before.to_dict() | {"reason": "REASON_OF_A_LATER_SERVER", "state": "state_of_a_later_server", "basis": None}
    del later["position"]
    read = CheckResponse.from_dict(later)
    assert (read.allow, read.reason, read.state) == (False, "REASON_OF_A_LATER_SERVER", "state_of_a_later_server"), read
    assert (read.basis, read.position) == (None, UNSET), read


main()
