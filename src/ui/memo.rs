//! Parts of the page that are drawn again only when they would look different.
//!
//! All of them share one component: each further one would cost the page several kilobytes.

use std::any::Any;
use std::rc::Rc;

use web_sys::MouseEvent;
use yew::virtual_dom::Key;
use yew::{Callback, Html, Properties, UseStateSetter, component, html, use_state_eq};

/// A part of the page. It is drawn again when it is no longer the same, or when its level changes.
pub(crate) trait Part: Any {
    /// Whether both would look the same.
    fn is_same(&self, other: &Self) -> bool
    where
        Self: Sized;

    /// What it looks like.
    fn draw(&self, level: &Level) -> Html;
}

/// How far a part is unfolded; 0 at first.
pub(crate) struct Level {
    /// The level now.
    pub now: usize,
    setter: UseStateSetter<usize>,
}

impl Level {
    /// A press that unfolds or folds.
    pub(crate) fn to(&self, level: usize) -> Callback<MouseEvent> {
        let setter = self.setter.clone();
        Callback::from(move |_: MouseEvent| setter.set(level))
    }
}

/// A part of whichever type.
trait AnyPart {
    fn as_any(&self) -> &dyn Any;
    fn is_same_as(&self, other: &dyn AnyPart) -> bool;
    fn draw_at(&self, level: &Level) -> Html;
}

impl<T: Part> AnyPart for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_same_as(&self, other: &dyn AnyPart) -> bool {
        other.as_any().downcast_ref::<T>().is_some_and(|other| self.is_same(other))
    }

    fn draw_at(&self, level: &Level) -> Html {
        self.draw(level)
    }
}

/// A part, as a property.
#[derive(Properties, Clone)]
struct Props {
    part: Rc<dyn AnyPart>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.part.is_same_as(&*other.part)
    }
}

#[component]
fn Memo(props: &Props) -> Html {
    let level = use_state_eq(|| 0_usize);
    props.part.draw_at(&Level { now: *level, setter: level.setter() })
}

/// Draws a part, if it does not look the same as last time. The key tells it from its siblings.
pub(crate) fn memo(key: impl Into<Key>, part: impl Part) -> Html {
    memo_any(key.into(), Rc::new(part))
}

fn memo_any(key: Key, part: Rc<dyn AnyPart>) -> Html {
    html! { <Memo {key} {part} /> }
}
