//! The rules of `docs/rules.md`, sentence by sentence, and against a second reading of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![cfg_attr(not(target_arch = "wasm32"), expect(clippy::indexing_slicing, reason = "a test may"))]

mod corpus;
mod plans;

#[cfg(not(target_arch = "wasm32"))]
mod catalogs;
#[cfg(not(target_arch = "wasm32"))]
mod decide;
#[cfg(not(target_arch = "wasm32"))]
mod decisions;
#[cfg(not(target_arch = "wasm32"))]
mod findings;
#[cfg(not(target_arch = "wasm32"))]
mod fuzzed;
#[cfg(not(target_arch = "wasm32"))]
mod golden;
#[cfg(not(target_arch = "wasm32"))]
mod grants;
#[cfg(not(target_arch = "wasm32"))]
mod hostile;
#[cfg(not(target_arch = "wasm32"))]
mod model;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
#[cfg(not(target_arch = "wasm32"))]
mod real;
#[cfg(not(target_arch = "wasm32"))]
mod scenario;
#[cfg(not(target_arch = "wasm32"))]
mod sets;
#[cfg(not(target_arch = "wasm32"))]
mod shorthand;
