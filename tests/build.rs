//! Makes the five registers into types, as a program of theirs would.

fn main() {
    for register in ["bjorn-lunden", "loomer", "omilon", "ommej", "supplier"] {
        samtycke_build::register(format!("../registers/{register}.toml")).emit();
    }
}
