//! What a person does, read from the browser's events.
//!
//! The page listens once, at its root, and not at each control: a control says by its `name` and `value` what it is, as
//! in a form. So no row of a long list needs anything made for it, and drawing one stays cheap. A name may carry a
//! qualifier behind a dot, where a browser or the page needs several of the same: `kind.ks-1`.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, UiEvent};
use yew::Callback;

use super::tick;

/// A control of the page.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Control {
    /// What it does.
    pub name: String,
    /// What tells it from others that do the same.
    pub of: String,
    /// What it does that to; of a text field, the text.
    pub value: String,
    /// Whether it is a box that the person wants ticked, or if nothing was pressed yet, that is ticked.
    pub ticked: bool,
}

/// Something that a person did.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Gesture {
    /// Pressed a button, or the text field of a combobox.
    Press(Control),
    /// Chose an option at this place of a list.
    Choose(usize),
    /// Ticked a box, or chose something.
    Change(Control),
    /// Typed into a text field.
    Type(Control),
    /// Pointed at a control or focused it; nothing if the control does nothing that could be told in advance.
    Point(Option<Control>),
    /// Left a control with the keyboard.
    Leave(Control),
    /// Pressed a key, in a control.
    Key(String, Control),
    /// Took the last change back.
    Undo,
    /// Made it again.
    Redo,
    /// Wants to leave the open dialog.
    Escape,
    /// Left the page, which the browser may keep for when they come back.
    Depart,
}

/// How an event is read.
type Read = fn(&Event) -> Option<Gesture>;

/// What the page listens to.
const EVENTS: [(&str, Read); 10] = [
    ("click", click),
    ("mousedown", mouse_down),
    ("mouseover", point),
    ("input", input),
    ("change", change),
    ("keydown", key_down),
    ("focusin", point),
    ("focusout", leave),
    ("cancel", cancel),
    ("close", close),
];

/// Listens at the root of the page for as long as the listeners are kept, and hands on what events mean. Those of dialogs
/// do not bubble: they are heard on their way down.
pub(crate) fn listen(root: &Element, tell: &Callback<Gesture>) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    for (name, read) in &EVENTS {
        let tell = tell.clone();
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let hand_on = move |event: &Event| {
            if let Some(gesture) = read(event) {
                tell.emit(gesture);
            }
        };
        listeners.push(EventListener::new_with_options(root, *name, options, hand_on));
    }
    if let Some(window) = web_sys::window() {
        let tell = tell.clone();
        let depart = move |_: &Event| tell.emit(Gesture::Depart);
        listeners.push(EventListener::new(&window, "pagehide", depart));
    }
    listeners
}

fn click(event: &Event) -> Option<Gesture> {
    let element = around(event, "button[name], [role=option], [role=combobox]")?;
    if let Some(at) = element.get_attribute("data-at") {
        return at.parse().ok().map(Gesture::Choose);
    }
    // What the second press of a double click meets may be another button by then.
    let is_second = event.dyn_ref::<UiEvent>().is_some_and(|event| event.detail() > 1);
    if is_second && element.matches(".primary, .danger").ok()? {
        return None;
    }
    if element.matches("input").ok()? {
        // So that typing takes the place of what it says.
        element.unchecked_ref::<HtmlInputElement>().select();
    }
    control(&element).map(Gesture::Press)
}

fn change(event: &Event) -> Option<Gesture> {
    let control = control(&target(event)?)?;
    tick::restore(event);
    Some(Gesture::Change(control))
}

fn input(event: &Event) -> Option<Gesture> {
    let element = target(event)?;
    let is_text = element.matches(TEXT).ok()?;
    if is_text { control(&element).map(Gesture::Type) } else { None }
}

fn point(event: &Event) -> Option<Gesture> {
    let pointed = around(event, "label, button[name]").and_then(|element| {
        let inner = element.query_selector("input[name]:not(:disabled)").ok()?;
        control(&inner.unwrap_or(element))
    });
    Some(Gesture::Point(pointed))
}

fn leave(event: &Event) -> Option<Gesture> {
    control(&target(event)?).map(Gesture::Leave)
}

/// A press on a list of options must not take the focus out of its field, which would close it.
fn mouse_down(event: &Event) -> Option<Gesture> {
    if around(event, ".options").is_some() {
        event.prevent_default();
    }
    None
}

/// A dialog goes when the page no longer draws it, not before.
fn cancel(event: &Event) -> Option<Gesture> {
    event.prevent_default();
    Some(Gesture::Escape)
}

/// Some browsers close a dialog on the second Escape without asking; then it is opened again.
fn close(_: &Event) -> Option<Gesture> {
    Some(Gesture::Escape)
}

fn key_down(event: &Event) -> Option<Gesture> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    let element = target(event)?;
    if event.is_composing() {
        return None;
    }
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        // A text field has an undo of its own.
        let is_text = element.matches(TEXT).ok()?;
        let step = match key.as_str() {
            "z" if !is_text => Gesture::Undo,
            "Z" | "y" if !is_text => Gesture::Redo,
            _ => return None,
        };
        event.prevent_default();
        return Some(step);
    }
    let is_open = element.get_attribute("aria-expanded").is_some_and(|open| open == "true");
    match (key.as_str(), is_open) {
        // They would move the caret, or submit a form around the page.
        ("ArrowDown" | "ArrowUp", _) | ("PageDown" | "PageUp" | "Enter", true)
            if element.get_attribute("role").is_some_and(|role| role == "combobox") =>
        {
            event.prevent_default();
        }
        _ => {}
    }
    control(&element).map(|control| Gesture::Key(key, control))
}

const TEXT: &str = "input:not([type=checkbox], [type=radio])";

pub(super) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn around(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok()?
}

fn control(element: &Element) -> Option<Control> {
    let name = element.get_attribute("name")?;
    let (name, of) = match name.split_once('.') {
        Some((name, of)) => (name.to_owned(), of.to_owned()),
        None => (name, String::new()),
    };
    // Lists and buttons have a value as well.
    let value = element.unchecked_ref::<HtmlInputElement>().value();
    let ticked = element.matches(":checked").unwrap_or_default();
    Some(Control { name, of, value, ticked })
}
