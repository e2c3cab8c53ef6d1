// fails with: E0599

include!("prelude/purposes.rs");

pub fn copies(consented: Consented<Answers>) -> (Consented<Answers>, Consented<Answers>) {
    (consented.clone(), consented)
}

fn main() {}
