//! Keys.

use portal_api::{AppRef, Secret};
use scope_rules::{Grant, KeyType};
use sqlx::{Sqlite, Transaction};

use super::apps::{Standing, standing};
use super::rows::{GrantColumns, KeyRow};
use super::{MAX_KEYS, Page, Store, StoreError};
use crate::credential::{Digest, digest, last_four, new_handle, new_secret};

/// How long a repeated request is known for one: a day. Whoever lost an answer asks again long before.
const CREATION_KNOWN_MS: i64 = 86_400_000;

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
        now: i64,
    ) -> Result<Option<Created>, StoreError> {
        let mut tx = self.pool.begin().await?;
        made_before(&mut tx, user_id, (idempotency_key, request), now).await
    }

    /// Makes all the keys, or none: `check` is shown each, with what its app is to its user at that moment, and may
    /// refuse.
    pub(crate) async fn create_keys<E: From<StoreError>>(
        &self,
        creation: &Creation<'_>,
        mut check: impl FnMut(usize, &NewKeyRecord, Option<&Standing>) -> Result<(), E>,
    ) -> Result<Created, E> {
        let Creation { user_id, keys, once, now } = creation;
        let mut tx = self.write().await?;
        if let Some(once) = once {
            forget_old_creations(&mut tx, *now).await?;
            if let Some(before) = made_before(&mut tx, user_id, *once, *now).await? {
                return Ok(before);
            }
        }
        let mut made = Vec::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            let standing = match &key.app {
                None => None,
                Some(app) => match standing(&mut *tx, app, user_id).await? {
                    None => return Ok(Created::NoApp(place)),
                    found => found,
                },
            };
            check(place, key, standing.as_ref())?;
            if count(&mut tx, user_id, key.app.as_ref()).await? >= MAX_KEYS {
                return Ok(Created::Full(place));
            }
            let secret = new_secret(key.key_type).map_err(StoreError::from)?;
            let record = KeyRecord {
                handle: new_handle().map_err(StoreError::from)?,
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
        if let Some(once) = once {
            remember(&mut tx, user_id, *once, &made, *now).await?;
        }
        tx.commit().await.map_err(StoreError::from)?;
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
            serde_json::to_string(names).map_err(StoreError::corrupt("list of names"))
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

/// Deletes what nobody asks for any more.
async fn forget_old_creations(
    tx: &mut Transaction<'static, Sqlite>,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM creations WHERE created_at <= ?")
        .bind(now - CREATION_KNOWN_MS)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes what a request has made, for when it is repeated.
async fn remember(
    tx: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    (idempotency_key, request): (&str, Digest),
    made: &[(KeyRecord, Secret)],
    now: i64,
) -> Result<(), StoreError> {
    let handles: Vec<_> = made.iter().map(|(key, _)| key.handle.as_str()).collect();
    let handles = serde_json::to_string(&handles).map_err(StoreError::corrupt("list of keys"))?;
    sqlx::query(
        "INSERT INTO creations (user_id, idempotency_key, request_hash, handles, created_at)
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(user_id)
    .bind(idempotency_key)
    .bind(request.as_slice())
    .bind(handles)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn made_before(
    tx: &mut Transaction<'static, Sqlite>,
    user_id: &str,
    (idempotency_key, request): (&str, Digest),
    now: i64,
) -> Result<Option<Created>, StoreError> {
    let row: Option<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT request_hash, handles FROM creations
         WHERE user_id = ? AND idempotency_key = ? AND created_at > ?",
    )
    .bind(user_id)
    .bind(idempotency_key)
    .bind(now - CREATION_KNOWN_MS)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((earlier, handles)) = row else { return Ok(None) };
    if earlier != request {
        return Ok(Some(Created::OtherRequest));
    }
    let handles: Vec<String> =
        serde_json::from_str(&handles).map_err(StoreError::corrupt("list of keys"))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Offers, PlanName};
    use crate::seed::Seed;

    const AMARA: &str = "amara-okafor";

    async fn store(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(&folder.path().join("portal.sqlite")).await.unwrap();
        let offers = Offers::load(PlanName::Enterprise, None).unwrap();
        store.fill(&Seed::demo().unwrap(), &offers, 0).await.unwrap();
        store
    }

    fn draft(owner: &str, app: &str) -> NewKeyRecord {
        NewKeyRecord {
            key_type: KeyType::AppSpecificKey,
            description: "A test".to_owned(),
            app: Some(AppRef { id: app.to_owned(), user_id: owner.to_owned() }),
            grant: Grant::parse(&["Inputs:Get"], &[] as &[&str]).unwrap(),
            expires_at: None,
        }
    }

    #[tokio::test]
    async fn creations_are_forgotten_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let keys = [draft(AMARA, "crop-health")];
        for (name, now, known) in
            [("a", 0, 1), ("b", 1, 2), ("c", CREATION_KNOWN_MS, 2), ("d", CREATION_KNOWN_MS * 2, 1)]
        {
            let once = Some((name, digest(name)));
            let creation = Creation { user_id: AMARA, keys: &keys, once, now };
            store.create_keys(&creation, |_, _, _| Ok::<_, StoreError>(())).await.unwrap();
            let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM creations")
                .fetch_one(&store.pool)
                .await
                .unwrap();
            assert_eq!(count, known, "{name}");
        }
    }

    #[tokio::test]
    async fn a_key_is_checked_against_the_invite_that_holds_when_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let keys = [draft("mateo-rivas", "wildfire-lookout")];
        let creation = Creation { user_id: AMARA, keys: &keys, once: None, now: 0 };
        let app = keys[0].app.clone().unwrap();
        let invited = async |scope: &str| {
            let page = Page { offset: 0, limit: 1 };
            let id = store.collaborators(&app, page).await.unwrap()[0].id.clone();
            let grant = Grant::parse(&[scope], &[] as &[&str]).unwrap();
            let change = |_, _: &_, _: Option<&Standing>| Ok::<_, StoreError>(grant.clone());
            store.change_invites(&app, "mateo-rivas", &[id], change).await.unwrap();
            grant
        };
        let made = async || {
            let page = Page { offset: 0, limit: 1_000 };
            let filter = KeyFilter { app: Some(app.clone()), ..KeyFilter::default() };
            store.keys(AMARA, &filter, page).await.unwrap().len()
        };
        let before = made().await;
        for scope in ["Inputs:Get", "Models:Get"] {
            let expected = invited(scope).await;
            let mut seen = None;
            let refuse = |_, _: &_, standing: Option<&Standing>| {
                seen = standing.and_then(Standing::invite).cloned();
                Err(StoreError::NoRandomness(getrandom::Error::UNSUPPORTED))
            };
            store.create_keys(&creation, refuse).await.unwrap_err();
            assert_eq!(seen, Some(expected));
            assert_eq!(made().await, before, "what is refused is not written");
        }
    }
}
