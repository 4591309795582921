//! What the end-to-end tests and the page's benchmark have in common: a browser by the WebDriver protocol, and a backend
//! that serves the built page.
//!
//! `cargo xtask` builds the page, installs what is missing, and says in the environment where all of it is.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "this is a part of tests: what is not as it should be fails them"
)]

pub mod patience;
pub mod portal;
pub mod webdriver;
