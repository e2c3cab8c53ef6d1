//! What every route shares.

pub mod answer;
pub mod body;
pub mod cors;
pub mod manners;
pub mod serve;
pub mod strict;
