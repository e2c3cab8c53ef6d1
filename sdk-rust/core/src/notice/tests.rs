//! Notices drafted from the five registers, and staleness.
