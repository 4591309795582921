//! Views, written as the HTML that they are.
//!
//! ```text
//! view!(r#"<li class={}>{}<small>{}</small></li>"#, class, icon(Icon::Note), text::HINT)
//! ```
//!
//! Each `{}` takes the next value, as in `format!`: an attribute's value, a text, other views. How many there are, and
//! that every element ends, is checked when the page is compiled. The page reads each view once, and from then on only
//! fills it in. A macro that turns markup into code would let the page weigh half as much again: markup compresses to a
//! fifth, code only to a third.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VList, VTag, VText};
use yew::{AttrValue, Html};

/// Fills in a view: the markup, then a value for each `{}`.
macro_rules! view {
    ($markup:expr $(, $value:expr)* $(,)?) => {{
        thread_local! {
            static MARKUP: $crate::ui::Markup<{ <[&str]>::len(&[$(stringify!($value)),*]) }> =
                const { $crate::ui::Markup::new($markup) };
        }
        let values = [$($crate::ui::Fill::from($value)),*];
        MARKUP.with(|markup| markup.fill(values))
    }};
}
pub(crate) use view;

/// A value for a `{}`.
#[derive(Default)]
pub(crate) enum Fill {
    /// Nothing: no text, or no such attribute.
    #[default]
    Nothing,
    /// A text, or an attribute's value.
    Text(AttrValue),
    /// A view.
    View(Html),
}

impl From<&'static str> for Fill {
    fn from(text: &'static str) -> Self {
        Self::Text(AttrValue::Static(text))
    }
}

impl From<AttrValue> for Fill {
    fn from(text: AttrValue) -> Self {
        Self::Text(text)
    }
}

impl From<&AttrValue> for Fill {
    fn from(text: &AttrValue) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&std::rc::Rc<str>> for Fill {
    fn from(text: &std::rc::Rc<str>) -> Self {
        Self::Text(AttrValue::Rc(text.clone()))
    }
}

impl From<String> for Fill {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// For attributes that are there or not, such as `hidden`.
impl From<bool> for Fill {
    fn from(is_there: bool) -> Self {
        if is_there { Self::from("") } else { Self::Nothing }
    }
}

impl From<Html> for Fill {
    fn from(view: Html) -> Self {
        Self::View(view)
    }
}

impl From<Vec<Html>> for Fill {
    fn from(views: Vec<Html>) -> Self {
        Self::View(VList::from(views).into())
    }
}

impl<T: Into<Fill>> From<Option<T>> for Fill {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Nothing, Into::into)
    }
}

/// What `aria-expanded` and its like say.
pub(crate) const fn truth(is_true: bool) -> &'static str {
    if is_true { "true" } else { "false" }
}

/// The markup of a view with `N` places to fill in.
pub(crate) struct Markup<const N: usize> {
    source: &'static str,
    nodes: Cell<Option<&'static [Node]>>,
}

impl<const N: usize> Markup<N> {
    /// Takes markup that has been checked: this runs when the page is compiled.
    pub(crate) const fn new(source: &'static str) -> Self {
        let (mut places, mut open) = (0, 0);
        let mut rest = source.as_bytes();
        while let Some((byte, after)) = rest.split_first() {
            match (*byte, after.first()) {
                (b'{', Some(b'}')) => places += 1,
                (b'<', Some(b'/')) => open -= 1,
                (b'<', _) => open += 1,
                (b'/', Some(b'>')) => open -= 1,
                _ => {}
            }
            rest = after;
        }
        assert!(places == N, "a view needs a value for each {{}} of its markup");
        assert!(open == 0, "an element of the markup has no end");
        Self { source, nodes: Cell::new(None) }
    }

    /// The view with the values in their places.
    pub(crate) fn fill(&self, mut values: [Fill; N]) -> Html {
        draw(nodes(self.source, &self.nodes), &mut values)
    }
}

/// A part of markup.
enum Node {
    Text(&'static str),
    Place,
    Element(Element),
}

struct Element {
    tag: &'static str,
    /// The names of the attributes that may change; if none does, all attributes are [`Element::fixed`].
    names: &'static [&'static str],
    /// Their values, where they are fixed.
    values: Box<[Option<&'static str>]>,
    fixed: &'static [(&'static str, AttributeOrProperty)],
    children: Box<[Node]>,
}

fn nodes(source: &'static str, known: &Cell<Option<&'static [Node]>>) -> &'static [Node] {
    known.get().unwrap_or_else(|| {
        let nodes = read(source);
        known.set(Some(nodes));
        nodes
    })
}

