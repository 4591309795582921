//! Users and apps.

use portal_api::{App, AppRef, User};
use scope_rules::Grant;
use sqlx::{FromRow, Sqlite};

use super::rows::grant;
use super::{Page, Store, StoreError};
use crate::clock::rfc3339;

/// What an app is to a user.
#[derive(Debug, Clone)]
pub(crate) enum Standing {
    /// It is the user's own.
    Owner,
    /// Its owner shared it, on these terms.
    Collaborator(Box<Grant>),
}

impl Standing {
    /// What bounds the user's credentials on the app, if anything does.
    pub(crate) fn invite(&self) -> Option<&Grant> {
        match self {
            Self::Owner => None,
            Self::Collaborator(invite) => Some(invite),
        }
    }
}

#[derive(FromRow)]
struct AppRow {
    owner_id: String,
    id: String,
    name: String,
    description: String,
    created_at: i64,
}

impl From<AppRow> for App {
    fn from(row: AppRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            user_id: row.owner_id,
            description: row.description,
            created_at: rfc3339(row.created_at),
        }
    }
}

/// What the user's standing towards an app is; nothing if there is no such app for the user.
pub(super) async fn standing<'c>(
    db: impl sqlx::Executor<'c, Database = Sqlite>,
    app: &AppRef,
    user_id: &str,
) -> Result<Option<Standing>, StoreError> {
    let row: Option<(Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT collaborators.scopes, collaborators.endpoints FROM apps
         LEFT JOIN collaborators ON collaborators.owner_id = apps.owner_id AND collaborators.app_id = apps.id
             AND collaborators.user_id = ?3
         WHERE apps.owner_id = ?1 AND apps.id = ?2",
    )
    .bind(&app.user_id)
    .bind(&app.id)
    .bind(user_id)
    .fetch_optional(db)
    .await?;
    Ok(match row {
        Some(_) if app.user_id == user_id => Some(Standing::Owner),
        Some((Some(scopes), endpoints)) => {
            Some(Standing::Collaborator(Box::new(grant(&scopes, endpoints.as_deref())?)))
        }
        Some((None, _)) | None => None,
    })
}

impl Store {
    pub(crate) async fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT id, name FROM users WHERE id = ?")
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(id, name)| User { id, name }))
    }

    /// The user's own apps, in order of id.
    pub(crate) async fn apps(&self, owner_id: &str, page: Page) -> Result<Vec<App>, StoreError> {
        let rows: Vec<AppRow> = sqlx::query_as(
            "SELECT owner_id, id, name, description, created_at FROM apps
             WHERE owner_id = ? ORDER BY id LIMIT ? OFFSET ?",
        )
        .bind(owner_id)
        .bind(page.limit)
        .bind(page.offset)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(App::from).collect())
    }

    pub(crate) async fn app(&self, app: &AppRef) -> Result<Option<App>, StoreError> {
        let row: Option<AppRow> = sqlx::query_as(
            "SELECT owner_id, id, name, description, created_at FROM apps WHERE owner_id = ? AND id = ?",
        )
        .bind(&app.user_id)
        .bind(&app.id)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(App::from))
    }

    /// What the user's standing towards an app is at present; nothing if there is no such app for the user.
    pub(crate) async fn standing(
        &self,
        app: &AppRef,
        user_id: &str,
    ) -> Result<Option<Standing>, StoreError> {
        standing(&self.pool, app, user_id).await
    }
}
