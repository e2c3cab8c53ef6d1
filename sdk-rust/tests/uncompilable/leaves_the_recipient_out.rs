// fails with: E0271

include!("prelude/purposes.rs");

pub async fn forgets(samtycke: Client, person: SubjectId) -> Result<(), Denied> {
    let _ = samtycke.require::<Forward>(&person).await?;
    Ok(())
}

fn main() {}
