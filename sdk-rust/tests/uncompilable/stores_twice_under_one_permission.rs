// fails with: E0382

include!("prelude/purposes.rs");

pub async fn repeats(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    let consented = samtycke.require::<Answers, Store>(&child).await?;
    store(consented, "So so")?;
    store(consented, "Better")
}

fn main() {}
