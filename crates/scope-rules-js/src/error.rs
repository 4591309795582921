//! What is thrown.

use js_sys::{Error as JsError, JsString, Reflect};
use scope_rules::{CatalogError, EmptyAllowList, GrantError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::serde_wasm_bindgen::Error as ConversionError;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::value::{Unreadable, from_value};

/// What was wrong, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// An argument has not the type that it should have.
    BadArgument,
    /// No catalog can be made of a `ListScopes` answer or a plan.
    BadCatalog,
    /// A grant cannot be read.
    BadGrant,
    /// A grant restricts endpoints to none, which the wire cannot say.
    EmptyAllowList,
    /// A result could not be handed over.
    BadResult,
}

#[wasm_bindgen(typescript_custom_section)]
const SCOPE_RULES_ERROR: &str = "
/**
 * What every function of this package throws.
 */
export interface ScopeRulesError extends Error {
    readonly code: ErrorCode;
}
";

/// What was wrong, for people.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument has not the type that it should have.
    #[error("the {what} cannot be read: {reason}")]
    Argument {
        /// The argument.
        what: &'static str,
        /// What is wrong with it.
        reason: Unreadable,
    },
    /// No catalog can be made.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A grant cannot be read.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// A grant cannot be written.
    #[error(transparent)]
    EmptyAllowList(#[from] EmptyAllowList),
    /// A result could not be handed over.
    #[error("the result cannot be handed over: {0}")]
    Result(ConversionError),
}

impl Error {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Argument { .. } => ErrorCode::BadArgument,
            Self::Catalog(_) => ErrorCode::BadCatalog,
            Self::Grant(_) => ErrorCode::BadGrant,
            Self::EmptyAllowList(_) => ErrorCode::EmptyAllowList,
            Self::Result(_) => ErrorCode::BadResult,
        }
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = Self::from(JsError::new(&error.to_string()));
        if let Ok(code) = error.code().into_js() {
            // Setting a member of an object that was just made does not fail.
            let _ = Reflect::set(&thrown, &JsString::from("code"), &code);
        }
        thrown
    }
}

/// Reads an argument.
pub(crate) fn read<T>(what: &'static str, argument: &Ts<T>) -> Result<T, Error>
where
    T: Tsify + DeserializeOwned,
{
    from_value(argument.js_value()).map_err(|reason| Error::Argument { what, reason })
}

/// Hands a result over.
pub(crate) fn hand_over<T>(result: &T) -> Result<Ts<T>, Error>
where
    T: Tsify + Serialize,
{
    let value = result.into_js().map_err(Error::Result)?;
    Ok(Ts::new_unchecked(value.into()))
}

/// Hands a list over.
pub(crate) fn hand_all_over<T>(results: impl Iterator<Item = T>) -> Result<Vec<Ts<T>>, Error>
where
    T: Tsify + Serialize,
{
    results.map(|result| hand_over(&result)).collect()
}
