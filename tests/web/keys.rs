//! The keys that exist.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, Answer, KEYS, calls, let_answer};
use crate::page::{Page, keeping};

#[wasm_bindgen_test]
async fn a_key_is_deleted_after_a_question() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.of_key("Delete").await;
    assert!(page.get("dialog").text_content().unwrap().contains("cannot be undone"));
    assert!(calls("DELETE").is_empty());
    let_answer(
        "GET /v2/users/ada/apps/birds/keys",
        Answer::Says(200, r#"{"status": {"code": 10000}}"#),
    );
    page.click("dialog .danger").await;
    assert_eq!(calls("DELETE").len(), 1);
    assert!(page.find("dialog").is_none());
    assert!(page.text().contains("No keys yet."));
}

#[wasm_bindgen_test]
async fn a_key_is_replaced_with_an_overlap() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    assert!(calls("POST")[0].body.contains(r#""description":"First""#));
    let ends = &calls("PATCH")[0].body;
    assert!(
        ends.contains("key_1") && ends.contains("expires_at") && !ends.contains("scopes"),
        "{ends}"
    );
    assert_eq!(page.get(".secret code").text_content().unwrap(), "ask_verysecret");
}

#[wasm_bindgen_test]
async fn an_expired_key_is_said_to_work_neither_now_nor_later() {
    backend::install();
    let keys =
        KEYS.replace(r#""last_four""#, r#""expires_at": "2001-01-31T23:59:59Z", "last_four""#);
    let_answer("GET /v2/users/ada/apps/birds/keys", Answer::Says(200, keys.leak()));
    let page = Page::open("?app=birds").await;
    page.of_key("What it can do").await;
    let said = page.get(".key-preview p").inner_text();
    assert_eq!(said, "Expired: Calls with it are refused. A key with its scopes could do this:");
    page.of_key("Replace").await;
    let choices = page.all("dialog .tick");
    let choices: Vec<String> = choices.iter().map(|choice| choice.inner_text()).collect();
    assert_eq!(choices, ["is deleted at once", "keeps its own expiry"]);
    page.click("dialog .primary").await;
    assert!(calls("PATCH").is_empty() && calls("DELETE").is_empty());
    assert!(page.find(".secret code").is_some());
}

#[wasm_bindgen_test]
async fn an_old_key_that_could_not_be_ended_is_reported() {
    backend::install();
    let_answer("PATCH /v2/users/me/keys", Answer::Down);
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    assert!(page.text().contains("The old key may still work"));
}

#[wasm_bindgen_test]
async fn a_key_is_edited_and_the_draft_comes_back() {
    backend::install();
    let page = Page::open("?app=birds&description=Draft&scopes=Models:Train").await;
    page.of_key("Edit scopes").await;
    assert!(page.text().contains("You are editing the scopes of “First”."));
    assert!(page.is_focused(".editing"));
    // A key stays in its app: that is told, and nothing to choose.
    assert!(page.find("[role=combobox]").is_none() && page.find("[name=description]").is_none());
    assert_eq!(page.get(".fixed").text_content().unwrap(), "Bird <b>watch</b>");
    assert!(page.checkbox("Inputs:Get").checked() && !page.checkbox("Models:Train").checked());
    page.tick("Apps:Get").await;
    page.press("Save scopes").await;
    assert!(calls("PATCH")[0].body.contains(r#""scopes":["Apps:Get","Inputs:Get"]"#));
    assert!(page.get(".keys").inner_text().contains("The scopes are saved."));
    assert!(page.is_focused(".keys"), "a second press would press another button");
    assert!(page.checkbox("Models:Train").checked());
}

#[wasm_bindgen_test]
async fn a_key_is_a_template() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.of_key("Use as template").await;
    assert!(page.checkbox("Inputs:Get").checked());
    assert_eq!(page.field("[name=description]").value(), "First");
    assert!(page.is_focused("[name=description]"));
    assert!(!page.text().contains("You are editing"));
}

#[wasm_bindgen_test]
async fn a_template_taken_while_editing_leaves_the_edited_key_alone() {
    backend::install();
    let page = Page::open("?app=birds&description=Draft").await;
    page.of_key("Edit scopes").await;
    page.tick("Apps:Get").await;
    page.of_key("Use as template").await;
    assert!(!page.text().contains("You are editing"));
    assert_eq!(page.field("[name=description]").value(), "Draft");
    assert!(page.checkbox("Inputs:Get").checked() && !page.checkbox("Apps:Get").checked());
    page.press("Create key").await;
    assert!(calls("PATCH").is_empty());
    assert!(calls("POST")[0].body.contains(r#""description":"Draft""#));
}

#[wasm_bindgen_test]
async fn what_a_key_can_do_unfolds_below_it() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.of_key("What it can do").await;
    let preview = page.get(".key-preview").text_content().unwrap();
    assert!(preview.contains("GetInput") && preview.contains("Needs Inputs:Add"), "{preview}");
    // It is only looked at.
    assert!(page.find(".key-preview [name=fold][value^=line]").is_none());
    page.click(".key-preview button.redacted").await;
    assert_eq!(page.all(".key-preview .decisions li").len(), 1);
    assert!(page.find(".panel [name=outcome][aria-pressed=true]").is_none());
    page.of_key("What it can do").await;
    assert!(page.find(".key-preview").is_none());
}

#[wasm_bindgen_test]
async fn a_replacement_that_is_tried_again_is_the_same_attempt() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Down);
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    assert!(page.text().contains("We do not know whether the key was created."));
    assert!(page.text().contains("Pressing again cannot make a second key."));
    assert_eq!(calls("GET /v2/users/ada/apps/birds/keys").len(), 2, "it may be among the keys");
    page.press("Cancel").await;
    assert!(page.find("dialog").is_none());
    page.of_key("Replace").await;
    backend::heal();
    page.click("dialog .primary").await;
    page.press("Done").await;
    page.press("Stored, close").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    let made: Vec<String> = calls("POST").into_iter().map(|call| call.attempt).collect();
    assert_eq!((made.len(), made[0].len()), (3, 32));
    assert_eq!(made[0], made[1]);
    assert_ne!(made[1], made[2], "what has succeeded is not repeated");
}

#[wasm_bindgen_test]
async fn a_replacement_that_was_refused_is_not_said_to_be_unclear() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Says(403, ""));
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    assert!(page.text().contains("The key could not be replaced."));
}

