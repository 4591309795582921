//! Plans, what they offer, and what catalogs are built from.

use std::time::{Duration, Instant};

use scope_rules::{
    Access, AuthType, Catalog, CatalogError, CatalogSpec, EndpointSpec, Enforcement, Grant,
    KeyType, MAX_DEPENDENCIES, MAX_SCOPES, OperationSpec, Plan, PlanEndpoint, PlanOperation,
    consequences,
};

use crate::shorthand::{access, catalog, decided, for_tokens, names, spec, texts};

fn operation(scope: &str, exposed: bool, deprecated: bool) -> PlanOperation {
    PlanOperation {
        scope: scope.into(),
        exposed,
        deprecated,
        group: None,
        label: None,
        prerequisites: vec![],
    }
}

fn endpoint(endpoint: &str, auth: Option<AuthType>, requirements: &[&str]) -> PlanEndpoint {
    PlanEndpoint {
        endpoint: endpoint.into(),
        auth,
        deprecated: false,
        group: None,
        requirements: requirements.iter().map(|name| (*name).into()).collect(),
        http: vec![],
    }
}

fn plan(operations: Vec<PlanOperation>, endpoints: Vec<PlanEndpoint>) -> Plan {
    Plan {
        catalog: "small-1".into(),
        plan: "small".into(),
        version: "1".into(),
        source: "made up".into(),
        enforcement: Enforcement::Strict,
        operations,
        endpoints,
    }
}

fn offered(plan: &Plan, key_type: KeyType) -> (String, String) {
    let catalog = Catalog::new(plan.offer(key_type)).unwrap();
    assert_eq!(catalog.name(), plan.catalog);
    assert_eq!(catalog.key_type(), key_type);
    assert_eq!(catalog.enforcement(), plan.enforcement);
    let operations = catalog.operations().filter(|each| each.offered());
    let endpoints = catalog.endpoints().filter(|each| each.offered());
    (texts(operations.map(|each| each.name())), texts(endpoints.map(|each| each.name())))
}

#[test]
fn a_plan_offers_what_a_key_type_can_use() {
    let plan = plan(
        vec![
            operation("All", true, false),
            operation("Inputs:Get", true, false),
            operation("Keys:Add", true, false),
            operation("Unasked:Get", true, false),
            operation("Hidden:Get", false, false),
            operation("Old:Get", true, true),
        ],
        vec![
            endpoint("/t/GetInput", Some(AuthType::Key), &["Inputs_Get", "Hidden:Get", "Old:Get"]),
            endpoint("/t/PostKeys", Some(AuthType::PersonalAccessToken), &["Keys:Add"]),
            endpoint("/t/ListScopes", Some(AuthType::Session), &["Unasked:Get"]),
            endpoint("/t/ListStatusCodes", Some(AuthType::NoAuth), &[]),
            endpoint("/t/GetMystery", Some(AuthType::parse("QuantumAuth")), &[]),
        ],
    );
    assert_eq!(
        offered(&plan, KeyType::AppSpecificKey),
        ("All Inputs:Get".into(), "/t/GetInput".into())
    );
    assert_eq!(
        offered(&plan, KeyType::PersonalAccessToken),
        ("All Inputs:Get Keys:Add Unasked:Get".into(), "/t/GetInput /t/PostKeys".into())
    );
    // What is not offered is known, to say why.
    let catalog = Catalog::new(plan.offer(KeyType::AppSpecificKey)).unwrap();
    assert_eq!(catalog.endpoints().len(), 5);
    assert_eq!(catalog.operations().len(), 6);
    assert_eq!(
        decided(&access(&catalog, "All"), "/t/PostKeys"),
        "rejected needs-personal-access-token"
    );
}

#[test]
fn of_a_bare_list_all_is_offered() {
    let plan = plan(
        vec![operation("Inputs:Get", true, false), operation("Unasked:Get", true, false)],
        vec![endpoint("/t/GetInput", None, &["Inputs:Get"])],
    );
    for key_type in [KeyType::AppSpecificKey, KeyType::PersonalAccessToken] {
        assert_eq!(
            offered(&plan, key_type),
            ("All Inputs:Get Unasked:Get".into(), "/t/GetInput".into())
        );
    }
}

