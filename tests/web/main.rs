//! The page in a real browser, with a backend made of canned answers.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it looks for has failed"
)]

mod backend;
mod boxes;
mod combobox;
mod create;
mod failures;
mod keys;
mod page;
mod preview;
mod renders;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
