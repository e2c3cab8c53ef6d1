//! The five registers, and a minimal sample for each finding.
