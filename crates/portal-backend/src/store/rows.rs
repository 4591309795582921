//! Between rows and what they mean.

use scope_rules::{Grant, KeyType};
use sqlx::FromRow;

use super::StoreError;
use super::keys::KeyRecord;

/// A grant as two columns.
pub(super) struct GrantColumns {
    pub(super) scopes: String,
    /// Absent is any.
    pub(super) endpoints: Option<String>,
}

impl GrantColumns {
    /// A grant whose endpoints are restricted to none has no stored form.
    pub(super) fn of(grant: &Grant) -> Result<Self, StoreError> {
        let unwritable = |_| StoreError::Corrupt { what: "grant" };
        let wire = grant.to_wire().map_err(|_| StoreError::Corrupt { what: "grant" })?;
        Ok(Self {
            scopes: serde_json::to_string(&wire.scopes).map_err(unwritable)?,
            endpoints: match wire.endpoints.as_slice() {
                [] => None,
                endpoints => Some(serde_json::to_string(endpoints).map_err(unwritable)?),
            },
        })
    }
}

pub(super) fn grant(scopes: &str, endpoints: Option<&str>) -> Result<Grant, StoreError> {
    let corrupt = || StoreError::Corrupt { what: "grant" };
    let names = |json: &str| serde_json::from_str::<Vec<String>>(json).map_err(|_| corrupt());
    let endpoints = match endpoints {
        None => Vec::new(),
        // An empty list would be read as any.
        Some(json) => Some(names(json)?).filter(|names| !names.is_empty()).ok_or_else(corrupt)?,
    };
    Grant::parse(&names(scopes)?, &endpoints).map_err(|_| corrupt())
}

#[derive(FromRow)]
pub(super) struct KeyRow {
    handle: String,
    last_four: String,
    user_id: String,
    key_type: String,
    description: String,
    owner_id: Option<String>,
    app_id: Option<String>,
    scopes: String,
    endpoints: Option<String>,
    created_at: i64,
    expires_at: Option<i64>,
}

impl TryFrom<KeyRow> for KeyRecord {
    type Error = StoreError;

    fn try_from(row: KeyRow) -> Result<Self, StoreError> {
        let key_type: KeyType =
            row.key_type.parse().map_err(|_| StoreError::Corrupt { what: "key type" })?;
        Ok(Self {
            grant: grant(&row.scopes, row.endpoints.as_deref())?,
            handle: row.handle,
            last_four: row.last_four,
            user_id: row.user_id,
            key_type,
            description: row.description,
            app: row
                .owner_id
                .zip(row.app_id)
                .map(|(user_id, id)| portal_api::AppRef { id, user_id }),
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_and_none_are_never_confused() {
        let any = Grant::parse(&["Predict"], &[] as &[&str]).unwrap();
        let columns = GrantColumns::of(&any).unwrap();
        assert_eq!(columns.endpoints, None);
        assert_eq!(grant(&columns.scopes, None).unwrap(), any);
        assert!(grant(&columns.scopes, Some("[]")).is_err());

        let one = Grant::parse(&["All"], &["/a/B"]).unwrap();
        let none = one.meet(&Grant::parse(&["All"], &["/a/C"]).unwrap());
        assert!(GrantColumns::of(&none).is_err());
    }
}
