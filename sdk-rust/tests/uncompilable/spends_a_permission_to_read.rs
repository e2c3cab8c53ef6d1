// fails with: E0599

include!("prelude/purposes.rs");

pub async fn mistakes(mut once: Consented<Forward, op::Read>) -> Result<(), Denied> {
    mail(once.spend().await?)
}

fn main() {}
