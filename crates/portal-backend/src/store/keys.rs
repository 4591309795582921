//! Keys.

use portal_api::{AppRef, Secret};
use scope_rules::{Grant, KeyType};
use sqlx::{Sqlite, Transaction};

use super::apps::{Standing, standing};
use super::rows::{GrantColumns, KeyRow};
use super::{MAX_KEYS, Page, Store, StoreError};
use crate::credential::{Digest, digest, last_four, new_handle, new_secret};

/// A key, without its secret.
#[derive(Debug, Clone)]
pub(crate) struct KeyRecord {
    pub(crate) handle: String,
    pub(crate) last_four: String,
    pub(crate) user_id: String,
    pub(crate) key_type: KeyType,
    pub(crate) description: String,
    /// The app it opens; a personal access token opens no particular one.
    pub(crate) app: Option<AppRef>,
    pub(crate) grant: Grant,
    pub(crate) created_at: i64,
    pub(crate) expires_at: Option<i64>,
}

impl KeyRecord {
    pub(crate) fn has_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// A key to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewKeyRecord {
    pub(crate) key_type: KeyType,
    pub(crate) description: String,
    pub(crate) app: Option<AppRef>,
    pub(crate) grant: Grant,
    pub(crate) expires_at: Option<i64>,
}

/// Keys to be made together, once.
#[derive(Debug)]
pub(crate) struct Creation<'a> {
    pub(crate) user_id: &'a str,
    pub(crate) keys: &'a [NewKeyRecord],
    /// What tells a repeated request from a new one, and the request's digest.
    pub(crate) once: Option<(&'a str, Digest)>,
    pub(crate) now: i64,
}

/// What came of a [`Creation`].
#[derive(Debug)]
pub(crate) enum Created {
    /// The keys were made.
    Made(Vec<(KeyRecord, Secret)>),
    /// They had been made before, by the same request.
    Before(Vec<KeyRecord>),
    /// They had been made before, and one has been deleted since.
    Gone,
    /// Another request was made under the same idempotency key.
    OtherRequest,
    /// The app of that key takes no more.
    Full(usize),
    /// The app of that key is not the user's any more.
    NoApp(usize),
}

/// Which keys are wanted.
#[derive(Debug, Default)]
pub(crate) struct KeyFilter {
    pub(crate) app: Option<AppRef>,
    pub(crate) key_type: Option<KeyType>,
    /// Only keys that have not expired by then.
    pub(crate) valid_at: Option<i64>,
    /// Only keys whose grant includes all of these.
    pub(crate) scopes: Vec<String>,
    /// Only keys whose grant includes all of these.
    pub(crate) endpoints: Vec<String>,
}

/// A key to be changed, and what its app is to its user.
#[derive(Debug)]
pub(crate) struct Update<'a> {
    pub(crate) key: &'a KeyRecord,
    pub(crate) standing: Option<&'a Standing>,
}

impl Store {
    /// What a request did when it was made before; nothing if it was not.
    pub(crate) async fn created_before(
        &self,
        user_id: &str,
        (idempotency_key, request): (&str, Digest),
    ) -> Result<Option<Created>, StoreError> {
        let mut tx = self.pool.begin().await?;
        made_before(&mut tx, user_id, idempotency_key, &request).await
    }

