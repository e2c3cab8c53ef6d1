// fails with: E0599

include!("prelude/purposes.rs");

pub async fn forgets(samtycke: Client, person: SubjectId, company: Recipient) -> Result<(), Denied> {
    let once = samtycke.require_in::<Forward, op::Forward>(&person, company).await?;
    let _ = once.subject()?;
    Ok(())
}

fn main() {}
