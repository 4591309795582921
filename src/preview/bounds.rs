//! For an app that somebody shared: what is asked for, what the invite allows, and what is left.

use scope_rules::{Endpoints, Grant, Name, Operations};
use yew::{AttrValue, Html, html};

use crate::form::names;
use crate::picture::Parts;
use crate::text;

/// What is asked for, invited and effective; nothing for an own app.
pub(crate) fn bounds(picture: &Parts) -> Html {
    let Some(invite) = picture.invite.as_deref() else { return html! { <></> } };
    let effective = picture.grant.meet(invite);
    let row = |label: &'static str, count: fn(&Grant) -> AttrValue| {
        html! {
            <tr>
                <th scope="row">{ label }</th>
                <td>{ count(&picture.grant) }</td>
                <td>{ count(invite) }</td>
                <td>{ count(&effective) }</td>
            </tr>
        }
    };
    let cut = cut(&picture.grant, invite);
    html! {
        <section class="bounds" aria-label={text::BOUNDS}>
            <table>
                <thead><tr>
                    <td></td>
                    <th scope="col">{ text::ASKED_FOR }</th>
                    <th scope="col">{ text::INVITED }</th>
                    <th scope="col">{ text::EFFECTIVE }</th>
                </tr></thead>
                <tbody>
                    { row(text::OPERATIONS, operations) }
                    { row(text::ENDPOINTS, endpoints) }
                </tbody>
            </table>
            if !cut.is_empty() {
                <p>{ text::CUT_OFF }</p>
                { names(&cut) }
            }
        </section>
    }
}

fn operations(grant: &Grant) -> AttrValue {
    match &grant.operations {
        Operations::All => text::ALL_OF_THEM.into(),
        Operations::Only(names) => text::number(names.len()),
    }
}

fn endpoints(grant: &Grant) -> AttrValue {
    match &grant.endpoints {
        Endpoints::Any => text::ANY.into(),
        Endpoints::Only(names) => text::number(names.len()),
    }
}

/// What is asked for and not invited.
fn cut(grant: &Grant, invite: &Grant) -> Vec<Name> {
    let mut cut = Vec::new();
    if let (Operations::Only(asked), Operations::Only(invited)) =
        (&grant.operations, &invite.operations)
    {
        cut.extend(asked.difference(invited).cloned());
    }
    if let (Endpoints::Only(asked), Endpoints::Only(invited)) =
        (&grant.endpoints, &invite.endpoints)
    {
        cut.extend(asked.difference(invited).cloned());
    }
    cut
}