    /// Makes all the keys, or none.
    pub(crate) async fn create_keys(&self, creation: &Creation<'_>) -> Result<Created, StoreError> {
        let Creation { user_id, keys, once, now } = creation;
        let mut tx = self.write().await?;
        if let Some((idempotency_key, request)) = once
            && let Some(before) = made_before(&mut tx, user_id, idempotency_key, request).await?
        {
            return Ok(before);
        }
        let mut made = Vec::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            if let Some(app) = &key.app
                && standing(&mut *tx, app, user_id).await?.is_none()
            {
                return Ok(Created::NoApp(place));
            }
            if count(&mut tx, user_id, key.app.as_ref()).await? >= MAX_KEYS {
                return Ok(Created::Full(place));
            }
            let secret = new_secret(key.key_type)?;
            let record = KeyRecord {
                handle: new_handle()?,
                last_four: last_four(&secret),
                user_id: (*user_id).to_owned(),
                key_type: key.key_type,
                description: key.description.clone(),
                app: key.app.clone(),
                grant: key.grant.clone(),
                created_at: *now,
                expires_at: key.expires_at,
            };
            insert(&mut tx, &record, digest(secret.expose())).await?;
            made.push((record, secret));
        }
        if let Some((idempotency_key, request)) = once {
            let handles: Vec<_> = made.iter().map(|(key, _)| key.handle.as_str()).collect();
            let handles = serde_json::to_string(&handles)
                .map_err(|_| StoreError::Corrupt { what: "list of keys" })?;
            sqlx::query(
                "INSERT INTO creations (user_id, idempotency_key, request_hash, handles, created_at)
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(user_id)
            .bind(idempotency_key)
            .bind(request.as_slice())
            .bind(handles)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(Created::Made(made))
    }

    /// The user's keys that pass the filter, newest first.
    pub(crate) async fn keys(
        &self,
        user_id: &str,
        filter: &KeyFilter,
        page: Page,
    ) -> Result<Vec<KeyRecord>, StoreError> {
        let json = |names: &[String]| {
            serde_json::to_string(names).map_err(|_| StoreError::Corrupt { what: "list of names" })
        };
        let rows: Vec<KeyRow> = sqlx::query_as(
            "SELECT * FROM keys
             WHERE user_id = ?1
                 AND (?2 IS NULL OR (owner_id = ?2 AND app_id = ?3))
                 AND (?4 IS NULL OR key_type = ?4)
                 AND (?5 IS NULL OR expires_at IS NULL OR expires_at > ?5)
                 AND ('All' IN (SELECT value FROM json_each(scopes)) OR NOT EXISTS (
                     SELECT 1 FROM json_each(?6) WHERE value NOT IN (SELECT value FROM json_each(scopes))))
                 AND (endpoints IS NULL OR NOT EXISTS (
                     SELECT 1 FROM json_each(?7) WHERE value NOT IN (SELECT value FROM json_each(endpoints))))
             ORDER BY created_at DESC, handle LIMIT ?8 OFFSET ?9",
        )
        .bind(user_id)
        .bind(filter.app.as_ref().map(|app| &app.user_id))
        .bind(filter.app.as_ref().map(|app| &app.id))
        .bind(filter.key_type.map(KeyType::as_str))
        .bind(filter.valid_at)
        .bind(json(&filter.scopes)?)
        .bind(json(&filter.endpoints)?)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(KeyRecord::try_from).collect()
    }

    /// The key of that handle, whoever's it is.
    pub(crate) async fn key(&self, handle: &str) -> Result<Option<KeyRecord>, StoreError> {
        let row: Option<KeyRow> = sqlx::query_as("SELECT * FROM keys WHERE handle = ?")
            .bind(handle)
            .fetch_optional(&self.pool)
            .await?;
        row.map(KeyRecord::try_from).transpose()
    }

    /// The key of that secret.
    pub(crate) async fn key_by_secret(
        &self,
        secret: &Digest,
    ) -> Result<Option<KeyRecord>, StoreError> {
        let row: Option<KeyRow> = sqlx::query_as("SELECT * FROM keys WHERE secret_hash = ?")
            .bind(secret.as_slice())
            .fetch_optional(&self.pool)
            .await?;
        row.map(KeyRecord::try_from).transpose()
    }

    /// Changes all the keys, or none: `change` is shown each and answers what it is to be from now on. Nothing is
    /// answered if one of the handles is none of the user's.
    pub(crate) async fn update_keys<E: From<StoreError>>(
        &self,
        user_id: &str,
        handles: &[String],
        mut change: impl FnMut(usize, Update<'_>) -> Result<KeyRecord, E>,
    ) -> Result<Option<Vec<KeyRecord>>, E> {
        let mut tx = self.write().await?;
        let mut changed = Vec::with_capacity(handles.len());
        for (place, handle) in handles.iter().enumerate() {
            let Some(key) = own_key(&mut tx, user_id, handle).await? else { return Ok(None) };
            let standing = match &key.app {
                None => None,
                Some(app) => standing(&mut *tx, app, user_id).await?,
            };
            let key = change(place, Update { key: &key, standing: standing.as_ref() })?;
            let columns = GrantColumns::of(&key.grant)?;
            sqlx::query("UPDATE keys SET description = ?, scopes = ?, endpoints = ?, expires_at = ? WHERE handle = ?")
                .bind(&key.description)
                .bind(columns.scopes)
                .bind(columns.endpoints)
                .bind(key.expires_at)
                .bind(handle)
                .execute(&mut *tx)
                .await
                .map_err(StoreError::from)?;
            changed.push(key);
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Some(changed))
    }

    /// Deletes a key of the user's, and answers whether there was one.
    pub(crate) async fn delete_key(&self, user_id: &str, handle: &str) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM keys WHERE user_id = ? AND handle = ?")
            .bind(user_id)
            .bind(handle)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected() > 0)
    }
}

async fn own_key(
    tx: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    handle: &str,
) -> Result<Option<KeyRecord>, StoreError> {
    let row: Option<KeyRow> = sqlx::query_as("SELECT * FROM keys WHERE user_id = ? AND handle = ?")
        .bind(user_id)
        .bind(handle)
        .fetch_optional(&mut **tx)
        .await?;
    row.map(KeyRecord::try_from).transpose()
}

async fn made_before(
    tx: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    idempotency_key: &str,
    request: &Digest,
) -> Result<Option<Created>, StoreError> {
    let row: Option<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT request_hash, handles FROM creations WHERE user_id = ? AND idempotency_key = ?",
    )
    .bind(user_id)
    .bind(idempotency_key)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((earlier, handles)) = row else { return Ok(None) };
    if earlier != request {
        return Ok(Some(Created::OtherRequest));
    }
    let handles: Vec<String> =
        serde_json::from_str(&handles).map_err(|_| StoreError::Corrupt { what: "list of keys" })?;
    let mut keys = Vec::with_capacity(handles.len());
    for handle in handles {
        match own_key(tx, user_id, &handle).await? {
            Some(key) => keys.push(key),
            None => return Ok(Some(Created::Gone)),
        }
    }
    Ok(Some(Created::Before(keys)))
}

async fn count(
    tx: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    app: Option<&AppRef>,
) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM keys WHERE user_id = ? AND owner_id IS ? AND app_id IS ?",
    )
    .bind(user_id)
    .bind(app.map(|app| &app.user_id))
    .bind(app.map(|app| &app.id))
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

pub(super) async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    key: &KeyRecord,
    secret: Digest,
) -> Result<(), StoreError> {
    let columns = GrantColumns::of(&key.grant)?;
    sqlx::query(
        "INSERT INTO keys (handle, secret_hash, last_four, user_id, key_type, description, owner_id, app_id,
             scopes, endpoints, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&key.handle)
    .bind(secret.as_slice())
    .bind(&key.last_four)
    .bind(&key.user_id)
    .bind(key.key_type.as_str())
    .bind(&key.description)
    .bind(key.app.as_ref().map(|app| &app.user_id))
    .bind(key.app.as_ref().map(|app| &app.id))
    .bind(columns.scopes)
    .bind(columns.endpoints)
    .bind(key.created_at)
    .bind(key.expires_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
