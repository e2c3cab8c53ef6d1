// fails with: unused_must_use

include!("prelude/purposes.rs");

pub fn forgets(samtycke: Client, child: SubjectId) {
    samtycke.withdrawn::<Answers>(&child);
}

fn main() {}
