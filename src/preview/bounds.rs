//! For an app that somebody shared: what is asked for, what the invite allows, and what is left.

use scope_rules::{Endpoints, Grant, Operations};
use yew::{AttrValue, Html};

use crate::form::names;
use crate::picture::{Parts, beyond};
use crate::text;
use crate::ui::view;

/// What is asked for, invited and effective; nothing for an own app.
pub(crate) fn bounds(picture: &Parts) -> Option<Html> {
    let invite = picture.invite.as_deref()?;
    let effective = picture.grant.meet(invite);
    let row = |label: &'static str, count: fn(&Grant) -> AttrValue| {
        view!(
            r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>"#,
            label,
            count(&picture.grant),
            count(invite),
            count(&effective)
        )
    };
    let cut = beyond(&picture.grant, invite);
    let cut = (!cut.is_empty()).then(|| view!("<p>{}</p>{}", const { text::CUT_OFF }, names(&cut)));
    Some(view!(
        r#"<section class="bounds" aria-label={}>
            <table>
                <thead><tr><td></td><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>
                <tbody>{}{}</tbody>
            </table>
            {}
        </section>"#,
        const { text::BOUNDS },
        const { text::ASKED_FOR },
        const { text::INVITED },
        const { text::EFFECTIVE },
        row(text::OPERATIONS, operations),
        row(text::ENDPOINTS, endpoints),
        cut
    ))
}

fn operations(grant: &Grant) -> AttrValue {
    match &grant.operations {
        Operations::All => AttrValue::Static(text::ALL_OF_THEM),
        Operations::Only(names) => text::number(names.len()),
    }
}

fn endpoints(grant: &Grant) -> AttrValue {
    match &grant.endpoints {
        Endpoints::Any => AttrValue::Static(text::ANY),
        Endpoints::Only(names) => text::number(names.len()),
    }
}