#[test]
fn a_catalog_offers_no_more_than_a_key_can_hold_or_call() {
    // A deprecated operation is not held, even if it is listed as offered.
    let catalog = catalog(
        "deprecated Inputs:Patch\n Keys:Add\n /t/PatchInputs Inputs:Patch\n pat /t/PostKeys Keys:Add\n session /t/Me",
    );
    let offered = |catalog: &Catalog| {
        let endpoints = catalog.endpoints().filter(|each| each.offered());
        texts(endpoints.map(|each| each.name()))
    };
    assert_eq!(
        decided(&access(&catalog, "Inputs:Patch"), "/t/PatchInputs"),
        "rejected missing-operations: Inputs:Patch(plan)"
    );
    assert_eq!(offered(&catalog), "/t/PatchInputs");
    assert_eq!(offered(&for_tokens("pat /t/PostKeys\n session /t/Me")), "/t/PostKeys");
}

#[test]
fn all_is_always_offered() {
    for lines in ["", "withheld All", "deprecated All", "All"] {
        let catalog = catalog(lines);
        let all = catalog.operation(catalog.find_operation("All").unwrap()).unwrap();
        assert!(all.offered(), "{lines:?}");
    }
}

#[test]
fn of_duplicates_the_requirements_are_united_and_the_first_counts() {
    let catalog = catalog(
        "Inputs:Get\n Concepts:Get\n Apps:Get\n
        Inputs:Add Inputs:Get\n withheld Inputs_Add Concepts:Get\n
        /t/PostInputs Inputs:Add Inputs:Add\n
        /t/ListConcepts Concepts:Get\n
        deprecated pat /t/PostInputs Apps:Get Inputs_Add",
    );
    assert_eq!(texts(&catalog.closure(&names("Inputs:Add"))), "Concepts:Get Inputs:Add Inputs:Get");
    assert_eq!(
        texts(catalog.endpoints().map(|endpoint| endpoint.name())),
        "/t/PostInputs /t/ListConcepts"
    );
    let endpoint = catalog.endpoints().next().unwrap();
    assert!(endpoint.offered() && !endpoint.deprecated());
    assert_eq!(
        decided(&access(&catalog, ""), "/t/PostInputs"),
        "rejected missing-operations: Inputs:Add(key) Apps:Get(key)"
    );
    assert_eq!(catalog.operations().filter(|each| &**each.name() == "Inputs:Add").count(), 1);
}

#[test]
fn what_is_named_nowhere_else_is_known_and_not_offered() {
    let catalog = catalog("Inputs:Add Nope:Get\n /t/GetInput Lost:Get");
    let lost = catalog.operation(catalog.find_operation("Lost:Get").unwrap()).unwrap();
    assert!(!lost.offered() && !lost.deprecated());
    assert_eq!(
        decided(&access(&catalog, "All"), "/t/GetInput"),
        "rejected missing-operations: Lost:Get(plan)"
    );
}

#[test]
fn the_order_of_the_lists_does_not_matter() {
    let lines = ["Inputs:Get", "Inputs:Add Inputs:Get", "/t/A Inputs:Add", "/t/B Inputs:Get"];
    let (forth, back) = (
        catalog(&lines.join("\n")),
        catalog(&{
            let mut lines = lines;
            lines.reverse();
            lines.join("\n")
        }),
    );
    for name in ["/t/A", "/t/B"] {
        for key in ["", "Inputs:Get", "All"] {
            assert_eq!(decided(&access(&forth, key), name), decided(&access(&back, key), name));
        }
    }
    // Endpoints stay in theirs, operations come by name.
    assert_eq!(texts(back.endpoints().map(|each| each.name())), "/t/B /t/A");
    assert_eq!(texts(back.operations().map(|each| each.name())), "All Inputs:Add Inputs:Get");
}

