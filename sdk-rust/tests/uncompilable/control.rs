// Compiles: the correct form of what the other programs do wrongly.

include!("prelude/purposes.rs");

pub async fn asks(samtycke: Client, child: SubjectId, company: Recipient) -> Result<(), Denied> {
    let consented = samtycke.require::<Answers>(&child).await?;
    let _ = consented.evidence().to_column();
    store(consented, "So so")?;
    let mut once = samtycke.require_in::<Forward>(&child, company).await?;
    let spent = once.spend().await?;
    let _ = spent.subject();
    samtycke
        .require::<News>(&child)
        .scoped(async |mut held| {
            held.ensure_fresh().await?;
            Ok(held.subject()?.clone())
        })
        .await?;
    Ok(())
}

fn main() {}
