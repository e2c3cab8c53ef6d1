// fails with: E0308

include!("prelude/purposes.rs");

pub async fn mistakes(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    let shown = samtycke.require::<Answers, View>(&child).await?;
    store(shown, "So so")
}

fn main() {}
