//! Whatever the backend does, at whichever call: the person is told, and nothing that was entered is lost.

use key_setup::Options;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, Answer, SCOPES, let_answer};
use crate::page::Page;

/// What can go wrong, and what the person is told.
const FAILURES: [(Answer, &str); 12] = [
    (Answer::Down, "could not be reached"),
    (Answer::Slow, "did not answer in time"),
    (Answer::Says(401, ""), "Your session has ended"),
    (
        Answer::Says(403, r#"{"status": {"code": 11007, "details": "not yours"}}"#),
        "You may not do this. Not yours.",
    ),
    (
        Answer::Says(409, r#"{"status": {"code": 10020}}"#),
        "It does not fit what the server has stored by now.",
    ),
    (Answer::Says(413, "<html>"), "too large"),
    (Answer::Says(429, ""), "Too many requests"),
    (Answer::Says(500, r#"{"status": {"code": 98004, "req_id": "r7"}}"#), "report the request r7"),
    (Answer::Says(200, r#"{"status": {"code": 10000}, "ap"#), "could not be read"),
    (Answer::Says(200, "<!doctype html><p>Proxy login"), "could not be read"),
    (Answer::Says(200, r#"{"status": "fine", "apps": 3}"#), "could not be read"),
    (Answer::Says(200, r#"{"status": {"code": 10020}}"#), "The server failed"),
];

const LINK: &str = "?app=birds&description=Precious&scopes=Inputs:Get,Apps:Get";

fn draft_is_kept(page: &Page) -> bool {
    page.field("[name=description]").value() == "Precious"
}

#[wasm_bindgen_test]
async fn a_call_that_fails_while_loading_can_be_tried_again() {
    for line in [
        "GET /v2/users/me",
        "GET /v2/users/me/apps",
        "GET /v2/users/me/collaborations",
        "GET /v2/users/me/scopes",
        "GET /v2/users/ada/apps/birds/keys",
    ] {
        for (failure, told) in FAILURES {
            backend::install();
            let_answer(line, failure);
            let page = Page::open(LINK).await;
            assert!(page.text().contains(told), "{line}: {told}: {}", page.text());
            assert!(draft_is_kept(&page), "{line}: {told}");
            backend::heal();
            page.press("Try again").await;
            assert!(page.find(".failure").is_none(), "{line}: {told}: {}", page.text());
            assert!(page.checkbox("Inputs:Get").checked(), "{line}: {told}");
            assert!(page.text().contains("Keys of Bird"), "{line}: {told}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_creation_that_fails_loses_nothing() {
    for (failure, told) in FAILURES {
        backend::install();
        let_answer("POST /v2/users/me/keys", failure);
        let page = Page::open(LINK).await;
        page.press("Create key").await;
        assert!(page.text().contains(told), "{told}: {}", page.text());
        assert!(draft_is_kept(&page) && page.checkbox("Inputs:Get").checked(), "{told}");
        backend::heal();
        page.press("Create key").await;
        assert_eq!(page.get(".secret code").text_content().unwrap(), "ask_verysecret", "{told}");
    }
}

#[wasm_bindgen_test]
async fn a_change_that_fails_can_be_tried_again() {
    for (failure, told) in FAILURES {
        backend::install();
        let_answer("DELETE /v2/users/me/keys/key_1", failure);
        let_answer("PATCH /v2/users/me/keys", failure);
        let page = Page::open(LINK).await;
        page.of_key("Delete").await;
        page.click("dialog .danger").await;
        assert!(page.get("dialog").text_content().unwrap().contains(told), "{told}");
        page.press("Cancel").await;
        page.of_key("Edit scopes").await;
        page.press("Save scopes").await;
        assert!(page.text().contains(told), "{told}");
        page.press("Stop editing").await;
        assert!(draft_is_kept(&page), "{told}");
    }
}

#[wasm_bindgen_test]
async fn an_ended_session_is_renewed_once_where_that_can_be() {
    for (renew, renewals) in [("/renew", 1), ("", 0)] {
        backend::install();
        let_answer("GET /v2/users/me", Answer::Says(401, ""));
        let_answer("POST /renew", Answer::Says(200, r#"{"status": {"code": 10000}}"#));
        let options = Options { renew: renew.into(), ..Options::default() };
        let page = Page::with(options).await;
        assert_eq!(backend::calls("POST").len(), renewals);
        assert_eq!(backend::calls("GET /v2/users/me").len(), 1 + renewals);
        assert!(page.text().contains("Your session has ended"));
    }
}

#[wasm_bindgen_test]
async fn an_unknown_scope_in_the_catalog_does_no_harm() {
    backend::install();
    let strange: &'static str = SCOPES
        .replace("Predict", "<img src=x onerror=alert(1)>")
        .replace("KeyAuth", "KeyAuth2")
        .leak();
    let_answer("GET /v2/users/me/scopes", Answer::Says(200, strange));
    let page = Page::open("").await;
    assert!(page.find("img").is_none());
    assert!(page.find("table.operations").is_some());
}

#[wasm_bindgen_test]
async fn own_apps_do_not_wait_for_shared_ones() {
    const APPS: &str = "GET /v2/users/me/apps";
    const SHARED: &str = "GET /v2/users/me/collaborations";
    backend::install();
    let_answer(SHARED, Answer::Down);
    let page = Page::open("").await;
    assert!(page.text().contains("Some of your apps could not be loaded."));
    let options = || page.all("[role=option]").len();
    page.key("[role=combobox]", "ArrowDown").await;
    assert_eq!(options(), 2);
    page.key("[role=combobox]", "Enter").await;
    assert!(page.text().contains("Keys of Bird"));
    let_answer(SHARED, Answer::Says(200, r#"{"status": {"code": 10000}}"#));
    page.press("Try again").await;
    assert!(page.find(".failure").is_none());
    assert_eq!(backend::calls(SHARED).len(), 2);
    assert_eq!(backend::calls(APPS).len(), 1, "what has come is not loaded again");
}
