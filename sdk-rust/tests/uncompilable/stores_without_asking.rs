// fails with: E0308

include!("prelude/purposes.rs");

pub fn forgets(child: SubjectId) -> Result<(), Denied> {
    store(child, "So so")
}

fn main() {}
