// fails with: E0271

include!("prelude/purposes.rs");

pub async fn forgets(samtycke: Client, person: SubjectId) -> Result<(), Denied> {
    let _ = samtycke.require::<Forward, Process>(&person).await?;
    Ok(())
}

fn main() {}