#[wasm_bindgen_test]
async fn a_replacement_whose_answer_is_lost_is_the_same_attempt_after_a_reload() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Down);
    let page = keeping("replacing", "?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    drop(page);
    backend::heal();
    let page = keeping("replacing", "").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    drop(page);
    let page = keeping("replacing", "").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    let made: Vec<String> = calls("POST").into_iter().map(|call| call.attempt).collect();
    assert_eq!(made[0], made[1]);
    assert_ne!(made[1], made[2], "what has succeeded is not repeated");
}

#[wasm_bindgen_test]
async fn a_replacement_whose_secret_is_lost_ends_nothing() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Says(200, WITHOUT_SECRET));
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    assert!(page.text().contains("The old key still works. Close this, delete the newest key"));
    assert!(page.get("dialog .primary").has_attribute("disabled"));
    assert!(calls("PATCH").is_empty() && calls("DELETE").is_empty());
    page.press("Cancel").await;
    assert!(page.find("dialog").is_none());
}

const WITHOUT_SECRET: &str =
    r#"{"status": {"code": 10000}, "keys": [{"id": "key_2", "handle": "key_2"}]}"#;

const CREATED: &str = r#"{"status": {"code": 10000}, "keys": [{"id": "ask_verysecret", "handle": "key_3", "description": "First", "type": "app_specific_key", "last_four": "cret", "scopes": ["Inputs:Get"], "apps": [{"id": "birds", "user_id": "ada"}]}]}"#;

#[wasm_bindgen_test]
async fn a_replacement_under_way_keeps_its_dialog_and_ends_its_own_key() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Held);
    let page = Page::open("?app=birds").await;
    page.of_key("Replace").await;
    page.click("dialog .primary").await;
    page.press("Cancel").await;
    page.fire("dialog", "cancel").await;
    assert!(page.get("dialog").text_content().unwrap().contains("“First”"));
    assert!(calls("PATCH").is_empty() && calls("DELETE").is_empty());
    backend::release(Answer::Says(200, CREATED));
    page.settle().await;
    let ended = calls("PATCH");
    assert_eq!(ended.len(), 1);
    assert!(ended[0].body.contains("key_1"), "{}", ended[0].body);
    assert!(page.html().contains("ask_verysecret"), "the new key's secret is lost unseen");
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_in_the_dialog_of_its_key() {
    backend::install();
    let_answer("DELETE /v2/users/me/keys/key_1", Answer::Held);
    let page = Page::open("?app=birds").await;
    page.of_key("Delete").await;
    page.click("dialog .danger").await;
    page.press("Cancel").await;
    backend::release(Answer::Says(500, ""));
    page.settle().await;
    let dialog = page.get("dialog").text_content().unwrap();
    assert!(dialog.contains("“First”") && dialog.contains("could not be deleted"), "{dialog}");
}

#[wasm_bindgen_test]
async fn while_a_key_is_created_no_other_is_replaced() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Held);
    let page = Page::open("?app=birds&description=Mine&scopes=Inputs:Get,Apps:Get").await;
    page.press("Create key").await;
    page.of_key("Replace").await;
    assert!(page.find("dialog").is_none(), "two secrets could not be shown at once");
    backend::release(Answer::Says(200, &*CREATED.replace("First", "Mine").leak()));
    page.settle().await;
    assert!(page.get("dialog").text_content().unwrap().contains("“Mine”"));
    assert_eq!(calls("POST").len(), 1);
}

#[wasm_bindgen_test]
async fn changes_that_are_not_saved_can_be_had_back() {
    backend::install();
    let page = Page::open("?app=birds&description=Draft&scopes=Models:Train").await;
    page.of_key("Edit scopes").await;
    page.press("Stop editing").await;
    assert!(page.find("[name=get-back]").is_none(), "nothing was changed");
    page.of_key("Edit scopes").await;
    page.tick("Apps:Get").await;
    page.press("Stop editing").await;
    assert!(page.text().contains("What you changed of “First” is not saved."));
    assert!(page.checkbox("Models:Train").checked());
    page.press("Get it back").await;
    assert!(page.text().contains("You are editing the scopes of “First”."));
    assert!(page.checkbox("Apps:Get").checked() && !page.checkbox("Models:Train").checked());
    assert!(page.find("[name=get-back]").is_none(), "editing goes back to the draft");
}

#[wasm_bindgen_test]
async fn what_was_entered_before_an_edit_was_had_back_is_not_lost() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.of_key("Edit scopes").await;
    page.tick("Apps:Get").await;
    page.press("Stop editing").await;
    page.write("[name=description]", "Typed since").await;
    page.press("Get it back").await;
    assert!(!page.text().contains("Changed:"), "another draft is no change");
    page.press("Stop editing").await;
    assert_eq!(page.field("[name=description]").value(), "Typed since");
    assert!(page.text().contains("What you changed of “First” is not saved."));
}
