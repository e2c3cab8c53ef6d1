// fails with: E0308

include!("prelude/purposes.rs");

pub async fn mistakes(samtycke: Client, person: SubjectId, to: Recipient) -> Result<(), Denied> {
    let _ = samtycke.require_in::<Photo, Publish>(&person, to).await?;
    Ok(())
}

fn main() {}
