//! Check boxes that show the program's state, and nothing else.
//!
//! A browser flips a box before the program hears of it. If the program then changes nothing, nothing is drawn again, and
//! the box would go on showing what is not so. So [`restore`] puts a box back at once: only the state moves it.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::{AttrValue, Html};

use super::gesture::target;
use super::view;

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

/// A box and its label. The name and the value say which one it is.
pub(crate) fn tick_box(
    name: &'static str,
    value: AttrValue,
    tick: Tick,
    disabled: bool,
    label: Html,
) -> Html {
    view!(
        r#"<label class="tick">
            <input type="checkbox" name={} value={} checked={} indeterminate={} data-tick={} disabled={}/>
            {}
        </label>"#,
        name,
        value,
        tick == Tick::On,
        tick == Tick::Mixed,
        tick.as_str(),
        disabled,
        label
    )
}

/// Makes the box that an event is about show what was drawn last.
pub(super) fn restore(event: &Event) {
    let Some(target) = target(event) else { return };
    if let Some(drawn) = target.get_attribute("data-tick") {
        let input: &HtmlInputElement = target.unchecked_ref();
        input.set_checked(drawn == Tick::On.as_str());
        input.set_indeterminate(drawn == Tick::Mixed.as_str());
    }
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
