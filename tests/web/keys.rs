//! The keys that exist.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, Answer, calls, let_answer};
use crate::page::Page;

#[wasm_bindgen_test]
async fn a_key_is_deleted_after_a_question() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.get("[aria-label='Delete: First']").click();
    page.settle().await;
    assert!(page.get("dialog").text_content().unwrap().contains("cannot be undone"));
    assert!(calls("DELETE").is_empty());
    let_answer(
        "GET /v2/users/ada/apps/birds/keys",
        Answer::Says(200, r#"{"status": {"code": 10000}}"#),
    );
    page.get("dialog .danger").click();
    page.settle().await;
    assert_eq!(calls("DELETE").len(), 1);
    assert!(page.find("dialog").is_none());
    assert!(page.text().contains("No keys yet."));
}

#[wasm_bindgen_test]
async fn a_key_is_replaced_with_an_overlap() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.get("[aria-label='Replace: First']").click();
    page.settle().await;
    page.get("dialog .primary").click();
    page.settle().await;
    assert!(calls("POST")[0].body.contains(r#""description":"First""#));
    let ends = &calls("PATCH")[0].body;
    assert!(
        ends.contains("key_1") && ends.contains("expires_at") && !ends.contains("scopes"),
        "{ends}"
    );
    assert_eq!(page.get(".secret code").text_content().unwrap(), "ask_verysecret");
}

#[wasm_bindgen_test]
async fn an_old_key_that_could_not_be_ended_is_reported() {
    backend::install();
    let_answer("PATCH /v2/users/me/keys", Answer::Down);
    let page = Page::open("?app=birds").await;
    page.get("[aria-label='Replace: First']").click();
    page.settle().await;
    page.get("dialog .primary").click();
    page.settle().await;
    assert!(page.text().contains("The old key still works"));
}

#[wasm_bindgen_test]
async fn a_key_is_edited_and_the_draft_comes_back() {
    backend::install();
    let page = Page::open("?app=birds&description=Draft&scopes=Models:Train").await;
    page.get("[aria-label='Edit scopes: First']").click();
    page.settle().await;
    assert!(page.text().contains("You are editing the scopes of “First”."));
    assert!(page.checkbox("Inputs:Get").checked() && !page.checkbox("Models:Train").checked());
    page.tick("Apps:Get").await;
    page.press("Save scopes").await;
    assert!(calls("PATCH")[0].body.contains(r#""scopes":["Apps:Get","Inputs:Get"]"#));
    assert!(page.text().contains("The scopes are saved."));
    assert!(page.checkbox("Models:Train").checked());
}

#[wasm_bindgen_test]
async fn a_key_is_a_template() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.get("[aria-label='Use as template: First']").click();
    page.settle().await;
    assert!(page.checkbox("Inputs:Get").checked());
    assert!(!page.text().contains("You are editing"));
}
