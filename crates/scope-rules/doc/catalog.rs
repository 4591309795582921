// The catalog that the examples in the documentation share. An expression, so that they can include it.
{
    use scope_rules::{
        AuthType, Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec,
    };

    let operation = |name: &str, prerequisites: &[&str]| OperationSpec {
        name: name.into(),
        prerequisites: prerequisites.iter().map(|name| (*name).into()).collect(),
        offered: true,
        ..Default::default()
    };
    let endpoint = |name: &str, requirements: &[&str]| EndpointSpec {
        name: name.into(),
        requirements: requirements.iter().map(|name| (*name).into()).collect(),
        offered: true,
        ..Default::default()
    };
    Catalog::new(CatalogSpec {
        name: "example-1".into(),
        key_type: KeyType::AppSpecificKey,
        enforcement: Enforcement::Graded,
        operations: vec![
            operation("Concepts:Get", &[]),
            operation("Inputs:Add", &["Inputs:Get"]),
            operation("Inputs:Get", &[]),
            operation("Predict", &[]),
            operation("Search", &[]),
            OperationSpec { deprecated: true, ..operation("Inputs:Patch", &["Inputs:Add"]) },
        ],
        endpoints: vec![
            endpoint("/example/GetInput", &["Inputs:Get", "Concepts:Get"]),
            endpoint("/example/PostInputs", &["Inputs:Add", "Inputs:Get", "Concepts:Get"]),
            endpoint("/example/PostSearches", &["Search", "Inputs:Get"]),
            endpoint("/example/ListConcepts", &["Concepts:Get"]),
            EndpointSpec {
                auth: AuthType::PersonalAccessToken,
                ..endpoint("/example/PostKeys", &["Keys:Add"])
            },
        ],
    })
    .expect("the example is sound")
}
