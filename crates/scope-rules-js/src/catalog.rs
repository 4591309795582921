//! Catalogs, for JavaScript.

use portal_api::ListScopesResponse;
use scope_rules::{Enforcement, Grant, KeyType, WireGrant};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::Access;
use crate::error::{Error, hand_over, read};
use crate::plain::{LeastScopes, Names};

/// What a plan offers to a key type, with its dependencies.
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct Catalog(scope_rules::Catalog);

#[wasm_bindgen]
impl Catalog {
    /// Builds the catalog of a key type from the answer of `ListScopes`.
    #[wasm_bindgen(js_name = fromListScopes)]
    pub fn from_list_scopes(
        response: &Ts<ListScopesResponse>,
        #[wasm_bindgen(js_name = keyType)] key_type: &Ts<KeyType>,
    ) -> Result<Self, Error> {
        let key_type = read("key type", key_type)?;
        let spec = read("answer of `ListScopes`", response)?.into_spec(key_type);
        Ok(Self(scope_rules::Catalog::new(spec)?))
    }

    /// The same catalog, enforced in another way.
    #[wasm_bindgen(js_name = withEnforcement)]
    pub fn with_enforcement(&self, enforcement: &Ts<Enforcement>) -> Result<Self, Error> {
        Ok(Self(self.0.with_enforcement(read("enforcement", enforcement)?)))
    }

    /// The catalog's name and version.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// The key type that the offer is for.
    #[wasm_bindgen(getter, js_name = keyType, unchecked_return_type = "KeyType")]
    #[must_use]
    pub fn key_type(&self) -> String {
        self.0.key_type().as_str().to_owned()
    }

    /// How missing auxiliary operations are treated.
    #[wasm_bindgen(getter, unchecked_return_type = "Enforcement")]
    #[must_use]
    pub fn enforcement(&self) -> String {
        self.0.enforcement().as_str().to_owned()
    }

    /// Holds a grant against the catalog; for a shared app, with the owner's invite.
    pub fn access(
        &self,
        grant: &Ts<WireGrant>,
        invite: Option<Ts<WireGrant>>,
    ) -> Result<Access, Error> {
        let (grant, invite) = read_grants(grant, invite.as_ref())?;
        Ok(scope_rules::Access::new(&self.0, &grant, invite.as_ref()).into())
    }

    /// The least operations with which every given endpoint is allowed, not merely redacted.
    #[wasm_bindgen(js_name = leastOperations)]
    pub fn least_operations(&self, endpoints: &Ts<Names>) -> Result<Ts<LeastScopes>, Error> {
        let Names(endpoints) = read("list of endpoints", endpoints)?;
        hand_over(&LeastScopes::of(&self.0, &endpoints))
    }
}

/// Reads a grant as the wire spells it, and the invite that bounds it.
fn read_grants(
    grant: &Ts<WireGrant>,
    invite: Option<&Ts<WireGrant>>,
) -> Result<(Grant, Option<Grant>), Error> {
    let parse = |what, wire| {
        let WireGrant { scopes, endpoints } = read(what, wire)?;
        Ok::<_, Error>(Grant::parse(&scopes, &endpoints)?)
    };
    Ok((parse("grant", grant)?, invite.map(|invite| parse("invite", invite)).transpose()?))
}
