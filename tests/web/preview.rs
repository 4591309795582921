//! What the key will be able to do.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, Answer};
use crate::page::Page;

/// The endpoints of the list with their class and reason.
fn decisions(page: &Page) -> Vec<String> {
    page.all(".panel .decisions li")
        .iter()
        .map(|row| {
            let reason =
                row.query_selector("small").unwrap().and_then(|reason| reason.text_content());
            let name =
                row.query_selector(".name").unwrap().unwrap().first_child().unwrap().text_content();
            format!("{} {}: {}", row.class_name(), name.unwrap(), reason.unwrap_or_default())
        })
        .collect()
}

#[wasm_bindgen_test]
async fn every_endpoint_has_its_outcome_and_reason() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    for part in page.all(".part > h3 > button[aria-expanded=false]") {
        part.click();
    }
    page.settle().await;
    let mut all = decisions(&page);
    all.sort();
    assert_eq!(
        all,
        [
            "allowed MyScopes: ",
            "redacted GetInput: Leaves out what needs Apps:Get",
            "rejected DeleteInput: Needs Inputs:Add and Inputs:Delete",
            "rejected GetModel: Needs Models:Get",
            "rejected PostApps: Needs a personal access token",
            "rejected PostInputs: Needs Inputs:Add",
            "rejected PostModelOutputs: Needs Models:Get and Predict",
        ]
    );
}

#[wasm_bindgen_test]
async fn an_endpoint_is_made_to_work_after_saying_how() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    page.click("[aria-label='Make it work: PostInputs']").await;
    assert!(page.get(".plan").text_content().unwrap().contains("Inputs:Add"));
    assert!(!page.checkbox("Inputs:Add").checked());
    page.press("Add 1").await;
    assert!(page.checkbox("Inputs:Add").checked());
    assert!(decisions(&page).contains(&"allowed PostInputs: ".to_owned()));
}

#[wasm_bindgen_test]
async fn a_shared_app_shows_what_the_invite_leaves() {
    backend::install();
    let page = Page::open("?app=shared&owner=bob&scopes=Inputs:Add,Inputs:Get").await;
    let bounds = page.get(".bounds").text_content().unwrap();
    assert!(bounds.contains("Operations211"), "{bounds}");
    assert!(
        page.text().contains("Inputs:Add has no effect: the owner's invite does not include it.")
    );
    page.press("Remove Inputs:Add").await;
    assert!(!page.checkbox("Inputs:Add").checked());
}

#[wasm_bindgen_test]
async fn a_key_that_can_do_nothing_is_told_what_is_nearest_and_gets_it() {
    backend::install();
    let page = Page::open("?scopes=Predict").await;
    let findings = page.get(".findings").inner_text();
    assert!(
        findings.contains("The nearest is PostModelOutputs, which also needs Models:Get."),
        "{findings}"
    );
    page.press("Add Models:Get").await;
    assert!(page.checkbox("Models:Get").checked() && page.checkbox("Predict").checked());
    assert!(page.find(".findings .error").is_none());
}

#[wasm_bindgen_test]
async fn only_the_endpoints_that_are_counted_as_rejected_are_listed_as_rejected() {
    backend::install();
    let page = Page::open("?scopes=All").await;
    assert!(page.get(".endpoint-list").inner_text().contains("Not for this kind of key"));
    page.click(".panel button.rejected").await;
    assert!(page.all(".endpoint-list .part").is_empty());
    assert!(page.text().contains("No call. Press the count again to see all."));
}

#[wasm_bindgen_test]
async fn what_has_changed_is_not_said_of_another_app() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.tick("Inputs:Get").await;
    assert!(page.get(".panel .probe").inner_text().contains("Changed"));
    page.click("[role=combobox]").await;
    page.click("[role=option]:last-child").await;
    assert!(!page.get(".panel .probe").inner_text().contains("Changed"));
}

