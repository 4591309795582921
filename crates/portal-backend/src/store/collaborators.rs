//! Invites: which app is shared with whom, and on what terms.

use portal_api::{App, AppRef, Collaboration, User};
use scope_rules::Grant;
use sqlx::FromRow;

use super::apps::{Standing, standing};
use super::rows::{GrantColumns, grant};
use super::{Page, Store, StoreError};
use crate::clock::rfc3339;
use crate::credential::new_collaborator_id;

/// An invite.
#[derive(Debug, Clone)]
pub(crate) struct CollaboratorRecord {
    pub(crate) id: String,
    pub(crate) user: User,
    pub(crate) grant: Grant,
    pub(crate) created_at: i64,
}

/// An invite to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewInvite {
    pub(crate) user_id: String,
    pub(crate) grant: Grant,
}

#[derive(FromRow)]
struct CollaboratorRow {
    id: String,
    user_id: String,
    user_name: String,
    scopes: String,
    endpoints: Option<String>,
    created_at: i64,
}

impl TryFrom<CollaboratorRow> for CollaboratorRecord {
    type Error = StoreError;

    fn try_from(row: CollaboratorRow) -> Result<Self, StoreError> {
        Ok(Self {
            grant: grant(&row.scopes, row.endpoints.as_deref())?,
            id: row.id,
            user: User { id: row.user_id, name: row.user_name },
            created_at: row.created_at,
        })
    }
}

#[derive(FromRow)]
struct CollaborationRow {
    app_id: String,
    app_name: String,
    app_description: String,
    app_created_at: i64,
    owner_id: String,
    owner_name: String,
    scopes: String,
    endpoints: Option<String>,
    created_at: i64,
}

impl TryFrom<CollaborationRow> for Collaboration {
    type Error = StoreError;

    fn try_from(row: CollaborationRow) -> Result<Self, StoreError> {
        let wire = grant(&row.scopes, row.endpoints.as_deref())?
            .to_wire()
            .map_err(StoreError::corrupt("grant"))?;
        Ok(Self {
            app: App {
                id: row.app_id,
                name: row.app_name,
                user_id: row.owner_id.clone(),
                description: row.app_description,
                created_at: rfc3339(row.app_created_at),
            },
            app_owner: User { id: row.owner_id, name: row.owner_name },
            scopes: wire.scopes,
            endpoints: wire.endpoints,
            created_at: rfc3339(row.created_at),
        })
    }
}

