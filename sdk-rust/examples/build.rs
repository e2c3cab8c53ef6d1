//! Generates a type for every purpose in two registers: `Appsvar` is `ommej.appsvar`. If the program uses a purpose
//! that was removed from the register, it no longer compiles.

fn main() {
    samtycke_build::register("../../registers/ommej.toml").emit();
    samtycke_build::register("../../registers/omilon.toml").emit();
}