#[test]
fn a_catalog_tells_what_it_knows() {
    let mut spec = spec(
        "Inputs:Add Inputs:Get\n Inputs:Get\n Predict\n deprecated Models:Patch\n
        deprecated /clarifai.api.V2/PostInputs Inputs:Add Inputs:Get Models:Get\n
        /clarifai.api.V2/ListModels Models:Get\n /clarifai.api.V2/PostSearches Inputs:Get",
    );
    spec.operations[0].group = Some("Inputs".into());
    spec.operations[0].label = Some("Write inputs".into());
    spec.endpoints[0].group = Some("Things".into());
    spec.endpoints[0].label = Some("Upload".into());
    let catalog = Catalog::new(spec).unwrap();
    let operation = |name: &str| {
        let id = catalog.find_operation(name).unwrap();
        assert_eq!(catalog.operation(id).unwrap().id(), id);
        catalog.operation(id).unwrap()
    };
    let add = operation("Inputs_Add");
    assert_eq!((add.resource(), add.action()), ("Inputs", "Add"));
    assert_eq!((add.group(), add.label()), (Some("Inputs"), Some("Write inputs")));
    assert_eq!(add.prerequisites().collect::<Vec<_>>(), [operation("Inputs:Get").id()]);
    assert_eq!((operation("Predict").resource(), operation("Predict").action()), ("Predict", ""));
    assert!(operation("Models:Patch").deprecated());
    assert_eq!(catalog.operations().nth(add.id().index()).unwrap().name(), add.name());

    let endpoint = |name: &str| catalog.endpoint(catalog.find_endpoint(name).unwrap()).unwrap();
    let post = endpoint("/clarifai.api.V2/PostInputs");
    assert_eq!((post.rpc(), post.auth(), post.id().index()), ("PostInputs", AuthType::Key, 0));
    assert_eq!((post.group(), post.label()), ("Things", Some("Upload")));
    assert!(post.deprecated());
    assert_eq!((post.core().len(), post.auxiliary().len(), post.requirements().len()), (2, 1, 3));
    // Where the catalog has no heading, the resource that the name is about is one.
    assert_eq!(endpoint("/clarifai.api.V2/ListModels").group(), "Models");
    let search = endpoint("/clarifai.api.V2/PostSearches");
    assert_eq!((search.group(), search.label()), ("Inputs", None));
    assert_eq!(search.conditional().collect::<Vec<_>>(), [operation("Predict").id()]);

    let larger =
        self::catalog("A:Get\n B:Get\n C:Get\n D:Get\n E:Get\n F:Get\n /t/A\n /t/B\n /t/C\n /t/D");
    assert!(catalog.operation(larger.find_operation("F:Get").unwrap()).is_none());
    assert!(catalog.endpoint(larger.find_endpoint("/t/D").unwrap()).is_none());
    assert_eq!(catalog, catalog.clone());
    assert_ne!(catalog, catalog.with_enforcement(Enforcement::Strict));
    assert_ne!(catalog, larger);
}

#[test]
fn headings_follow_from_names() {
    for (line, group) in [
        // The resource that stands first, the longer run before the shorter.
        ("/t/GetDatasetInput Inputs:Get Datasets:Get", "Datasets"),
        ("/t/ListAnnotationTracks Annotations:Get AnnotationTracks:Get", "AnnotationTracks"),
        ("/t/PostModelOutputs Predict Models:Get", "Models"),
        // None of the requirements: the name's own words.
        ("/t/GetSecretThing Apps:Get", "Secret"),
        ("/t/MyScopes", "Scope"),
        ("/t/Ping", "Ping"),
    ] {
        let catalog = catalog(line);
        assert_eq!(catalog.endpoints().next().unwrap().group(), group, "{line}");
    }
}

#[test]
fn words_of_the_wire_are_read_and_written() {
    for key_type in [KeyType::AppSpecificKey, KeyType::PersonalAccessToken] {
        assert_eq!(key_type.as_str().parse(), Ok(key_type));
        assert_eq!(serde_json::to_value(key_type).unwrap(), key_type.as_str());
    }
    for enforcement in [Enforcement::Graded, Enforcement::Strict] {
        assert_eq!(enforcement.as_str().parse(), Ok(enforcement));
        assert_eq!(serde_json::to_value(enforcement).unwrap(), enforcement.as_str());
    }
    assert_eq!(Enforcement::default(), Enforcement::Graded);
    assert_eq!(
        "key".parse::<KeyType>().unwrap_err().to_string(),
        "expected `app_specific_key` or `personal_access_token`"
    );
    assert_eq!(
        "Strict".parse::<Enforcement>().unwrap_err().to_string(),
        "expected `graded` or `strict`"
    );
    for word in ["KeyAuth", "PATAuth", "SessionTokenAuth", "NoAuth"] {
        assert_eq!(AuthType::parse(word).to_string(), word);
        let auth: AuthType = serde_json::from_str(&format!("\"{word}\"")).unwrap();
        assert_eq!(serde_json::to_value(auth).unwrap(), word);
    }
    assert_eq!(AuthType::Other.to_string(), "OtherAuth");
    for word in ["", "keyauth", "OtherAuth", "QuantumAuth"] {
        assert_eq!(AuthType::parse(word), AuthType::Other, "{word}");
    }
}

fn error(spec: CatalogSpec) -> CatalogError {
    Catalog::new(spec).unwrap_err()
}

