// fails with: E0277

include!("prelude/purposes.rs");

pub fn converts(shown: Consented<Answers, View>) -> Consented<Answers, Store> {
    shown.into()
}

fn main() {}
