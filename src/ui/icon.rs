//! Icons: drawn with the text's colour, always beside a word that says the same.

use yew::Html;

use super::view;

/// A picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A tick in a circle.
    Allowed,
    /// A circle with lines that end early.
    Redacted,
    /// A cross in a circle.
    Rejected,
    /// An exclamation mark in a triangle.
    Warning,
    /// A small i in a circle.
    Note,
    /// An arrow that turns back.
    Undo,
    /// An arrow that turns forth.
    Redo,
    /// Two sheets.
    Copy,
    /// A lens.
    Search,
    /// An arrow downwards.
    Down,
}

/// Draws an icon.
pub(crate) fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Allowed => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2 2 4-4.2",
        Icon::Redacted => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM4.5 6h7M4.5 8h7M4.5 10h4",
        Icon::Rejected => {
            "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"
        }
        Icon::Warning => "M8 2 1.5 13.5h13L8 2ZM8 6.5v3.2M8 11.4v.4",
        Icon::Note => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.2v4M8 4.6v.4",
        Icon::Undo => "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H7",
        Icon::Redo => "m10 3 3.5 3.5L10 10m3-3.5H6.5a4 4 0 0 0 0 8H9",
        Icon::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
        Icon::Search => "M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.300 10.300l3.500 3.500",
        Icon::Down => "m4 6 4 4 4-4",
    };
    view!(r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={}/></svg>"#, path)
}
