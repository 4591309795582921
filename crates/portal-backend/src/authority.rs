//! Who may do what: the same decision that the page predicts, for the calls that the backend itself serves.

use scope_rules::{Decision, Grant, KeyType, Rejection, Side};

use crate::plan::Offers;
use crate::store::{KeyRecord, Standing};

/// The endpoints that the backend serves, by their fully qualified names.
pub(crate) mod rpc {
    pub(crate) const DELETE_COLLABORATORS: &str = "/clarifai.api.V2/DeleteCollaborators";
    pub(crate) const DELETE_KEY: &str = "/clarifai.api.V2/DeleteKey";
    pub(crate) const GET_KEY: &str = "/clarifai.api.V2/GetKey";
    pub(crate) const GET_USER: &str = "/clarifai.api.V2/GetUser";
    pub(crate) const LIST_APPS: &str = "/clarifai.api.V2/ListApps";
    pub(crate) const LIST_APP_KEYS: &str = "/clarifai.api.V2/ListAppKeys";
    pub(crate) const LIST_COLLABORATIONS: &str = "/clarifai.api.V2/ListCollaborations";
    pub(crate) const LIST_COLLABORATORS: &str = "/clarifai.api.V2/ListCollaborators";
    pub(crate) const LIST_KEYS: &str = "/clarifai.api.V2/ListKeys";
    pub(crate) const LIST_SCOPES: &str = "/clarifai.api.V2/ListScopes";
    pub(crate) const MY_SCOPES: &str = "/clarifai.api.V2/MyScopes";
    pub(crate) const PATCH_COLLABORATORS: &str = "/clarifai.api.V2/PatchCollaborators";
    pub(crate) const PATCH_KEYS: &str = "/clarifai.api.V2/PatchKeys";
    pub(crate) const POST_COLLABORATORS: &str = "/clarifai.api.V2/PostCollaborators";
    pub(crate) const POST_KEYS: &str = "/clarifai.api.V2/PostKeys";

    /// Those by which keys are managed.
    pub(crate) const MANAGES_KEYS: [&str; 6] =
        [DELETE_KEY, GET_KEY, LIST_APP_KEYS, LIST_KEYS, PATCH_KEYS, POST_KEYS];
}

/// The operation without which nothing is told of an app but its id.
const READ_APPS: &str = "Apps:Get";

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// A person who is signed in. Scopes do not bound a person; on another's app the invite does.
    Session {
        /// Who it is.
        user_id: String,
    },
    /// Whoever holds this key.
    Key(Box<KeyRecord>),
}

impl Caller {
    /// On whose behalf the call is made.
    pub(crate) fn user_id(&self) -> &str {
        match self {
            Self::Session { user_id } => user_id,
            Self::Key(key) => &key.user_id,
        }
    }

    /// What bounds the caller where the call is about the user's own things on an app: a key is bounded by the invite,
    /// a person is not.
    pub(crate) fn bound_by<'a>(&self, standing: &'a Standing) -> Option<&'a Grant> {
        match self {
            Self::Session { .. } => None,
            Self::Key(_) => standing.invite(),
        }
    }

    /// What the caller really holds: the key's grant meet the invite's.
    pub(crate) fn effective(&self, invite: Option<&Grant>) -> Grant {
        let own = match self {
            Self::Session { .. } => Grant::everything(),
            Self::Key(key) => key.grant.clone(),
        };
        invite.map_or_else(|| own.clone(), |invite| own.meet(invite))
    }

    fn key_type(&self) -> KeyType {
        match self {
            Self::Session { .. } => KeyType::PersonalAccessToken,
            Self::Key(key) => key.key_type,
        }
    }
}

/// A call may go on.
#[derive(Debug, Default)]
pub(crate) struct Permit {
    /// The operations for want of which the answer is redacted.
    pub(crate) lacking: Vec<String>,
}

impl Permit {
    /// Whether the answer may tell more of an app than its id.
    pub(crate) fn shows_apps(&self) -> bool {
        !self.lacking.iter().any(|name| name == READ_APPS)
    }
}

/// A call may not go on, and why.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) details: String,
    pub(crate) missing_scopes: Vec<String>,
    pub(crate) missing_endpoints: Vec<String>,
}

