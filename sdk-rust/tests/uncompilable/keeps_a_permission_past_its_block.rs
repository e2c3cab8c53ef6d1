// fails with: lifetime may not live long enough

include!("prelude/purposes.rs");

pub async fn keeps(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    let held = samtycke
        .require::<Answers, Store>(&child)
        .scoped(async |held| Ok(held))
        .await?;
    let _ = held.subject()?;
    Ok(())
}

fn main() {}
