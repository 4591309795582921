//! Parts of the page that are drawn again only when they would look different.
//!
//! All of them share one component: each further one would cost the page several kilobytes.

use std::any::Any;
use std::rc::Rc;

use yew::virtual_dom::{Key, VComp, VList};
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

/// How many places share a chunk.
const CHUNK: usize = 8;

/// A long list of parts, each with its place. Those that stand close together are compared together: a list in which little
/// changes takes no more than a look at each of its chunks.
#[derive(Default)]
pub(crate) struct PartList(Vec<(usize, Chunk)>);

impl PartList {
    /// Adds a part, whose place comes after all that were added. A part keeps its place, whichever others there are.
    pub(crate) fn push(&mut self, place: usize, part: impl Part) {
        self.push_any(place, Rc::new(part));
    }

    fn push_any(&mut self, place: usize, part: Rc<dyn AnyPart>) {
        let at = place / CHUNK;
        match self.0.last_mut() {
            Some((last, Chunk(parts))) if *last == at => parts.push((place, part)),
            _ => self.0.push((at, Chunk(vec![(place, part)]))),
        }
    }

    /// Draws the parts, but for those that look the same as last time.
    pub(crate) fn draw(self) -> Vec<Html> {
        let mut chunks = Vec::new();
        for (at, chunk) in self.0 {
            chunks.push(memo(at, chunk));
        }
        chunks
    }
}

/// Parts that stand close together, each with its place.
struct Chunk(Vec<Placed>);

type Placed = (usize, Rc<dyn AnyPart>);

impl Part for Chunk {
    fn is_same(&self, other: &Self) -> bool {
        let is_same = |((place, part), (its_place, its_part)): (&Placed, &Placed)| {
            place == its_place && part.is_same_as(&**its_part)
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(is_same)
    }

    fn draw(&self) -> Html {
        let mut parts = Vec::new();
        for (place, part) in &self.0 {
            parts.push(memo_any((*place).into(), Rc::clone(part)));
        }
        VList::from(parts).into()
    }
}
