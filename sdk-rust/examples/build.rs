//! Makes a type of every purpose in two registers: `Appsvar` is `ommej.appsvar`. Take a purpose out of a register that the
//! program uses, and it does not compile any more.

fn main() {
    samtycke_build::register("../../registers/ommej.toml").emit();
    samtycke_build::register("../../registers/omilon.toml").emit();
}
