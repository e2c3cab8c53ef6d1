// fails with: E0599

include!("prelude/purposes.rs");

pub async fn mistakes(samtycke: Client, child: SubjectId) {
    let _ = samtycke.withdrawn::<Answers>(&child).explicit().await;
}

fn main() {}
