//! A campaign: where pictures, film and sound of people are shown, and until when.

use crate::id::ScopeValue;

/// A campaign of the tenant, as it was last published. A consent in its scope ends with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The first instant after its last day in Stockholm; Unix milliseconds.
    pub ends_at: i64,
    /// The media that it uses: photo, film, sound.
    pub media: Vec<ScopeValue>,
    /// The surfaces on which it is shown.
    pub surfaces: Vec<ScopeValue>,
    /// Whether it advertises, so that only consent permits it (lag 1978:800, 1 §).
    pub advertising: bool,
}
