// fails with: E0624

include!("prelude/purposes.rs");

pub fn forges() -> Consented<Answers> {
    Consented::new(loop {}, None)
}

fn main() {}
