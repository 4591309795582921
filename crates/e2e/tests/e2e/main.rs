//! End-to-end tests: the built page in a real browser, the real backend, its database.
//!
//! `cargo xtask test e2e` builds the page, installs what is missing and runs them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "these are tests: what is not as it should be fails them"
)]

mod announced;
mod axe;
mod bad_input;
mod browser;
mod browsers;
mod corpus;
mod failures;
mod flow;
mod honest;
mod keyboard;
mod keys;
mod person;
mod proxy;
mod secrets;
mod states;
mod tree;

use e2e::{patience, portal, webdriver};
