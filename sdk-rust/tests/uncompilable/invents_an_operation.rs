// fails with: E0277

include!("prelude/purposes.rs");

pub enum Anything {}

impl op::Operation for Anything {
    const OP: samtycke::decide::Op = samtycke::decide::Op::Process;
}

fn main() {}
