//! A server with five controllers and a day of invented people in it.

use super::Done;
use crate::config::Config;

pub(super) async fn demo(_config: Config) -> Done {
    Err(super::Failure::new("todo"))
}
