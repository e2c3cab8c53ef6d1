//! Recording what somebody said about one purpose, with the notice that is shown now.

use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::id::{PurposeId, SiteId, SubjectId};
use samtycke::purpose::Purpose;
use samtycke::wire::{ConsentRequest, RecordAnswer, WithdrawalRequest};
use samtycke::{Client, Error};

/// Records a yes to `P`.
pub(crate) async fn yes<P: Purpose>(
    samtycke: &Client,
    site: &SiteId,
    person: &SubjectId,
) -> Result<RecordAnswer, Error> {
    let shown = samtycke.notice(site).await?;
    // The last thing that is known to have been said: a no that came later than that stands.
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

/// Records a no to `P`, which needs nothing but whose and to what.
pub(crate) async fn no<P: Purpose>(
    samtycke: &Client,
    person: &SubjectId,
) -> Result<RecordAnswer, Error> {
    let said = Decision::about(id::<P>()?, DecisionKind::Withdrawn);
    let event = samtycke::clock::event_id()?;
    let request = WithdrawalRequest::new(event, person.clone(), vec![said]);
    samtycke.withdraw(&request).await
}

fn id<P: Purpose>() -> Result<PurposeId, Error> {
    P::ID.parse().map_err(|_| Error::PurposeId)
}
