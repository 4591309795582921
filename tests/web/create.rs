//! Creating a key.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, Answer, SCOPES, calls, let_answer};
use crate::page::Page;

const LINK: &str = "?app=birds&description=Mine&scopes=Inputs:Get,Apps:Get";

/// Where the page itself comes from, which is where its backend is unless it is told otherwise.
fn origin() -> String {
    web_sys::window().unwrap().location().origin().unwrap()
}

#[wasm_bindgen_test]
async fn the_secret_is_shown_once_and_wiped() {
    backend::install();
    let page = Page::open(LINK).await;
    page.press("Create key").await;
    assert_eq!(page.get(".secret code").text_content().unwrap(), "ask_verysecret");
    let curl = page.get(".examples pre").text_content().unwrap();
    assert_eq!(
        curl,
        format!(
            "curl '{}/v2/users/ada/apps/birds/myscopes' -H 'Authorization: Key ask_verysecret'",
            origin()
        )
    );
    page.press("Done").await;
    assert!(page.text().contains("You have not copied the key."));
    page.press("Not yet").await;
    assert!(page.html().contains("ask_verysecret"));
    page.press("Done").await;
    page.press("Stored, close").await;
    assert!(!page.html().contains("verysecret"));
    assert!(page.find("dialog").is_none());
}

