//! Puts demo data into a new database.

use portal_api::AppRef;
use scope_rules::{Endpoints, Grant, KeyType, Operations};

use super::keys::{KeyRecord, insert};
use super::rows::GrantColumns;
use super::{Store, StoreError};
use crate::credential::{digest, last_four, new_collaborator_id, new_handle, new_secret};
use crate::plan::Offers;
use crate::seed::{Seed, SeedKey};

const DAY_MS: i64 = 86_400_000;

impl Store {
    /// Fills a database that knows nobody yet, and answers whether it did.
    pub(crate) async fn fill(
        &self,
        seed: &Seed,
        offers: &Offers,
        now: i64,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let (known,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM users").fetch_one(&mut *tx).await?;
        if known > 0 {
            return Ok(false);
        }
        let offers = seed.fit_to_plan.then_some(offers);
        let ago = |days: u16| now - i64::from(days) * DAY_MS;
        for user in &seed.users {
            sqlx::query("INSERT INTO users (id, name, created_at) VALUES (?, ?, ?)")
                .bind(&user.id)
                .bind(&user.name)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        }
        for app in &seed.apps {
            sqlx::query("INSERT INTO apps (owner_id, id, name, description, created_at) VALUES (?, ?, ?, ?, ?)")
                .bind(&app.owner)
                .bind(&app.id)
                .bind(&app.name)
                .bind(&app.description)
                .bind(ago(app.age_days))
                .execute(&mut *tx)
                .await?;
        }
        for invite in &seed.invites {
            let key_type = KeyType::PersonalAccessToken;
            let Some(grant) = offered(&invite.scopes, &invite.endpoints, offers, key_type)? else {
                continue;
            };
            let columns = GrantColumns::of(&grant)?;
            sqlx::query(
                "INSERT INTO collaborators (id, owner_id, app_id, user_id, scopes, endpoints, created_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(new_collaborator_id()?)
            .bind(&invite.owner)
            .bind(&invite.app)
            .bind(&invite.user)
            .bind(columns.scopes)
            .bind(columns.endpoints)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        }
        for key in &seed.keys {
            let Some(record) = record(key, offers, ago(key.age_days), now)? else { continue };
            let secret = new_secret(record.key_type)?;
            let record = KeyRecord { last_four: last_four(&secret), ..record };
            insert(&mut tx, &record, digest(secret.expose())).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

fn record(
    key: &SeedKey,
    offers: Option<&Offers>,
    created_at: i64,
    now: i64,
) -> Result<Option<KeyRecord>, StoreError> {
    let app =
        (!key.app.is_empty()).then(|| AppRef { id: key.app.clone(), user_id: key.owner.clone() });
    let key_type =
        if app.is_some() { KeyType::AppSpecificKey } else { KeyType::PersonalAccessToken };
    let grant = offered(&key.scopes, &key.endpoints, offers, key_type)?;
    grant
        .map(|grant| {
            Ok(KeyRecord {
                handle: new_handle()?,
                last_four: String::new(),
                user_id: key.user.clone(),
                key_type,
                description: key.description.clone(),
                app,
                grant,
                created_at,
                expires_at: key.expires_in_days.map(|days| now + i64::from(days) * DAY_MS),
            })
        })
        .transpose()
}

/// A grant; with a plan, what the plan offers of it, unless that restricts endpoints to none.
fn offered(
    scopes: &[String],
    endpoints: &[String],
    offers: Option<&Offers>,
    key_type: KeyType,
) -> Result<Option<Grant>, StoreError> {
    let mut grant = Grant::parse(scopes, endpoints).map_err(StoreError::corrupt("grant"))?;
    let Some(offers) = offers else { return Ok(Some(grant)) };
    let catalog = offers.catalog(key_type);
    if let Operations::Only(names) = &mut grant.operations {
        let offered = |name: &str| {
            catalog
                .find_operation(name)
                .ok()
                .and_then(|id| catalog.operation(id))
                .is_some_and(|each| each.offered())
        };
        names.retain(|name| offered(name));
    }
    if let Endpoints::Only(names) = &mut grant.endpoints {
        let offered = |name: &str| {
            catalog
                .find_endpoint(name)
                .ok()
                .and_then(|id| catalog.endpoint(id))
                .is_some_and(|each| each.offered())
        };
        names.retain(|name| offered(name));
    }
    Ok(grant.to_wire().is_ok().then_some(grant))
}
