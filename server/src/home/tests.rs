//! What the page promises as a document.