#[test]
fn a_broken_catalog_is_refused_with_the_place() {
    let long = "x".repeat(300);
    for (lines, expected) in [
        (format!("Inputs:Get\n {long}"), "operation 1"),
        (format!("Inputs:Get {long}"), "operation 0"),
        (format!("/t/A\n /t/B {long}"), "endpoint 1"),
    ] {
        let error = error(spec(&lines));
        assert_eq!(
            error.to_string(),
            format!(
                "{expected} of the catalog has an unreadable name or dependency: the name that starts with \
                 `xxxxxxxxxxxxxxxxxxxxxxxx` has 300 bytes; at most 256 are read"
            )
        );
        assert!(std::error::Error::source(&error).is_none(), "the cause is said already");
    }
    let mut nameless = spec("Inputs:Get\n Inputs:Add\n /t/A");
    nameless.operations[1].name.clear();
    assert_eq!(error(nameless).to_string(), "operation 1 of the catalog has an empty name");
    let mut nameless = spec("/t/A");
    nameless.endpoints[0].name.clear();
    assert_eq!(error(nameless).to_string(), "endpoint 0 of the catalog has an empty name");
    let mut needs_nothing = spec("/t/A");
    needs_nothing.endpoints[0].requirements.push(String::new());
    assert_eq!(error(needs_nothing).to_string(), "`/t/A` of the catalog depends on an empty name");
    let mut needs_nothing = spec("Inputs:Add");
    needs_nothing.operations[0].prerequisites.push(String::new());
    assert_eq!(
        error(needs_nothing).to_string(),
        "`Inputs:Add` of the catalog depends on an empty name"
    );
}

#[test]
fn a_catalog_without_end_is_refused() {
    let operation = |name: String| OperationSpec { name, ..Default::default() };
    let empty = spec("");
    let many = CatalogSpec {
        operations: (0..=MAX_SCOPES).map(|n| operation(n.to_string())).collect(),
        ..empty.clone()
    };
    assert_eq!(
        error(many).to_string(),
        "the catalog lists 65537 operations; at most 65536 are taken"
    );
    let endpoint = EndpointSpec { name: "/t/A".into(), ..Default::default() };
    let many = CatalogSpec { endpoints: vec![endpoint.clone(); MAX_SCOPES + 1], ..empty.clone() };
    assert_eq!(
        error(many).to_string(),
        "the catalog lists 65537 endpoints; at most 65536 are taken"
    );
    let needing = EndpointSpec { requirements: vec!["A".into(); 1 << 16], ..endpoint.clone() };
    let many = CatalogSpec { endpoints: vec![needing; 65], ..empty.clone() };
    assert_eq!(
        error(many).to_string(),
        format!(
            "the catalog lists {} dependencies; at most {MAX_DEPENDENCIES} are taken",
            65 << 16
        )
    );
    let requirements = (0..MAX_SCOPES).map(|n| n.to_string()).collect();
    let needing = EndpointSpec { requirements, ..endpoint };
    let many = CatalogSpec { endpoints: vec![needing], ..empty };
    assert_eq!(
        error(many).to_string(),
        "the catalog lists 65537 different operations; at most 65536 are taken"
    );
}

/// Ten thousand operations, ten of which each depend on each other in a circle, and ten thousand
/// endpoints that need twenty of them each.
#[test]
fn ten_thousand_of_each_work() {
    const MANY: usize = 10_000;
    let name = |n: usize| format!("Resource{:05}:Get", n % MANY);
    let operations = (0..MANY)
        .map(|n| OperationSpec {
            name: name(n),
            prerequisites: vec![name(n / 10 * 10 + (n + 1) % 10)],
            offered: true,
            ..Default::default()
        })
        .collect();
    let endpoints = (0..MANY)
        .map(|n| EndpointSpec {
            name: format!("/large.V1/GetResource{n:05}"),
            requirements: (0..20).map(|step| name(n + 397 * step)).collect(),
            offered: true,
            ..Default::default()
        })
        .collect();
    let start = Instant::now();
    let catalog =
        Catalog::new(CatalogSpec { name: "large".into(), operations, endpoints, ..spec("") })
            .unwrap();
    let everything = Access::new(&catalog, &Grant::everything(), None);
    assert_eq!(everything.counts().allowed, MANY);
    assert_eq!(catalog.closure(&names("Resource00003:Get")).len(), 10);
    let some: Vec<_> = (0..MANY).step_by(3).map(name).collect();
    let one_less: Vec<_> = some.iter().skip(1).collect();
    let read = |scopes: &[&String]| Grant::parse(scopes, &[] as &[&str]).unwrap();
    let before = Access::new(&catalog, &read(&some.iter().collect::<Vec<_>>()), None);
    let after = Access::new(&catalog, &read(&one_less), None);
    assert_eq!(consequences(&before, &after).len(), 20);
    assert!(!before.findings().is_empty());
    // Not a benchmark: a guard against what grows with the square.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
