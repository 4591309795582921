//! Sessions: who is signed in.

use portal_api::Secret;

use super::{Store, StoreError};
use crate::credential::{digest, new_session_token};

impl Store {
    /// Signs a user in, and answers the token that the cookie is to hold.
    pub(crate) async fn sign_in(
        &self,
        user_id: &str,
        demo: bool,
        now: i64,
        expires_at: i64,
    ) -> Result<Secret, StoreError> {
        let token = new_session_token()?;
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (token_hash, user_id, demo, expires_at) VALUES (?, ?, ?, ?)",
        )
        .bind(digest(token.expose()).as_slice())
        .bind(user_id)
        .bind(demo)
        .bind(expires_at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Whose session it is, and whether it is a demo one; nothing if there is no such session any more.
    pub(crate) async fn session(
        &self,
        token: &str,
        now: i64,
    ) -> Result<Option<(String, bool)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT user_id, demo FROM sessions WHERE token_hash = ? AND expires_at > ?",
        )
        .bind(digest(token).as_slice())
        .bind(now)
        .fetch_optional(&self.pool)
        .await?)
    }
}
