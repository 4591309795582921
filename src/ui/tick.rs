//! Check boxes that show the program's state, and nothing else.
//!
//! A browser flips a box before the program hears of it. If the program then changes nothing, nothing is drawn again, and
//! the box would go on showing what is not so. So [`ticked_box`] puts a box back at once: only the state moves it.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::{AttrValue, Html, html};

/// What a box shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tick {
    /// Nothing below it is ticked.
    Off,
    /// Some of what is below it is ticked.
    Mixed,
    /// It, or everything below it, is ticked.
    On,
}

impl Tick {
    /// The box above `total` boxes of which `ticked` are ticked.
    #[must_use]
    pub(crate) fn of(ticked: usize, total: usize) -> Self {
        match ticked {
            0 => Self::Off,
            _ if ticked == total => Self::On,
            _ => Self::Mixed,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Mixed => "mixed",
            Self::On => "on",
        }
    }
}

impl From<bool> for Tick {
    fn from(ticked: bool) -> Self {
        if ticked { Self::On } else { Self::Off }
    }
}

/// A box and its label. `kind` and `value` say to [`ticked_box`] which one it is.
pub(crate) fn tick_box(
    kind: &'static str,
    value: &AttrValue,
    tick: Tick,
    disabled: bool,
    label: Html,
) -> Html {
    html! {
        <label class="tick">
            <input
                type="checkbox"
                name={kind}
                value={value}
                checked={tick == Tick::On}
                ~indeterminate={tick == Tick::Mixed}
                data-tick={tick.as_str()}
                disabled={disabled}
            />
            { label }
        </label>
    }
}

/// The box that an event is about, put back to what was drawn, and whether the person wants it ticked.
#[must_use]
pub(crate) fn ticked_box(event: &Event) -> Option<(HtmlInputElement, bool)> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    if !input.has_attribute("data-tick") {
        return None;
    }
    let ticked = input.checked();
    restore(&input);
    Some((input, ticked))
}

/// Makes a box show what was drawn last.
fn restore(input: &HtmlInputElement) {
    let drawn = input.get_attribute("data-tick");
    input.set_checked(drawn.as_deref() == Some(Tick::On.as_str()));
    input.set_indeterminate(drawn.as_deref() == Some(Tick::Mixed.as_str()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_above_others_shows_what_they_come_to() {
        assert_eq!(Tick::of(0, 3), Tick::Off);
        assert_eq!(Tick::of(2, 3), Tick::Mixed);
        assert_eq!(Tick::of(3, 3), Tick::On);
        assert_eq!(Tick::of(0, 0), Tick::Off);
    }
}
