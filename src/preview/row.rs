//! One endpoint, with what a call of it would get, why, and what would make it work.

use scope_rules::Outcome;
use yew::{AttrValue, Html};

use crate::form::{names, tag};
use crate::outline::Line;
use crate::picture::{Picture, is_reparable};
use crate::text;
use crate::ui::{Icon, Part, fold_button, icon, view};

/// One endpoint.
pub(super) struct EndpointRow {
    /// What the key would be able to do.
    pub(super) picture: Picture,
    /// The endpoint's place.
    pub(super) line: usize,
    /// Whether what it lacks can be added here.
    pub(super) can_add: bool,
    /// Whether it says what would be added.
    pub(super) is_open: bool,
}

/// What the plan of an endpoint is called that is folded.
pub(super) fn fold_name(line: usize) -> String {
    String::from("line-") + &line.to_string()
}

impl Part for EndpointRow {
    fn is_same(&self, other: &Self) -> bool {
        self.line == other.line
            && self.is_open == other.is_open
            && (self.picture == other.picture
                // What would be added depends on all that is ticked.
                || !self.is_open && self.picture.is_alike(&other.picture, self.line))
    }

    fn draw(&self) -> Html {
        let Some(line) = self.picture.outline.lines.get(self.line) else {
            return Html::default();
        };
        let decision = self.picture.access.decide(line.id);
        let outcome = decision.outcome();
        let mark = match outcome {
            Outcome::Allowed => Icon::Allowed,
            Outcome::Redacted => Icon::Redacted,
            Outcome::Rejected => Icon::Rejected,
        };
        let make = (self.can_add && is_reparable(&decision)).then(|| {
            let label = text::make_it_work(outcome);
            let full = AttrValue::from([label, ": ", &line.rpc].concat());
            let name = fold_name(self.line);
            let button =
                fold_button("quiet", name, self.is_open, false, Some(full), view!("{}", label));
            view!("{}{}", button, self.is_open.then(|| self.plan(line)))
        });
        view!(
            r#"<li class={}>
                {}
                <span class="name">{}<span class="hidden"> {}</span>{}</span>
                <small>{}</small>
                {}
            </li>"#,
            outcome.as_str(),
            icon(mark),
            &line.rpc,
            text::outcome(outcome),
            tag(line),
            text::reason(&decision),
            make
        )
    }
}

impl EndpointRow {
    /// What would be added, before it is.
    fn plan(&self, line: &Line) -> Html {
        let Some(plan) = self.picture.completion(line) else {
            return view!(r#"<div class="plan"><p>{}</p></div>"#, const { text::CANNOT_WORK });
        };
        let mut needed = plan.needed;
        if let Some(endpoint) = plan.endpoint {
            needed.push(endpoint);
        }
        let (count, all) = (needed.len(), needed.len() + plan.further.len());
        let add = |name: &'static str, label: AttrValue| {
            view!(
                r#"<button type="button" class="primary" name={} value={}>{}</button>"#,
                name,
                self.line.to_string(),
                label
            )
        };
        let needed = (count > 0).then(|| {
            view!(
                "<p>{}</p>{}{}",
                const { text::WOULD_ADD },
                names(&needed),
                add("complete", text::add(count))
            )
        });
        let further = (!plan.further.is_empty()).then(|| {
            view!(
                "<p>{}</p>{}{}",
                if count > 0 { text::WOULD_ADD_FURTHER } else { text::WOULD_ADD },
                names(&plan.further),
                add("complete.fully", if count > 0 { text::add_all(all) } else { text::add(all) })
            )
        });
        view!(r#"<div class="plan">{}{}</div>"#, needed, further)
    }
}
