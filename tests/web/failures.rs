//! Whatever the backend does, at whichever call: the person is told, and nothing that was entered is lost.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

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
    (Answer::Says(409, r#"{"status": {"code": 10020}}"#), "contradicts"),
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
    let description: HtmlInputElement = page.get("input[type=text][required]").unchecked_into();
    description.value() == "Precious"
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
            backend::install();
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
        backend::install();
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
        page.get("[aria-label='Delete: First']").click();
        page.settle().await;
        page.get("dialog .danger").click();
        page.settle().await;
        assert!(page.get("dialog").text_content().unwrap().contains(told), "{told}");
        page.press("Cancel").await;
        page.get("[aria-label='Edit scopes: First']").click();
        page.settle().await;
        page.press("Save scopes").await;
        assert!(page.text().contains(told), "{told}");
        page.press("Stop editing").await;
        assert!(draft_is_kept(&page), "{told}");
    }
}

#[wasm_bindgen_test]
async fn an_ended_session_is_renewed_where_the_backend_offers_to() {
    backend::install();
    let_answer("GET /v2/users/me", Answer::Says(401, ""));
    let_answer("POST /demo/session", Answer::Says(200, r#"{"status": {"code": 10000}}"#));
    let page = Page::open("").await;
    assert_eq!(backend::calls("POST /demo/session").len(), 1);
    assert_eq!(backend::calls("GET /v2/users/me").len(), 2);
    assert!(page.text().contains("Your session has ended"));
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