impl Store {
    /// What others share with the user, in order of owner and app.
    pub(crate) async fn collaborations(
        &self,
        user_id: &str,
        page: Page,
    ) -> Result<Vec<Collaboration>, StoreError> {
        let rows: Vec<CollaborationRow> = sqlx::query_as(
            "SELECT apps.id AS app_id, apps.name AS app_name, apps.description AS app_description,
                 apps.created_at AS app_created_at, users.id AS owner_id, users.name AS owner_name,
                 collaborators.scopes, collaborators.endpoints, collaborators.created_at
             FROM collaborators
             JOIN apps ON apps.owner_id = collaborators.owner_id AND apps.id = collaborators.app_id
             JOIN users ON users.id = collaborators.owner_id
             WHERE collaborators.user_id = ? ORDER BY apps.owner_id, apps.id LIMIT ? OFFSET ?",
        )
        .bind(user_id)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Collaboration::try_from).collect()
    }

    /// With whom an app is shared, in order of user.
    pub(crate) async fn collaborators(
        &self,
        app: &AppRef,
        page: Page,
    ) -> Result<Vec<CollaboratorRecord>, StoreError> {
        let rows: Vec<CollaboratorRow> = sqlx::query_as(
            "SELECT collaborators.id, users.id AS user_id, users.name AS user_name,
                 collaborators.scopes, collaborators.endpoints, collaborators.created_at
             FROM collaborators JOIN users ON users.id = collaborators.user_id
             WHERE collaborators.owner_id = ? AND collaborators.app_id = ?
             ORDER BY collaborators.user_id LIMIT ? OFFSET ?",
        )
        .bind(&app.user_id)
        .bind(&app.id)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(CollaboratorRecord::try_from).collect()
    }

    /// Makes all the invites, or none. `check` is shown what the app is to the giver at that moment, and may refuse.
    /// Nothing is answered if one of the users has an invite to the app already.
    pub(crate) async fn invite<E: From<StoreError>>(
        &self,
        app: &AppRef,
        giver_id: &str,
        invites: &[NewInvite],
        now: i64,
        check: impl FnOnce(Option<&Standing>) -> Result<(), E>,
    ) -> Result<Option<Vec<CollaboratorRecord>>, E> {
        let mut tx = self.write().await?;
        check(standing(&mut *tx, app, giver_id).await?.as_ref())?;
        let mut made = Vec::with_capacity(invites.len());
        for invite in invites {
            let id = new_collaborator_id().map_err(StoreError::from)?;
            let columns = GrantColumns::of(&invite.grant)?;
            let inserted = sqlx::query(
                "INSERT INTO collaborators (id, owner_id, app_id, user_id, scopes, endpoints, created_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner_id, app_id, user_id) DO NOTHING",
            )
            .bind(&id)
            .bind(&app.user_id)
            .bind(&app.id)
            .bind(&invite.user_id)
            .bind(columns.scopes)
            .bind(columns.endpoints)
            .bind(now)
            .execute(&mut *tx)
            .await
            .map_err(StoreError::from)?;
            if inserted.rows_affected() == 0 {
                return Ok(None);
            }
            let (name,): (String,) = sqlx::query_as("SELECT name FROM users WHERE id = ?")
                .bind(&invite.user_id)
                .fetch_one(&mut *tx)
                .await
                .map_err(StoreError::from)?;
            made.push(CollaboratorRecord {
                id,
                user: User { id: invite.user_id.clone(), name },
                grant: invite.grant.clone(),
                created_at: now,
            });
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Some(made))
    }

    /// Changes all the invites, or none: `change` is shown each, with what the app is to the giver at that moment, and
    /// answers what it is to give from now on. Nothing is answered if one of the ids is none of the app's.
    pub(crate) async fn change_invites<E: From<StoreError>>(
        &self,
        app: &AppRef,
        giver_id: &str,
        ids: &[String],
        mut change: impl FnMut(usize, &CollaboratorRecord, Option<&Standing>) -> Result<Grant, E>,
    ) -> Result<Option<Vec<CollaboratorRecord>>, E> {
        let mut tx = self.write().await?;
        let standing = standing(&mut *tx, app, giver_id).await?;
        let mut changed = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            let row: Option<CollaboratorRow> = sqlx::query_as(
                "SELECT collaborators.id, users.id AS user_id, users.name AS user_name,
                     collaborators.scopes, collaborators.endpoints, collaborators.created_at
                 FROM collaborators JOIN users ON users.id = collaborators.user_id
                 WHERE collaborators.owner_id = ? AND collaborators.app_id = ? AND collaborators.id = ?",
            )
            .bind(&app.user_id)
            .bind(&app.id)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await
            .map_err(StoreError::from)?;
            let Some(row) = row else { return Ok(None) };
            let mut record = CollaboratorRecord::try_from(row)?;
            record.grant = change(place, &record, standing.as_ref())?;
            let columns = GrantColumns::of(&record.grant)?;
            sqlx::query("UPDATE collaborators SET scopes = ?, endpoints = ? WHERE id = ?")
                .bind(columns.scopes)
                .bind(columns.endpoints)
                .bind(id)
                .execute(&mut *tx)
                .await
                .map_err(StoreError::from)?;
            changed.push(record);
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Some(changed))
    }

    /// Ends all the invites, or none, and deletes the keys that the collaborators have for the app: they could do
    /// nothing any more, and must not come back to life with a later invite. Answers whether all the ids were the
    /// app's.
    pub(crate) async fn end_invites(
        &self,
        app: &AppRef,
        ids: &[String],
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        for id in ids {
            let ended: Option<(String,)> = sqlx::query_as(
                "DELETE FROM collaborators WHERE owner_id = ? AND app_id = ? AND id = ? RETURNING user_id",
            )
            .bind(&app.user_id)
            .bind(&app.id)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
            let Some((user_id,)) = ended else { return Ok(false) };
            sqlx::query("DELETE FROM keys WHERE user_id = ? AND owner_id = ? AND app_id = ?")
                .bind(user_id)
                .bind(&app.user_id)
                .bind(&app.id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
