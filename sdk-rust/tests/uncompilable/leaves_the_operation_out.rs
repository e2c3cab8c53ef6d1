// fails with: E0107

include!("prelude/purposes.rs");

pub fn forgets(consented: Consented<Answers>) {
    drop(consented);
}

fn main() {}