#[wasm_bindgen_test]
async fn focus_on_a_box_says_what_it_would_change() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    page.checkbox("Inputs:Add").focus().unwrap();
    page.settle().await;
    assert_eq!(
        page.get(".panel .probe").text_content().unwrap(),
        "With Inputs:Add: PostInputs works."
    );
    page.checkbox("Inputs:Get").focus().unwrap();
    page.settle().await;
    assert_eq!(
        page.get(".panel .probe").text_content().unwrap(),
        "Without Inputs:Get: GetInput stops working."
    );
}

#[wasm_bindgen_test]
async fn counts_filter_the_list() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    page.click(".counts button.redacted").await;
    assert_eq!(decisions(&page), ["redacted GetInput: Leaves out what needs Apps:Get"]);
}

/// Lets the catalog have so many endpoints in each of two groups, all of which need the same operation.
fn let_there_be_cats_and_dogs(count: usize) {
    let endpoint = |group: &str, at: usize| {
        format!(
            r#"{{"endpoint": "/test.V2/Get{group}{at:02}", "auth": "KeyAuth", "group": "{group}", "depending_scopes": ["Inputs:Get"]}}"#
        )
    };
    let endpoints: Vec<String> = ["Cats", "Dogs"]
        .iter()
        .flat_map(|group| (0..count).map(move |at| endpoint(group, at)))
        .collect();
    let scopes = format!(
        r#"{{"status": {{"code": 10000}}, "scope_deps": [{{"scope": "Inputs:Get"}}], "endpoint_deps": [{}]}}"#,
        endpoints.join(", ")
    );
    backend::let_answer("GET /v2/users/me/scopes", Answer::Says(200, scopes.leak()));
}

#[wasm_bindgen_test]
async fn the_focus_stays_with_its_endpoint_when_others_leave_the_list() {
    backend::install();
    let scopes = r#"{"status": {"code": 10000},
        "scope_deps": [{"scope": "Models:Get"}, {"scope": "Inputs:Get"}],
        "endpoint_deps": [
            {"endpoint": "/test.V2/GetFirst", "auth": "KeyAuth", "group": "Cats", "depending_scopes": ["Models:Get"]},
            {"endpoint": "/test.V2/GetLast", "auth": "KeyAuth", "group": "Cats", "depending_scopes": ["Inputs:Get"]}]}"#;
    backend::let_answer("GET /v2/users/me/scopes", Answer::Says(200, scopes));
    let page = Page::open("").await;
    page.get("[aria-label='Make it work: GetLast']").focus().unwrap();
    page.tick("Models:Get").await;
    assert!(page.find("[aria-label='Make it work: GetFirst']").is_none());
    assert!(page.is_focused("[aria-label='Make it work: GetLast']"));
}

#[wasm_bindgen_test]
async fn no_button_takes_the_place_of_a_single_row() {
    backend::install();
    let_there_be_cats_and_dogs(3);
    let page = Page::open("?scopes=Inputs:Get").await;
    assert_eq!((decisions(&page).len(), page.all(".panel .more").len()), (6, 0));
    let_there_be_cats_and_dogs(4);
    let page = Page::open("?scopes=Inputs:Get").await;
    assert_eq!((decisions(&page).len(), page.all(".panel .more").len()), (5, 1));
}

#[wasm_bindgen_test]
async fn a_long_part_is_drawn_in_steps_and_a_group_that_is_cut_says_its_full_count() {
    backend::install();
    let_there_be_cats_and_dogs(30);
    let page = Page::open("?scopes=Inputs:Get").await;
    let shown = || -> Vec<String> {
        let groups = page.all(".panel .decisions h4");
        groups.iter().filter_map(|head| head.text_content()).collect()
    };
    assert_eq!((decisions(&page).len(), shown()), (5, vec!["Cats30".to_owned()]));
    page.press("Show more: Works").await;
    assert_eq!(
        (decisions(&page).len(), shown()),
        (40, vec!["Cats30".to_owned(), "Dogs30".to_owned()])
    );
    page.button("Show more: Works").focus().unwrap();
    page.press("Show more: Works").await;
    assert_eq!(decisions(&page).len(), 60);
    assert!(page.is_focused(".panel .more"), "the focus stays where it was");
    page.press("Show fewer: Works").await;
    assert_eq!(decisions(&page).len(), 5);
    assert!(page.is_focused(".panel .more"));
}