/// Decides whether a call of one of the backend's own endpoints may go on.
///
/// # Errors
///
/// The refusal, which names all that is missing.
pub(crate) fn authorise(
    offers: &Offers,
    caller: &Caller,
    invite: Option<&Grant>,
    endpoint: &str,
) -> Result<Permit, Refusal> {
    if matches!(caller, Caller::Session { .. }) && invite.is_none() {
        return Ok(Permit::default());
    }
    let access = offers.access(caller.key_type(), &caller.effective(None), invite, endpoint);
    let missing_endpoint = |details: String| {
        Err(Refusal { details, missing_endpoints: vec![endpoint.to_owned()], ..Refusal::default() })
    };
    match access.decide_name(endpoint) {
        Decision::Allowed { .. } => Ok(Permit::default()),
        Decision::Redacted { missing, .. } => {
            Ok(Permit { lacking: missing.iter().map(|each| each.name.to_string()).collect() })
        }
        Decision::Rejected(Rejection::MissingOperations(missing)) => {
            let missing_scopes: Vec<_> = missing.iter().map(|each| each.name.to_string()).collect();
            let list: Vec<_> = missing
                .iter()
                .map(|each| format!("`{}` ({})", each.name, who_lacks(each.side)))
                .collect();
            let details = format!("`{endpoint}` needs {}", list.join(", "));
            Err(Refusal { details, missing_scopes, ..Refusal::default() })
        }
        Decision::Rejected(Rejection::EndpointNotGranted(side)) => missing_endpoint(format!(
            "`{endpoint}` is not among the endpoints that may be called ({})",
            who_lacks(side)
        )),
        Decision::Rejected(Rejection::NeedsPersonalAccessToken) => missing_endpoint(format!(
            "`{endpoint}` needs a personal access token, not an app-specific key"
        )),
        Decision::Rejected(Rejection::NeedsSession) => {
            missing_endpoint(format!("`{endpoint}` needs a signed-in person"))
        }
        Decision::Rejected(Rejection::UnknownEndpoint) => {
            missing_endpoint(format!("`{endpoint}` is not in this plan"))
        }
    }
}

fn who_lacks(side: Side) -> &'static str {
    match side {
        Side::Key => "the key lacks it",
        Side::Invite => "the owner's invite lacks it",
        Side::Both => "the key and the owner's invite lack it",
        Side::Plan => "the plan does not offer it",
    }
}

/// Whether a grant gives nothing that another does not.
pub(crate) fn is_within(grant: &Grant, bound: &Grant) -> bool {
    excess(grant, bound).is_none()
}

/// The member of a grant that gives what another grant does not, if one does: `scopes` or `endpoints`.
pub(crate) fn excess(grant: &Grant, bound: &Grant) -> Option<&'static str> {
    let both = grant.meet(bound);
    if both.operations != grant.operations {
        Some("scopes")
    } else if both.endpoints != grant.endpoints {
        Some("endpoints")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanName;

    fn grant(scopes: &[&str], endpoints: &[&str]) -> Grant {
        Grant::parse(scopes, endpoints).unwrap()
    }

    fn token(grant: Grant) -> Caller {
        Caller::Key(Box::new(KeyRecord {
            handle: "key_1".into(),
            last_four: "0000".into(),
            user_id: "u".into(),
            key_type: KeyType::PersonalAccessToken,
            description: "d".into(),
            app: None,
            grant,
            created_at: 0,
            expires_at: None,
        }))
    }

    #[test]
    fn within_holds_level_by_level() {
        let narrow = grant(&["Inputs:Get"], &["/a/B"]);
        let all = Grant::everything();
        assert!(is_within(&narrow, &all));
        assert!(is_within(&all, &all));
        assert!(!is_within(&all, &narrow));
        assert!(is_within(&narrow, &grant(&["Inputs:Get", "Predict"], &[])));
        assert!(!is_within(&grant(&["Inputs:Get"], &[]), &narrow), "any endpoint is more than one");
        assert!(!is_within(&grant(&["Predict"], &["/a/B"]), &narrow));
    }

    #[test]
    fn a_token_is_told_all_that_it_lacks() {
        let offers = Offers::load(PlanName::Enterprise, None).unwrap();
        let refusal = authorise(&offers, &token(grant(&["Apps:Get"], &[])), None, rpc::DELETE_KEY)
            .unwrap_err();
        assert_eq!(refusal.missing_scopes, ["Keys:Add", "Keys:Delete", "Keys:Get"]);
        assert!(refusal.missing_endpoints.is_empty());
        let listed = token(grant(&["All"], &[rpc::GET_KEY]));
        let refusal = authorise(&offers, &listed, None, rpc::DELETE_KEY).unwrap_err();
        assert_eq!(refusal.missing_endpoints, [rpc::DELETE_KEY]);
    }

    #[test]
    fn an_answer_without_an_auxiliary_read_is_redacted() {
        let offers = Offers::load(PlanName::Enterprise, None).unwrap();
        let permit =
            authorise(&offers, &token(grant(&["Keys:Add", "Keys:Get"], &[])), None, rpc::POST_KEYS)
                .unwrap();
        assert_eq!(permit.lacking, ["Apps:Get"]);
        assert!(!permit.shows_apps());
    }

    #[test]
    fn a_person_is_bounded_by_invites_only() {
        let offers = Offers::load(PlanName::Enterprise, None).unwrap();
        let person = Caller::Session { user_id: "u".into() };
        let invite = grant(&["Inputs:Get"], &[]);
        assert!(authorise(&offers, &person, None, rpc::POST_COLLABORATORS).is_ok());
        assert!(authorise(&offers, &person, Some(&invite), rpc::POST_COLLABORATORS).is_err());
    }
}
