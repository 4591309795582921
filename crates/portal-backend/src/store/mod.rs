//! The database: an SQLite file.
//!
//! A write takes the write lock when its transaction begins, so that what it read is still so when it writes.

mod apps;
mod collaborators;
mod keys;
mod rows;
mod seed;
mod sessions;

use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};

pub(crate) use apps::Standing;
pub(crate) use collaborators::{CollaboratorRecord, NewInvite};
pub(crate) use keys::{Created, Creation, KeyFilter, KeyRecord, NewKeyRecord, Update};

/// Most keys that a user may have for one app, and most personal access tokens.
pub(crate) const MAX_KEYS: i64 = 500;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder of the file cannot be made.
    #[error("cannot make the folder of the database file")]
    Folder(#[source] io::Error),
    /// The database refuses.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the database file cannot be migrated; it may belong to a newer version")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// What is stored is not what this version stores.
    #[error("the database holds an unreadable {what}")]
    Corrupt {
        /// What cannot be read.
        what: &'static str,
        /// Why not.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No new name or secret could be made.
    #[error("the system's random source failed")]
    NoRandomness(#[source] getrandom::Error),
}

impl StoreError {
    /// Says of an error that it is met in what is stored.
    fn corrupt<E>(what: &'static str) -> impl Fn(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        move |source| Self::Corrupt { what, source: Box::new(source) }
    }
}

impl From<crate::credential::NoRandomness> for StoreError {
    fn from(error: crate::credential::NoRandomness) -> Self {
        Self::NoRandomness(error.0)
    }
}

/// A part of a long list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

/// The database.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the file, or makes it, and brings its tables up to date.
    pub(crate) async fn open(file: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A key that was shown must not be lost with the power.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool })
    }

    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Writes what is pending, and closes the file.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::NoRandomness;
    use crate::in_full;

    #[test]
    fn a_failure_of_the_random_source_is_told_with_its_cause() {
        let cause = getrandom::Error::UNSUPPORTED;
        let expected = format!("the system's random source failed: {cause}");
        assert_eq!(in_full(&StoreError::from(NoRandomness(cause))), expected);
    }
}
