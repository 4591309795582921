//! Parts of the page that are drawn again only when they would look different.
//!
//! All of them share one component: each further one would cost the page several kilobytes.

use std::any::Any;
use std::rc::Rc;

use yew::virtual_dom::{Key, VComp};
use yew::{Component, Context, Html, Properties};

/// A part of the page. It is drawn again when it is no longer the same.
pub(crate) trait Part: Any {
    /// Whether both would look the same.
    fn is_same(&self, other: &Self) -> bool
    where
        Self: Sized;

    /// What it looks like.
    fn draw(&self) -> Html;
}

/// A part of whichever type.
trait AnyPart {
    fn as_any(&self) -> &dyn Any;
    fn is_same_as(&self, other: &dyn AnyPart) -> bool;
    fn draw_any(&self) -> Html;
}

impl<T: Part> AnyPart for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_same_as(&self, other: &dyn AnyPart) -> bool {
        other.as_any().downcast_ref::<T>().is_some_and(|other| self.is_same(other))
    }

    fn draw_any(&self) -> Html {
        self.draw()
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

struct Memo;

impl Component for Memo {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().part.draw_any()
    }
}

/// Draws a part, if it does not look the same as last time. The key tells it from its siblings.
pub(crate) fn memo(key: impl Into<Key>, part: impl Part) -> Html {
    memo_any(key.into(), Rc::new(part))
}

fn memo_any(key: Key, part: Rc<dyn AnyPart>) -> Html {
    VComp::new::<Memo>(Rc::new(Props { part }), Some(key)).into()
}
