//! Between rows and what they mean.

use scope_rules::{EmptyAllowList, Grant, KeyType};
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
        let wire = grant.to_wire().map_err(StoreError::corrupt("grant"))?;
        let json =
            |names: &[String]| serde_json::to_string(names).map_err(StoreError::corrupt("grant"));
        Ok(Self {
            scopes: json(&wire.scopes)?,
            endpoints: match wire.endpoints.as_slice() {
                [] => None,
                endpoints => Some(json(endpoints)?),
            },
        })
    }
}

pub(super) fn grant(scopes: &str, endpoints: Option<&str>) -> Result<Grant, StoreError> {
    let names = |json: &str| {
        serde_json::from_str::<Vec<String>>(json).map_err(StoreError::corrupt("grant"))
    };
    let endpoints = endpoints.map(names).transpose()?;
    // An empty list would be read as any.
    if endpoints.as_ref().is_some_and(Vec::is_empty) {
        return Err(StoreError::corrupt("grant")(EmptyAllowList));
    }
    Grant::parse(&names(scopes)?, &endpoints.unwrap_or_default())
        .map_err(StoreError::corrupt("grant"))
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
        let key_type: KeyType = row.key_type.parse().map_err(StoreError::corrupt("key type"))?;
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
    use crate::in_full;

    #[test]
    fn any_and_none_are_never_confused() {
        let any = Grant::parse(&["Predict"], &[] as &[&str]).unwrap();
        let columns = GrantColumns::of(&any).unwrap();
        assert_eq!(columns.endpoints, None);
        assert_eq!(grant(&columns.scopes, None).unwrap(), any);
        assert_eq!(
            in_full(&grant(&columns.scopes, Some("[]")).unwrap_err()),
            format!("the database holds an unreadable grant: {EmptyAllowList}")
        );

        let one = Grant::parse(&["All"], &["/a/B"]).unwrap();
        let none = one.meet(&Grant::parse(&["All"], &["/a/C"]).unwrap());
        assert!(GrantColumns::of(&none).is_err());
    }
}
