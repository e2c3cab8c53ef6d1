// fails with: E0624

include!("prelude/purposes.rs");

pub fn forges() -> Consented<Answers, Store> {
    Consented::new(loop {}, Unscoped, None)
}

fn main() {}
