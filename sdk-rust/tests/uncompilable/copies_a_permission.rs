// fails with: E0599

include!("prelude/purposes.rs");

pub fn copies(consented: Consented<Answers, Store>) -> (Consented<Answers, Store>, Consented<Answers, Store>) {
    (consented.clone(), consented)
}

fn main() {}
