//! Views, written as the HTML that they are.
//!
//! ```text
//! view!(r#"<li class={}>{}<small>{}</small></li>"#, class, icon(Icon::Note), const { text::HINT })
//! ```
//!
//! Each `{}` takes the next value, as in `format!`: an attribute's value, a text, other views. What is `const` stands in
//! the markup already when the page is compiled, and costs no code. How many values there are, and that every element
//! ends, is checked then too. The page reads each view once, and from then on only fills it in. A macro that turns markup
//! into code would let the page weigh half as much again: markup compresses to a fifth, code only to a third.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listeners, VList, VTag, VText};
use yew::{AttrValue, Html, NodeRef};

/// Fills in a view: the markup, then a value for each `{}`.
macro_rules! view {
    (@sort $markup:expr; [$($place:expr,)*] [$($value:expr,)*]) => {{
        const WRITTEN: $crate::ui::Written<'_> =
            $crate::ui::Written::new($markup, &[$($place,)*]);
        const BYTES: [u8; WRITTEN.len()] = WRITTEN.bytes();
        const MARKUP: $crate::ui::Markup =
            $crate::ui::Markup::new(&BYTES, <[&str]>::len(&[$(stringify!($value),)*]));
        #[allow(unused_mut, reason = "a view without values")]
        let mut filled = $crate::ui::Filled::new(MARKUP);
        $($crate::ui::Fill::fill($value, &mut filled);)*
        filled.draw()
    }};
    (@sort $markup:expr; [$($place:expr,)*] [$($value:expr,)*]
        const { $text:expr } $(, $($rest:tt)*)?) => {
        $crate::ui::view!(@sort $markup; [$($place,)* Some($text),] [$($value,)*] $($($rest)*)?)
    };
    (@sort $markup:expr; [$($place:expr,)*] [$($value:expr,)*]
        $next:expr $(, $($rest:tt)*)?) => {
        $crate::ui::view!(@sort $markup; [$($place,)* None,] [$($value,)* $next,] $($($rest)*)?)
    };
    ($markup:expr $(, $($values:tt)*)?) => {
        $crate::ui::view!(@sort $markup; [] [] $($($values)*)?)
    };
}
pub(crate) use view;

/// What a `{}` can take. Each kind puts itself in its place, so that a view costs no more than a call for each value.
pub(crate) trait Fill {
    /// Takes the next place.
    fn fill(self, view: &mut Filled);
}

/// A text, or an attribute's value.
impl Fill for AttrValue {
    fn fill(self, view: &mut Filled) {
        view.values.push(Value::Text(self));
    }
}

impl Fill for &AttrValue {
    fn fill(self, view: &mut Filled) {
        self.clone().fill(view);
    }
}

impl Fill for &'static str {
    fn fill(self, view: &mut Filled) {
        AttrValue::Static(self).fill(view);
    }
}

impl Fill for &std::rc::Rc<str> {
    fn fill(self, view: &mut Filled) {
        AttrValue::Rc(self.clone()).fill(view);
    }
}

impl Fill for String {
    fn fill(self, view: &mut Filled) {
        AttrValue::from(self).fill(view);
    }
}

/// A number that is not for people to read.
impl Fill for usize {
    fn fill(self, view: &mut Filled) {
        self.to_string().fill(view);
    }
}

/// For attributes that are there or not, such as `hidden`.
impl Fill for bool {
    fn fill(self, view: &mut Filled) {
        if self { "".fill(view) } else { view.values.push(Value::Nothing) }
    }
}

/// Another view.
impl Fill for Html {
    fn fill(self, view: &mut Filled) {
        view.values.push(Value::View(self));
    }
}

/// Several views.
impl Fill for Vec<Html> {
    fn fill(self, view: &mut Filled) {
        Html::from(VList::from(self)).fill(view);
    }
}

/// Nothing: no text, or no such attribute.
impl<T: Fill> Fill for Option<T> {
    fn fill(self, view: &mut Filled) {
        match self {
            Some(value) => value.fill(view),
            None => false.fill(view),
        }
    }
}

/// What a place is filled with.
#[derive(Default)]
enum Value {
    #[default]
    Nothing,
    Text(AttrValue),
    View(Html),
}

/// What `aria-expanded` and its like say.
pub(crate) const fn truth(is_true: bool) -> &'static str {
    if is_true { "true" } else { "false" }
}

/// The markup of a view.
#[derive(Clone, Copy)]
pub(crate) struct Markup {
    source: &'static str,
    places: usize,
}

impl Markup {
    /// Takes markup that is checked, with this many places that are still to be filled in.
    pub(crate) const fn new(written: &'static [u8], places: usize) -> Self {
        let source = match std::str::from_utf8(written) {
            Ok(source) => source,
            // It consists of texts, and is cut where a letter ends.
            Err(_) => "",
        };
        Self { source, places }
    }

