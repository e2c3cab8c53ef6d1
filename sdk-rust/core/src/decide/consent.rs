//! Consent rows.
