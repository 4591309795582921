//! `GetUser`, `ListApps`, `ListCollaborations`.

use crate::support::{AMARA, MATEO, Portal};

#[test]
fn a_person_sees_herself() {
    let portal = Portal::start();
    for path in ["/v2/users/me", "/v2/users/amara-okafor"] {
        let answer = portal.person(AMARA).get(path).ok();
        assert_eq!(answer.json["user"]["name"], "Amara Okafor");
    }
}

#[test]
fn nobody_sees_another_person() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for path in ["", "/apps", "/collaborations", "/keys", "/scopes"] {
        let known = amara.get(&format!("/v2/users/{MATEO}{path}"));
        let unknown = amara.get(&format!("/v2/users/nobody{path}"));
        known.refused(404, 11_101, "");
        assert_eq!(known.details(), unknown.details());
    }
}

#[test]
fn own_apps_come_in_pages_in_order_of_id() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let ids = |query: &str| -> Vec<String> {
        let answer = amara.get(&format!("/v2/users/me/apps{query}")).ok();
        let apps = answer.json["apps"].as_array().unwrap();
        apps.iter().map(|app| app["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids("");
    assert_eq!(all.len(), 12);
    assert!(all.is_sorted());
    let pages: Vec<_> = (1..=3).flat_map(|page| ids(&format!("?per_page=5&page={page}"))).collect();
    assert_eq!(pages, all);
    assert!(ids("?per_page=5&page=4").is_empty());
    assert_eq!(ids("?per_page=0&page=0"), all, "0 is how a protobuf client leaves a number out");
}

#[test]
fn a_page_that_cannot_be_is_refused() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    amara.get("/v2/users/me/apps?page=one").refused(400, 11_100, "page");
    amara.get("/v2/users/me/apps?page=-1").refused(400, 11_100, "page");
    amara.get("/v2/users/me/apps?per_page=1001").refused(400, 11_102, "per_page");
    amara.get("/v2/users/me/apps?per_page=1000&page=4294967295").ok();
}

#[test]
fn shared_apps_come_with_their_owner_and_invite() {
    let portal = Portal::start();
    let answer = portal.person(AMARA).get("/v2/users/me/collaborations").ok();
    let list = answer.json["collaborations"].as_array().unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["app"]["id"], "street-sign-survey");
    assert_eq!(list[0]["endpoints"].as_array().unwrap().len(), 0, "any endpoint");
    assert_eq!(list[1]["app"]["name"], "Wildfire lookout");
    assert_eq!(list[1]["app_owner"]["name"], "Mateo Rivas");
    assert_eq!(answer.names("/collaborations/1/scopes").len(), 8);
    assert_eq!(answer.names("/collaborations/1/endpoints").len(), 7);
}

#[test]
fn a_token_without_leave_to_read_apps_sees_only_which_are_shared() {
    let portal = Portal::start();
    let token = portal.token(&["Collaborators:Get"]);
    let answer = portal.holder(&token.secret).get("/v2/users/me/collaborations").ok();
    let app = &answer.json["collaborations"][1]["app"];
    assert_eq!((app["id"].as_str(), app["name"].as_str()), (Some("wildfire-lookout"), None));
    assert_eq!(answer.names("/status/missing_scopes"), ["Apps:Get"]);
    assert!(answer.details().starts_with("redacted: "));
}

#[test]
fn a_token_lists_apps_if_it_may() {
    let portal = Portal::start();
    let may = portal.token(&["Apps:Get", "Workflows:Get"]);
    assert_eq!(portal.holder(&may.secret).get("/v2/users/me/apps").ok().details(), "");
    let may_not = portal.token(&["Inputs:Get"]);
    let answer = portal.holder(&may_not.secret).get("/v2/users/me/apps");
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_scopes"), ["Apps:Get", "Workflows:Get"]);
    assert!(answer.details().contains("`Apps:Get`"));
}