#[wasm_bindgen_test]
async fn changes_are_announced_once_they_come_to_rest() {
    backend::install();
    let page = Page::open("").await;
    let first = page.told(|told| !told.is_empty()).await;
    page.tick("Inputs:Get").await;
    page.tick("Inputs:Add").await;
    let next = page.told(|_| true).await;
    assert_eq!(next, first, "it is not told while it may go on");
    let next = page.told(|told| told != first).await;
    assert_eq!(next, "2 allowed, 1 redacted, 3 rejected.", "what lay between is not told");
}

#[wasm_bindgen_test]
async fn what_works_in_part_stands_apart_from_what_works() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    let heads: Vec<String> =
        page.all(".panel .part h3 span").iter().filter_map(|head| head.text_content()).collect();
    assert_eq!(
        heads,
        [
            "Works",
            "Works in part",
            "One operation away",
            "Further away",
            "Not for this kind of key"
        ]
    );
    page.click("[aria-label='Complete it: GetInput']").await;
    assert!(page.get(".plan").text_content().unwrap().contains("Apps:Get"));
    page.press("Add 1").await;
    assert!(page.checkbox("Apps:Get").checked());
    assert!(decisions(&page).contains(&"allowed GetInput: ".to_owned()));
}

#[wasm_bindgen_test]
async fn a_plan_offers_the_least_and_the_whole() {
    backend::install();
    let page = Page::open("?scopes=Models:Get").await;
    page.click("[aria-label='Make it work: GetInput']").await;
    let plan = page.get(".plan").text_content().unwrap();
    assert!(plan.contains("It needs:") && plan.contains("For the full answer also:"), "{plan}");
    page.press("Add 1").await;
    assert!(page.checkbox("Inputs:Get").checked() && !page.checkbox("Apps:Get").checked());
    page.press("Undo").await;
    if page.find(".plan").is_none() {
        page.click("[aria-label='Make it work: GetInput']").await;
    }
    page.press("Add all 2").await;
    assert!(page.checkbox("Inputs:Get").checked() && page.checkbox("Apps:Get").checked());
}

#[wasm_bindgen_test]
async fn notes_are_folded() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get").await;
    assert!(page.find(".findings li").is_none());
    page.click("[name=fold][value=notes]").await;
    let note = page.get(".findings li").text_content().unwrap();
    assert!(note.contains("Apps:Get would fill in more of the answers of 1 endpoint."), "{note}");
}

#[wasm_bindgen_test]
async fn a_change_is_told_and_what_would_change_before_it() {
    backend::install();
    let page = Page::open("").await;
    let probe = || page.get(".panel .probe").text_content().unwrap();
    assert_eq!(probe(), "Point at a box, or focus it, to see what it would change.");
    page.tick("Inputs:Get").await;
    assert_eq!(probe(), "Changed: GetInput works.");
    page.tick("Models:Get").await;
    assert_eq!(probe(), "Changed: GetModel works.");
    page.get("[name=all]").focus().unwrap();
    page.settle().await;
    assert_eq!(
        probe(),
        "With this: 3 more calls work (PostInputs, DeleteInput, …); GetInput answers in full or more fully."
    );
    page.click("[name=all]").await;
    assert!(probe().starts_with("Changed: 3 more calls work"), "{}", probe());
    assert!(page.text().contains("whatever is added later"));
}

#[wasm_bindgen_test]
async fn a_change_is_announced_though_the_box_has_the_focus() {
    backend::install();
    let page = Page::open("").await;
    page.checkbox("Inputs:Get").focus().unwrap();
    page.settle().await;
    page.tick("Inputs:Get").await;
    page.told(|told| told.contains("1 redacted")).await;
}

#[wasm_bindgen_test]
async fn a_blank_key_is_announced_as_the_panel_shows_it() {
    backend::install();
    let page = Page::open("").await;
    let told = page.told(|told| !told.is_empty()).await;
    assert!(!told.contains("error"), "{told}");
}
