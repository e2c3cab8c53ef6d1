// fails with: E0308

include!("prelude/purposes.rs");

pub async fn mistakes(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    let consented = samtycke.require::<News, Store>(&child).await?;
    store(consented, "So so")
}

fn main() {}
