//! Records a decision about one purpose, with the current notice.

use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::id::{PurposeId, SiteId, SubjectId};
use samtycke::purpose::Purpose;
use samtycke::wire::{ConsentRequest, RecordResponse, WithdrawalRequest};
use samtycke::{Client, Error};

/// Records a grant to `P`.
pub(crate) async fn grant<P: Purpose>(
    samtycke: &Client,
    site: &SiteId,
    person: &SubjectId,
) -> Result<RecordResponse, Error> {
    let shown = samtycke.notice(site).await?;
    // The last known number: a withdrawal that came later stands.
    let known = samtycke.decisions(person).await?;
    let said = Decision {
        explicit: P::EXPLICIT_CONSENT,
        ..Decision::about(id::<P>()?, DecisionKind::Given)
    };
    let language = "sv".parse().map_err(|_| Error::PurposeId)?;
    let event = samtycke::clock::event_id()?;
    let request = ConsentRequest {
        based_on: Some(known.seq),
        ..ConsentRequest::new(
            event,
            person.clone(),
            shown.hash,
            language,
            Method::Button,
            vec![said],
        )
    };
    samtycke.record(&request).await
}

/// Records a withdrawal from `P`, which needs only the subject and the purpose.
pub(crate) async fn withdraw<P: Purpose>(
    samtycke: &Client,
    person: &SubjectId,
) -> Result<RecordResponse, Error> {
    let said = Decision::about(id::<P>()?, DecisionKind::Withdrawn);
    let event = samtycke::clock::event_id()?;
    let request = WithdrawalRequest::new(event, person.clone(), vec![said]);
    samtycke.withdraw(&request).await
}

fn id<P: Purpose>() -> Result<PurposeId, Error> {
    P::ID.parse().map_err(|_| Error::PurposeId)
}