/// Reads markup. It is needed for as long as the page's module is there, in any number of pages.
fn read(source: &'static str) -> &'static [Node] {
    Box::leak(Reader { rest: source }.nodes())
}

/// Reads markup from its beginning.
struct Reader {
    rest: &'static str,
}

impl Reader {
    /// Takes what stands before one of some characters, and leaves that character.
    fn before(&mut self, stops: &[char]) -> &'static str {
        let (taken, rest) = self.rest.split_at(self.rest.find(stops).unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Takes a text if it comes next.
    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes everything up to the end of the element that they stand in.
    fn nodes(&mut self) -> Box<[Node]> {
        let mut nodes = Vec::new();
        while !self.rest.is_empty() {
            let text = self.before(&['<', '{']);
            // Line breaks and indentation are for who reads the source.
            if !text.is_empty() && !text.contains('\n') {
                nodes.push(Node::Text(text));
            }
            if self.take("</") {
                self.before(&['>']);
                self.take(">");
                break;
            } else if self.take("{}") {
                nodes.push(Node::Place);
            } else if self.take("<") {
                nodes.push(Node::Element(self.element()));
            }
        }
        nodes.into()
    }

    fn element(&mut self) -> Element {
        let tag = self.before(&[' ', '\n', '/', '>']);
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let has_children = loop {
            self.rest = self.rest.trim_start();
            if self.take("/>") {
                break false;
            }
            if self.take(">") || self.rest.is_empty() {
                break true;
            }
            names.push(self.before(&['=', ' ', '\n', '/', '>']));
            values.push(if self.take("={}") {
                None
            } else if self.take("=\"") {
                let value = self.before(&['"']);
                self.take("\"");
                Some(value)
            } else {
                Some("")
            });
        };
        let children = if has_children { self.nodes() } else { Box::default() };
        let fixed = |(name, value): (&&'static str, &Option<&'static str>)| {
            Some((*name, AttributeOrProperty::Static((*value)?)))
        };
        let fixed: Vec<_> = names.iter().zip(&values).filter_map(fixed).collect();
        let fixed = if fixed.len() == names.len() { fixed } else { Vec::new() };
        Element { tag, names: names.leak(), values: values.into(), fixed: fixed.leak(), children }
    }
}

fn draw(nodes: &[Node], values: &mut [Fill]) -> Html {
    let mut values = values.iter_mut();
    let mut next = || values.next().map(std::mem::take).unwrap_or_default();
    match nodes {
        [node] => draw_node(node, &mut next),
        nodes => VList::from(draw_nodes(nodes, &mut next)).into(),
    }
}

fn draw_nodes(nodes: &[Node], next: &mut dyn FnMut() -> Fill) -> Vec<Html> {
    nodes.iter().map(|node| draw_node(node, next)).collect()
}

fn draw_node(node: &Node, next: &mut dyn FnMut() -> Fill) -> Html {
    let text = |text: AttrValue| VText::new(text).into();
    match node {
        Node::Text(fixed) => text(AttrValue::Static(fixed)),
        Node::Place => match next() {
            // Nothing at all beside siblings that come and go would confuse the order of the siblings.
            Fill::Nothing => text(AttrValue::Static("")),
            Fill::Text(value) => text(value),
            Fill::View(view) => view,
        },
        Node::Element(element) => draw_element(element, next).into(),
    }
}

fn draw_element(element: &Element, next: &mut dyn FnMut() -> Fill) -> VTag {
    let mut tag = VTag::new(element.tag);
    if element.fixed.is_empty() && !element.names.is_empty() {
        let mut values = Vec::with_capacity(element.names.len());
        for (name, fixed) in element.names.iter().zip(&element.values) {
            let fill = fixed.map_or_else(&mut *next, Fill::from);
            values.push(attribute(&mut tag, name, fill));
        }
        tag.set_attributes(Attributes::Dynamic { keys: element.names, values: values.into() });
    } else {
        tag.set_attributes(Attributes::Static(element.fixed));
    }
    if let Some(children) = tag.children_mut().filter(|_| !element.children.is_empty()) {
        *children = match &*element.children {
            [child] => draw_node(child, next),
            many => VList::from(draw_nodes(many, next)).into(),
        };
    }
    tag
}

/// An attribute, unless it is one of those that are more than an attribute.
fn attribute(tag: &mut VTag, name: &str, fill: Fill) -> Option<AttributeOrProperty> {
    let value = match fill {
        Fill::Text(value) => Some(value),
        _ => None,
    };
    match name {
        "key" => tag.key = value.map(|value| Key::from(&*value)),
        "value" if tag.tag() == "input" => tag.set_value(value),
        "checked" => tag.set_checked(value.is_some()),
        "indeterminate" => {
            return Some(AttributeOrProperty::Property(JsValue::from_bool(value.is_some())));
        }
        _ => return value.map(AttributeOrProperty::Attribute),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(nodes: &[Node]) -> String {
        nodes
            .iter()
            .map(|node| match node {
                Node::Text(text) => format!("'{text}'"),
                Node::Place => "_".to_owned(),
                Node::Element(element) => {
                    let attributes = element.names.iter().zip(&element.values);
                    let attributes: String = attributes
                        .map(|(name, value)| format!(" {name}={}", value.unwrap_or("_")))
                        .collect();
                    format!("<{}{attributes}>{}</>", element.tag, shape(&element.children))
                }
            })
            .collect()
    }

    #[test]
    fn markup_is_read_as_it_is_nested() {
        let markup = r#"
            <li class={} data-x="a b" hidden>
                {}<b>{}</b> <input name="n" checked={}/>
                <br/>
            </li>"#;
        assert_eq!(
            shape(read(markup)),
            "<li class=_ data-x=a b hidden=>_<b>_</b><input name=n checked=_></><br></></>"
                .replace("</b>", "</>' '")
        );
    }

    #[test]
    fn attributes_that_never_change_are_told_apart() {
        let fixed = |markup| match read(markup) {
            [Node::Element(element)] => element.fixed.len(),
            _ => usize::MAX,
        };
        assert_eq!(fixed(r#"<p class="a" id="b"></p>"#), 2);
        assert_eq!(fixed(r#"<p class="a" id={}></p>"#), 0);
    }
}