#[wasm_bindgen_test]
async fn a_second_press_does_nothing() {
    backend::install();
    let page = Page::open(LINK).await;
    let button = page.button("Create key");
    button.click();
    button.click();
    page.settle().await;
    let made = calls("POST /v2/users/me/keys");
    assert_eq!(made.len(), 1);
    assert!(made[0].body.contains(r#""scopes":["Apps:Get","Inputs:Get"]"#), "{}", made[0].body);
    assert!(!made[0].body.contains("endpoints"), "{}", made[0].body);
}

#[wasm_bindgen_test]
async fn a_shared_app_is_sent_with_its_owner_though_the_link_does_not_name_one() {
    backend::install();
    let page = Page::open("?app=shared&description=Mine&scopes=Inputs:Get").await;
    page.press("Create key").await;
    if page.find("dialog [name=create]").is_some() {
        page.click("dialog [name=create]").await;
    }
    let sent = &calls("POST")[0].body;
    assert!(sent.contains(r#""apps":[{"id":"shared","user_id":"bob"}]"#), "{sent}");
}

#[wasm_bindgen_test]
async fn a_retry_repeats_the_same_attempt() {
    backend::install();
    let_answer("POST /v2/users/me/keys", Answer::Down);
    let page = Page::open(LINK).await;
    page.press("Create key").await;
    assert!(page.text().contains("We do not know whether the key was created."));
    page.press("Create key").await;
    page.write("[name=description]", "Other").await;
    page.press("Create key").await;
    let made = calls("POST /v2/users/me/keys");
    assert_eq!(made.len(), 3);
    assert_eq!(made[0].attempt.len(), 32);
    assert_eq!((&made[0].attempt, &made[0].body), (&made[1].attempt, &made[1].body));
    assert_ne!(made[1].attempt, made[2].attempt);
}

#[wasm_bindgen_test]
async fn an_answer_without_the_secret_says_so() {
    backend::install();
    let_answer(
        "POST /v2/users/me/keys",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "keys": [{"id": "key_2", "handle": "key_2"}]}"#,
        ),
    );
    let page = Page::open(LINK).await;
    page.press("Create key").await;
    assert!(page.text().contains("the answer with its secret was lost"));
    assert!(page.find(".secret").is_none());
    // The same again is another key, as the person is told to delete this one.
    assert_eq!(page.field("[name=description]").value(), "Mine");
    assert!(page.checkbox("Inputs:Get").checked());
    page.press("Create key").await;
    let made = calls("POST");
    assert_eq!(made[0].body, made[1].body);
    assert_ne!(made[0].attempt, made[1].attempt);
}

#[wasm_bindgen_test]
async fn fields_are_checked_first_and_then_live() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get&description=%20%20&expires=2020-01-01").await;
    assert!(!page.text().contains("Describe the key"));
    page.press("Create key").await;
    for said in [
        "Choose the app that",
        "Describe the key",
        "Choose a day from today on",
        "Check the marked fields",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    assert!(calls("POST").is_empty());
    page.write("[name=description]", "Described").await;
    assert!(!page.text().contains("Describe the key"));
    page.write("[name=description]", &"x".repeat(101)).await;
    assert!(page.text().contains("Use at most 100 characters."));
}

#[wasm_bindgen_test]
async fn an_error_of_the_backend_lands_at_its_field() {
    backend::install();
    let_answer(
        "POST /v2/users/me/keys",
        Answer::Says(
            400,
            r#"{"status": {"code": 11102, "details": "the description is taken", "field": "keys[0].description"}}"#,
        ),
    );
    let page = Page::open(LINK).await;
    page.press("Create key").await;
    assert_eq!(page.all(".details .wrong")[0].text_content().unwrap(), "The description is taken.");
    page.write("[name=description]", "Free").await;
    assert!(!page.text().contains("is taken"));
}

#[wasm_bindgen_test]
async fn warnings_are_named_and_confirmed() {
    backend::install();
    let page = Page::open("?app=birds&description=Mine&scopes=Inputs:Add").await;
    page.press("Create key").await;
    assert!(calls("POST").is_empty());
    // Without its prerequisite the key can do nothing: an error, which cannot be confirmed away.
    assert!(
        page.text()
            .contains("This key cannot be created yet. Fix the errors listed above the calls.")
    );
    page.tick("Models:Get").await;
    page.press("Create key").await;
    assert!(
        page.get("dialog")
            .text_content()
            .unwrap()
            .contains("Inputs:Add does not work without Inputs:Get.")
    );
    page.press("Create anyway").await;
    assert_eq!(calls("POST /v2/users/me/keys").len(), 1);
}

#[wasm_bindgen_test]
async fn all_fixes_are_listed_before_they_are_applied() {
    backend::install();
    let page = Page::open("?app=birds&scopes=Inputs:Delete,Models:Train").await;
    page.press("Fix all…").await;
    assert!(page.get("dialog").text_content().unwrap().contains("Models:Get"));
    assert!(!page.checkbox("Models:Get").checked());
    page.press("Apply changes").await;
    assert_eq!(page.all("input[name=operation]:checked").len(), 5);
}

#[wasm_bindgen_test]
async fn no_id_breaks_out_of_the_examples() {
    backend::install();
    let_answer(
        "GET /v2/users/me/apps",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "apps": [{"id": "it's\"", "user_id": "ada"}]}"#,
        ),
    );
    let_answer(
        "POST /v2/users/me/keys",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "keys": [{"id": "ask_0", "handle": "key_2", "scopes": ["Inputs:Get"], "apps": [{"id": "it's\"", "user_id": "ada"}]}]}"#,
        ),
    );
    let page = Page::open("?app=it%27s%22&description=Mine&scopes=Inputs:Get,Apps:Get").await;
    page.press("Create key").await;
    let examples = page.all(".examples pre");
    assert_eq!(
        examples[0].text_content().unwrap(),
        format!(
            "curl '{}/v2/users/ada/apps/it%27s%22/myscopes' -H 'Authorization: Key ask_0'",
            origin()
        )
    );
    let python = examples[1].text_content().unwrap();
    assert!(python.contains(r#"user_id="ada", app_id="it's\""),"#), "{python}");
}

#[wasm_bindgen_test]
async fn a_search_is_the_same_call_for_a_shell_and_in_python() {
    backend::install();
    let scopes = SCOPES.replace("/test.V2/MyScopes", "/test.V2/PostInputsSearches");
    let_answer("GET /v2/users/me/scopes", Answer::Says(200, scopes.leak()));
    let page = Page::open(LINK).await;
    page.press("Create key").await;
    let examples = page.all(".examples pre");
    let curl = examples[0].text_content().unwrap();
    assert!(curl.ends_with(r#"-d '{"searches": [{"query": {}}]}'"#), "{curl}");
    let python = examples[1].text_content().unwrap();
    let call = r#"(
    service_pb2.PostInputsSearchesRequest(
        user_app_id=resources_pb2.UserAppIDSet(user_id="ada", app_id="birds"),
        searches=[resources_pb2.Search(query=resources_pb2.Query())],
    ),
"#;
    assert!(python.contains(call), "{python}");
}

#[wasm_bindgen_test]
async fn what_a_blank_key_lacks_is_said_when_it_is_to_be_created() {
    backend::install();
    let page = Page::open("?app=birds&description=Mine").await;
    assert!(page.text().contains("Nothing is ticked yet."));
    assert!(page.find(".findings").is_none());
    page.press("Create key").await;
    assert!(page.text().contains("Tick at least one operation."));
    assert!(page.text().contains("This key cannot be created yet."));
    assert!(calls("POST").is_empty());
    page.press("Predict only").await;
    assert!(!page.text().contains("This key cannot be created yet."));
    page.press("Create key").await;
    assert_eq!(calls("POST").len(), 1);
}

#[wasm_bindgen_test]
async fn the_last_day_is_chosen_and_sent() {
    backend::install();
    let page = Page::open(LINK).await;
    page.choose("[name=expires]", "date").await;
    page.press("Create key").await;
    assert!(page.text().contains("Choose a day from today on."));
    assert!(page.is_focused("[name=date]"));
    page.field("[name=date]").set_value("2099-01-31");
    page.fire("[name=date]", "input").await;
    assert!(!page.text().contains("Choose a day from today on."));
    page.press("Create key").await;
    assert!(calls("POST")[0].body.contains(r#""expires_at":"2099-01-31T23:59:59Z""#));
}

#[wasm_bindgen_test]
async fn a_fix_is_taken_back_where_it_was_pressed() {
    backend::install();
    let page = Page::open("?app=birds&scopes=Inputs:Add,Models:Get").await;
    page.press("Add Inputs:Get").await;
    assert!(page.checkbox("Inputs:Get").checked());
    page.click(".fixed-now button").await;
    assert!(!page.checkbox("Inputs:Get").checked());
    assert!(page.find(".fixed-now").is_none());
}

#[wasm_bindgen_test]
async fn warnings_can_be_fixed_before_the_key_is_created() {
    backend::install();
    let page = Page::open("?app=birds&description=Mine&scopes=Inputs:Add,Models:Get").await;
    page.press("Create key").await;
    page.press("Fix these first…").await;
    assert!(page.get("dialog").text_content().unwrap().contains("Inputs:Get"));
    page.press("Apply changes").await;
    assert!(page.find("dialog").is_none() && calls("POST").is_empty());
    page.press("Create key").await;
    assert!(calls("POST")[0].body.contains("Inputs:Get"));
}

#[wasm_bindgen_test]
async fn the_page_asks_before_it_goes_while_a_new_key_is_shown() {
    const GOES: &str = "const event = new Event('beforeunload', {cancelable: true});
        window.dispatchEvent(event); return event.defaultPrevented";
    backend::install();
    let page = Page::open(LINK).await;
    assert_eq!(backend::script(GOES), false);
    page.press("Create key").await;
    assert_eq!(backend::script(GOES), true);
    page.fire("dialog", "cancel").await;
    assert!(page.text().contains("You have not copied the key."));
    page.press("Stored, close").await;
    assert_eq!(backend::script(GOES), false);
}
