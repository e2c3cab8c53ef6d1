// Compiles: the correct form of what the other programs do wrongly.

include!("prelude/purposes.rs");

pub async fn asks(
    samtycke: Client,
    child: SubjectId,
    company: Recipient,
    place: Campaign,
) -> Result<(), Denied> {
    publish(samtycke.require_in(&child, place.clone()).await?, &place)?;
    let consented = samtycke.require::<Answers, Store>(&child).await?;
    let _ = (consented.scope(), consented.evidence().to_column());
    store(consented, "So so")?;
    let mut once = samtycke.require_in::<Forward, op::Forward>(&child, company).await?;
    mail(once.spend().await?)?;
    store(samtycke.require(&child).await?, "So so")?;
    samtycke
        .require::<News, Process>(&child)
        .scoped(async |mut held| {
            held.ensure_fresh().await?;
            Ok(held.subject()?.clone())
        })
        .await?;
    Ok(())
}

fn main() {}