    /// The markup as it is nested. It is read once, and kept for as long as the page's module is there.
    fn nodes(self) -> &'static [Node] {
        thread_local!(static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) });
        let key = (self.source.as_ptr(), self.source.len());
        KNOWN.with_borrow_mut(|known| match known.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => known.get(at).map_or(&[][..], |(_, nodes)| nodes),
            Err(at) => {
                let nodes = read(self.source);
                known.insert(at, (key, nodes));
                nodes
            }
        })
    }
}

/// Where markup stands, how long it is, and how it is nested.
type Known = ((*const u8, usize), &'static [Node]);

/// Markup that is being filled in.
pub(crate) struct Filled {
    markup: Markup,
    values: Vec<Value>,
}

impl Filled {
    pub(crate) fn new(markup: Markup) -> Self {
        Self { markup, values: Vec::with_capacity(markup.places) }
    }

    /// The view with the values in their places.
    pub(crate) fn draw(mut self) -> Html {
        draw(self.markup.nodes(), &mut self.values)
    }
}

fn read(source: &'static str) -> &'static [Node] {
    Box::leak(Reader { rest: source }.nodes())
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
            if !text.is_empty() {
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
        let tag = self.before(&[' ', '/', '>']);
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let has_children = loop {
            while self.take(" ") {}
            if self.take("/>") {
                break false;
            }
            if self.take(">") || self.rest.is_empty() {
                break true;
            }
            names.push(self.before(&['=', ' ', '/', '>']));
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

fn draw(nodes: &[Node], values: &mut [Value]) -> Html {
    let mut values = values.iter_mut();
    let mut next = || values.next().map(std::mem::take).unwrap_or_default();
    match nodes {
        [node] => draw_node(node, &mut next),
        nodes => VList::from(draw_nodes(nodes, &mut next)).into(),
    }
}

fn draw_nodes(nodes: &[Node], next: &mut dyn FnMut() -> Value) -> Vec<Html> {
    nodes.iter().map(|node| draw_node(node, next)).collect()
}

fn draw_node(node: &Node, next: &mut dyn FnMut() -> Value) -> Html {
    let text = |text: AttrValue| VText::new(text).into();
    match node {
        Node::Text(fixed) => text(AttrValue::Static(fixed)),
        Node::Place => match next() {
            // Nothing at all beside siblings that come and go would confuse the order of the siblings.
            Value::Nothing => text(AttrValue::Static("")),
            Value::Text(value) => text(value),
            Value::View(view) => view,
        },
        Node::Element(element) => draw_element(element, next).into(),
    }
}

thread_local! {
    /// The reference that all elements of views share, as nobody asks for it: with one of its own for each, which each drawing
    /// makes anew, Yew would ask the browser every time whether that is still the same element.
    static REFERENCE: NodeRef = NodeRef::default();
}

fn draw_element(element: &Element, next: &mut dyn FnMut() -> Value) -> VTag {
    let (mut key, mut checked, mut typed) = (None, None, None);
    let attributes = if element.fixed.is_empty() && !element.names.is_empty() {
        let mut values = Vec::with_capacity(element.names.len());
        for (name, fixed) in element.names.iter().zip(&element.values) {
            let value = match fixed {
                Some(fixed) => Some(AttrValue::Static(fixed)),
                None => match next() {
                    Value::Text(value) => Some(value),
                    _ => None,
                },
            };
            // What a text field holds is an attribute as well: WebKit resets a field without `autocomplete` to it when a person
            // comes back to the page.
            if *name == "value" && !element.names.contains(&"checked") {
                typed = value.clone();
            }
            values.push(match *name {
                "key" => {
                    key = value.map(|value| Key::from(&*value));
                    None
                }
                "checked" => {
                    checked = Some(value.is_some());
                    None
                }
                // As an attribute, a browser stops heeding `selected` once a person has chosen.
                "indeterminate" | "selected" => {
                    Some(AttributeOrProperty::Property(JsValue::from_bool(value.is_some())))
                }
                _ => value.map(AttributeOrProperty::Attribute),
            });
        }
        Attributes::Dynamic { keys: element.names, values: values.into() }
    } else {
        Attributes::Static(element.fixed)
    };
    let reference = REFERENCE.with(NodeRef::clone);
    let listeners = Listeners::default();
    // What `html!` calls, too. `VTag::new` makes a reference and a copy of the name first, for each element of each drawing.
    if element.tag == "input" {
        return VTag::__new_input(typed, checked, reference, key, attributes, listeners);
    }
    let children = match &*element.children {
        [] => Html::default(),
        [child] => draw_node(child, next),
        many => VList::from(draw_nodes(many, next)).into(),
    };
    VTag::__new_other(
        AttrValue::Static(element.tag),
        reference,
        key,
        attributes,
        listeners,
        children,
    )
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
        let markup = r#"<li class={} data-x="a b" hidden>{}<b>{}</b> <input name="n" checked={}/><br/></li>"#;
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
