//! The flows, in the browsers beside Chromium.

use crate::webdriver::Engine;
use crate::{bad_input, flow, secrets};

fn flows(engine: Engine) {
    flow::from_form_to_end(engine);
    secrets::reload(engine);
    bad_input::fill_in_wrongly(engine);
    bad_input::press_twice(engine);
    bad_input::lose_an_answer(engine);
}

#[test]
fn the_flows_in_firefox() {
    flows(Engine::Firefox);
}

#[test]
fn the_flows_in_webkit() {
    flows(Engine::WebKit);
}
