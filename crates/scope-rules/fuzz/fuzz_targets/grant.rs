//! Fuzzes grants.

#![no_main]

#[path = "../../tests/rules/model.rs"]
#[allow(dead_code, reason = "each target uses a part")]
mod model;
#[path = "../targets.rs"]
#[allow(dead_code, reason = "each target uses a part")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::grant(data));
