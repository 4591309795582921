//! What the page says that a key will be able to do is what the backend then lets that very key do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scope_rules::corpus::{Case, Expected};
use scope_rules::{AuthType, KeyType, ReasonCode};
use serde_json::json;

use crate::browser::Browser;
use crate::corpus::{Stage, by_setting, cases, error, plans};
use crate::webdriver::{Element, Engine};

/// What the page says of an endpoint.
struct Said {
    outcome: String,
    reason: String,
}

/// What the page says of every endpoint.
fn permissions(browser: &Browser) -> BTreeMap<String, Said> {
    browser.until("the list is there", || {
        let is_there = "return document.querySelector('.panel .endpoint-list') !== null";
        browser.script(is_there, json!([])).as_bool().filter(|is_there| *is_there)
    });
    let panel = browser.find("complementary", "What this key can do");
    // Opened one after the other, as a person does, until nothing is left that hides endpoints.
    let script = "return arguments[0].querySelector('.part > h3 > [aria-expanded=false], .part [name=more]')";
    browser.until("all is unfolded", || {
        let fold = Element::read(&browser.script(script, json!([panel.to_value()])));
        fold.iter().for_each(|fold| browser.click(fold));
        fold.is_none().then_some(())
    });
    let rows = browser.script(include_str!("permissions.js"), json!([panel.to_value()]));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| {
        (
            text(&row["endpoint"]),
            Said { outcome: text(&row["outcome"]), reason: text(&row["reason"]) },
        )
    })
    .collect()
}

/// The address that fills the form in with the grant of a case.
fn link(case: &Case, app: &str, owner: &str) -> String {
    let mut link = format!("/?description={app}");
    let encoded = |list: &[String]| list.join(",").replace('/', "%2F").replace(' ', "%20");
    match case.key_type {
        KeyType::AppSpecificKey => write!(link, "&app={app}&owner={owner}").unwrap(),
        KeyType::PersonalAccessToken => link.push_str("&type=personal_access_token"),
    }
    write!(link, "&scopes={}", encoded(&case.key.scopes)).unwrap();
    if !case.key.endpoints.is_empty() {
        write!(link, "&endpoints={}", encoded(&case.key.endpoints)).unwrap();
    }
    link
}

/// Why the page and the backend differ, if they do.
fn difference(said: &Said, found: &Expected) -> Option<String> {
    if said.outcome != found.outcome.as_str() {
        return Some(format!(
            "the page says {}, the backend {}",
            said.outcome,
            found.outcome.as_str()
        ));
    }
    let part = match found.reason {
        Some(ReasonCode::EndpointNotGranted)
            if !said.reason.contains("ticked") && !said.reason.contains("invite") =>
        {
            "not granted"
        }
        Some(ReasonCode::NeedsPersonalAccessToken)
            if said.reason != "Needs a personal access token" =>
        {
            "needs a token"
        }
        Some(ReasonCode::NeedsSession) if said.reason != "Needs a signed-in person" => {
            "needs a session"
        }
        None if !said.reason.is_empty() && found.caveats.is_none() => "no reason",
        _ => match found.missing.iter().find(|name| !said.reason.contains(&***name)) {
            Some(name) => &**name,
            None => return None,
        },
    };
    Some(format!("the page says `{}`, but not {part}", said.reason))
}

/// Creates the keys of every `of`th case on the page, beginning with the `first`.
fn is_honest(engine: Engine, first: usize, of: usize) {
    let plans = plans();
    let (mut compared, mut keys) = (0, 0);
    let mut left_out = BTreeMap::<&str, usize>::new();
    for (setting, cases) in by_setting(cases(), &plans) {
        let cases: Vec<_> = cases.into_iter().skip(first).step_by(of).collect();
        let stage = Stage::set(setting, &cases, &vec![false; cases.len()]);
        let browser = Browser::started(engine);
        for (at, (place, case)) in cases.iter().enumerate() {
            if error(case, &plans).is_some() {
                *left_out.entry("the page creates no key that could do nothing").or_default() += 1;
                continue;
            }
            if case.key_type == KeyType::PersonalAccessToken && case.invite.is_some() {
                *left_out
                    .entry("a token is tied to no app, so the page shows no invite")
                    .or_default() += 1;
                continue;
            }
            let place = format!("{place} ({})", case.shows.as_deref().unwrap_or_default());
            let app = format!("case-{at}");
            let owner = stage.share(&app, case);
            browser.open(&(stage.portal.url.clone() + &link(case, &app, owner)));
            browser.is_at_rest();
            if case.key_type == KeyType::AppSpecificKey {
                browser.find("heading", &format!("Keys of {app}"));
            }
            let said = permissions(&browser);
            browser.press("Create key");
            let confirmed = browser.until("the key is created, or its warnings are named", || {
                if browser.has("button", "Create anyway") {
                    return Some(false);
                }
                browser.has("dialog", "Your new key").then_some(true)
            });
            if !confirmed {
                browser.press("Create anyway");
            }
            browser.find("dialog", "Your new key");
            let (_, answer) = stage.portal.call("GET", "/v2/users/me/keys?per_page=1000", None);
            let key = answer["keys"]
                .as_array()
                .unwrap()
                .iter()
                .find(|key| key["description"] == app.as_str())
                .unwrap();
            let found =
                stage.evaluate(key["handle"].as_str().unwrap(), &app, owner, &case.decisions);
            keys += 1;
            let access = case.access(&plans).unwrap();
            for (endpoint, found) in case.decisions.keys().zip(&found) {
                let rpc = endpoint.rsplit('/').next().unwrap();
                let catalog = access.catalog();
                let Ok(id) = catalog.find_endpoint(endpoint) else { continue };
                let Some(said) = said.get(rpc) else {
                    let auth = catalog.endpoint(id).map(|endpoint| endpoint.auth());
                    assert_eq!(auth, Some(AuthType::NoAuth), "{place}: `{rpc}` is not listed");
                    continue;
                };
                compared += 1;
                if let Some(difference) = difference(said, found) {
                    panic!("{place}: `{rpc}`: {difference}");
                }
            }
        }
    }
    println!(
        "{keys} keys created on the page, {compared} decisions compared; left out: {left_out:?}"
    );
    assert!(compared > keys * 30, "the list was not read");
}

#[test]
fn the_page_is_honest_in_even_cases() {
    is_honest(Engine::Chromium, 0, 2);
}

#[test]
fn the_page_is_honest_in_odd_cases() {
    is_honest(Engine::Chromium, 1, 2);
}

/// What is said is the same module's in every browser; how it is shown and read need not be.
pub(crate) fn be_honest_in_some_cases(engine: Engine) {
    is_honest(engine, 0, 16);
}
