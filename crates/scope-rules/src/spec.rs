//! What a catalog is made from, and the words that travel with it.

use std::fmt;
use std::str::FromStr;

/// The kinds of key there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum KeyType {
    /// A key that opens one app.
    AppSpecificKey,
    /// A token that is tied to no app.
    PersonalAccessToken,
}

impl KeyType {
    /// The spelling of the wire.
    ///
    /// ```
    /// use scope_rules::KeyType;
    /// assert_eq!(KeyType::AppSpecificKey.as_str(), "app_specific_key");
    /// assert_eq!("app_specific_key".parse(), Ok(KeyType::AppSpecificKey));
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AppSpecificKey => "app_specific_key",
            Self::PersonalAccessToken => "personal_access_token",
        }
    }

    /// Whether a key of this type may call endpoints of that auth type at all.
    ///
    /// ```
    /// use scope_rules::{AuthType, KeyType};
    /// assert!(KeyType::PersonalAccessToken.may_call(AuthType::PersonalAccessToken));
    /// assert!(!KeyType::AppSpecificKey.may_call(AuthType::PersonalAccessToken));
    /// ```
    #[must_use]
    pub const fn may_call(self, auth: AuthType) -> bool {
        match auth {
            AuthType::Key | AuthType::NoAuth => true,
            AuthType::PersonalAccessToken => matches!(self, Self::PersonalAccessToken),
            AuthType::Session | AuthType::Other => false,
        }
    }

    /// Whether endpoints of that auth type can be in the grant of a key of this type: it may call
    /// them, and they want a key.
    pub(crate) const fn may_be_granted(self, auth: AuthType) -> bool {
        self.may_call(auth) && !matches!(auth, AuthType::NoAuth)
    }
}

impl FromStr for KeyType {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "app_specific_key" => Ok(Self::AppSpecificKey),
            "personal_access_token" => Ok(Self::PersonalAccessToken),
            _ => Err(UnknownWord { expected: "`app_specific_key` or `personal_access_token`" }),
        }
    }
}

/// What happens to a call whose response needs an auxiliary operation that is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Enforcement {
    /// The response is redacted: what the documentation describes.
    #[default]
    Graded,
    /// The call is rejected: what the public API does today.
    Strict,
}

impl Enforcement {
    /// The spelling of the wire.
    ///
    /// ```
    /// use scope_rules::Enforcement;
    /// assert_eq!(Enforcement::Strict.as_str(), "strict");
    /// assert_eq!("strict".parse(), Ok(Enforcement::Strict));
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Graded => "graded",
            Self::Strict => "strict",
        }
    }
}

impl FromStr for Enforcement {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "graded" => Ok(Self::Graded),
            "strict" => Ok(Self::Strict),
            _ => Err(UnknownWord { expected: "`graded` or `strict`" }),
        }
    }
}

/// A word of a closed vocabulary that was not one of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct UnknownWord {
    expected: &'static str,
}

/// Which credentials an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), tsify(type = "string"))]
pub enum AuthType {
    /// `KeyAuth`: keys and personal access tokens.
    #[default]
    Key,
    /// `PATAuth`: personal access tokens only.
    PersonalAccessToken,
    /// `SessionTokenAuth`: a signed-in person only.
    Session,
    /// `NoAuth`: anybody.
    NoAuth,
    /// An auth type not heard of; treated like [`AuthType::Session`].
    Other,
}

impl AuthType {
    /// Reads the descriptors' spelling; what is unknown becomes [`AuthType::Other`].
    ///
    /// ```
    /// use scope_rules::AuthType;
    /// assert_eq!(AuthType::parse("PATAuth"), AuthType::PersonalAccessToken);
    /// assert_eq!(AuthType::parse("QuantumAuth"), AuthType::Other);
    /// ```
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "KeyAuth" => Self::Key,
            "PATAuth" => Self::PersonalAccessToken,
            "SessionTokenAuth" => Self::Session,
            "NoAuth" => Self::NoAuth,
            _ => Self::Other,
        }
    }

    /// The descriptors' spelling.
    ///
    /// ```
    /// assert_eq!(scope_rules::AuthType::Session.as_str(), "SessionTokenAuth");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "KeyAuth",
            Self::PersonalAccessToken => "PATAuth",
            Self::Session => "SessionTokenAuth",
            Self::NoAuth => "NoAuth",
            Self::Other => "OtherAuth",
        }
    }
}

impl fmt::Display for AuthType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for AuthType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for AuthType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self::parse(&word))
    }
}

/// What a [`Catalog`](crate::Catalog) is built from: everything known for one key type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogSpec {
    /// The catalog's name and version, such as `clarifai-12.6.0`.
    pub name: String,
    /// The key type that the offer is for.
    pub key_type: KeyType,
    /// How missing auxiliary operations are treated.
    pub enforcement: Enforcement,
    /// The operations, in any order.
    pub operations: Vec<OperationSpec>,
    /// The endpoints, in the order in which they are to be listed.
    pub endpoints: Vec<EndpointSpec>,
}

/// One operation of a [`CatalogSpec`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationSpec {
    /// Its name, in either spelling.
    pub name: String,
    /// The operations it depends on directly.
    pub prerequisites: Vec<String>,
    /// Whether a key of this type in this plan can hold it.
    pub offered: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The heading it stands under, where known.
    pub group: Option<String>,
    /// What to call it, where known.
    pub label: Option<String>,
}

/// One endpoint of a [`CatalogSpec`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndpointSpec {
    /// Its fully qualified name, such as `/clarifai.api.V2/GetInput`.
    pub name: String,
    /// The operations it needs.
    pub requirements: Vec<String>,
    /// Whether a key of this type in this plan can be granted it.
    pub offered: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The credentials it takes.
    pub auth: AuthType,
    /// The heading it stands under, where known.
    pub group: Option<String>,
    /// What to call it, where known.
    pub label: Option<String>,
}
