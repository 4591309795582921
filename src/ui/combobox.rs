//! A text field with a list to choose from.

use yew::{AttrValue, Html};

use super::{Icon, has, icon, sub_id, truth, view};
use crate::text;

/// How many choices are shown at once; the rest is found by typing.
const SHOWN: usize = 60;

/// Something to choose.
#[derive(Clone, PartialEq)]
pub(crate) struct Choice {
    /// What it is called.
    pub label: AttrValue,
    /// What else helps to tell it apart.
    pub detail: AttrValue,
    /// What a search looks at, in lower case.
    text: String,
}

impl Choice {
    /// Something to choose.
    #[must_use]
    pub(crate) fn new(label: AttrValue, detail: AttrValue) -> Self {
        let text = text::lower(&[&*label, " ", &detail].concat());
        Self { label, detail, text }
    }
}

/// What a person does in a combobox, as in the ARIA practices: the focus stays in the field.
#[derive(Default)]
pub(crate) struct Combobox {
    is_open: bool,
    /// What is typed, until something is chosen.
    typed: Option<AttrValue>,
    /// The place, among those shown, of the option that the keyboard is at.
    active: Option<usize>,
}

impl Combobox {
    /// Whether the list is shown.
    pub(crate) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// The places of the choices found.
    fn found(&self, choices: &[Choice]) -> Vec<usize> {
        let search = self.typed.as_deref().map(text::lower).unwrap_or_default();
        let mut found = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            if has(&choice.text, &search) {
                found.push(at);
            }
        }
        found
    }

    /// The field was pressed.
    pub(crate) fn press(&mut self, choices: &[Choice], chosen: Option<usize>) {
        if !self.is_open {
            self.is_open = true;
            let found = self.found(choices);
            let shown = found.iter().take(SHOWN);
            self.active = chosen.and_then(|chosen| shown.clone().position(|at| *at == chosen));
        }
    }

    /// Something was typed.
    pub(crate) fn typed(&mut self, text: String) {
        self.typed = Some(text.into());
        self.active = Some(0);
        self.is_open = true;
    }

    /// The field was left, or the person gave up.
    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// The place of the choice that an option stands for.
    pub(crate) fn option(&self, choices: &[Choice], at: usize) -> Option<usize> {
        self.found(choices).get(at).copied()
    }

    /// A key was pressed. The place of the choice if that chooses something.
    pub(crate) fn key(
        &mut self,
        key: &str,
        choices: &[Choice],
        chosen: Option<usize>,
    ) -> Option<usize> {
        let found = self.found(choices);
        let last = found.len().min(SHOWN).saturating_sub(1);
        let at = self.active.filter(|at| *at <= last);
        self.active = match (key, self.is_open) {
            ("ArrowDown" | "ArrowUp", false) => {
                self.press(choices, chosen);
                self.active.or(Some(if key == "ArrowUp" { last } else { 0 }))
            }
            ("ArrowDown", true) => Some(at.map_or(0, |at| if at >= last { 0 } else { at + 1 })),
            ("ArrowUp", true) => Some(at.map_or(last, |at| at.checked_sub(1).unwrap_or(last))),
            ("PageDown", true) => Some(at.map_or(last, |at| (at + 10).min(last))),
            ("PageUp", true) => Some(at.map_or(0, |at| at.saturating_sub(10))),
            ("Enter", true) => return at.and_then(|at| found.get(at).copied()),
            ("Escape", true) => {
                self.close();
                None
            }
            _ => at,
        };
        None
    }
}

/// What is around the state of a combobox.
pub(crate) struct Around<'a> {
    /// The id of the text field, for its label.
    pub id: AttrValue,
    /// What gestures call it.
    pub name: &'static str,
    /// What the list is called.
    pub label: &'static str,
    /// What there is to choose.
    pub choices: &'a [Choice],
    /// The place of what is chosen.
    pub chosen: Option<usize>,
    /// What the field says while nothing is chosen.
    pub placeholder: &'static str,
    /// The ids of what describes the field.
    pub described_by: AttrValue,
    /// Whether the choice is wrong.
    pub invalid: bool,
    /// What stands below the choices.
    pub footer: Option<&'static str>,
}

/// A text field with a list to choose from.
pub(crate) fn combobox(state: &Combobox, around: &Around<'_>) -> Html {
    let is_open = state.is_open;
    let found = if is_open { state.found(around.choices) } else { Vec::new() };
    let more = found.len().saturating_sub(SHOWN);
    let list = sub_id(&around.id, "list");
    let option_id = |at: usize| sub_id(&list, &at.to_string());
    let at = state.active.filter(|at| *at < found.len().min(SHOWN));
    let chosen = around.chosen.and_then(|at| around.choices.get(at));
    let mut options = Vec::new();
    for (here, place) in found.iter().take(SHOWN).enumerate() {
        let Some(choice) = around.choices.get(*place) else { continue };
        options.push(view!(
            r#"<div key={} id={} role="option" class={} aria-selected={} data-at={}><span>{}</span><small>{}</small></div>"#,
            *place,
            option_id(here),
            (at == Some(here)).then_some("active"),
            truth(around.chosen == Some(*place)),
            here,
            &choice.label,
            &choice.detail
        ));
    }
    let note = if is_open && found.is_empty() && !around.choices.is_empty() {
        Some(AttrValue::Static(text::NOTHING_FOUND))
    } else {
        (more > 0).then(|| text::more_by_typing(more))
    };
    view!(
        r#"<div class="combobox">
            <input id={} name={} type="text" role="combobox" autocomplete="off" spellcheck="false" aria-expanded={}
                aria-controls={} aria-autocomplete="list" aria-activedescendant={} aria-describedby={}
                aria-invalid={} placeholder={} value={}/>
            {}
            <div class="options" hidden={}>
                <div id={} role="listbox" aria-label={}>{}</div>
                <div class="options-foot" role="status"><p>{}</p><p>{}</p></div>
            </div>
        </div>"#,
        &around.id,
        around.name,
        truth(is_open),
        &list,
        at.filter(|_| is_open).map(option_id),
        &around.described_by,
        around.invalid.then_some("true"),
        around.placeholder,
        state
            .typed
            .clone()
            .or_else(|| chosen.map(|choice| choice.label.clone()))
            .unwrap_or_default(),
        icon(Icon::Down),
        !is_open,
        &list,
        around.label,
        options,
        note,
        around.footer
    )
}
