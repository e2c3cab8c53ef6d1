//! The queue against a disk, a clock and a server of the tests' own.

mod delivery;
mod disk;
mod property;
mod room;
mod said;
mod world;
