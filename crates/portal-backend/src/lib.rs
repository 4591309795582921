//! The backend that keeps the keys.
//!
//! It speaks the REST form of the platform's key, scope, app and collaboration calls, decides every one of them by the
//! rules that the page predicts with, answers the same decision to services that ask, and serves the built page.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `credential` | the form of secrets and handles |
//! | `authority` | who may do what |
//! | `draft` | what a new or changed key must be like |
//! | [`plan`] | what the plans offer |
//! | [`seed`] | demo data |
//! | `store` | the database |
//! | `http` | the calls |
//! | `serve` | the connections that they come by |
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use portal_backend::{Config, start};
//!
//! let backend = start(Config::new("data/portal.sqlite")).await?;
//! println!("listening on http://{}", backend.address());
//! backend.stop().await?;
//! # Ok(())
//! # }
//! ```

mod authority;
pub mod clock;
pub mod config;
mod credential;
mod draft;
mod http;
pub mod plan;
pub mod seed;
mod serve;
mod store;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use portal_api::Secret;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinError, JoinHandle};

pub use config::Config;
pub use plan::PlanName;
pub use seed::Seed;

use crate::http::Portal;
use crate::plan::{Offers, PlanError};
use crate::store::{Store, StoreError};

/// Why the backend does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The plan is not usable.
    #[error("the plan cannot be served")]
    Plan(#[from] PlanError),
    /// The database is not usable.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// The address is not free, or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where it was to listen.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The server ended by itself.
    #[error("the server failed")]
    Serve(#[source] JoinError),
}

/// An error and its causes, in one line.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("absent");
/// let error = portal_backend::Seed::read(&file).unwrap_err();
/// assert!(portal_backend::in_full(&error).starts_with("cannot read the demo data: "));
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn in_full(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(each) = cause {
        said.push_str(": ");
        said.push_str(&each.to_string());
        cause = each.source();
    }
    said
}

/// A backend that runs.
#[derive(Debug)]
pub struct Backend {
    address: SocketAddr,
    portal: Arc<Portal>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// Opens the database, fills it with demo data if asked to and if it is new, and begins to answer.
///
/// # Errors
///
/// If the plan, the database or the address cannot be used.
pub async fn start(config: Config) -> Result<Backend, Error> {
    let offers = match &config.catalog {
        None => Offers::load(config.plan, config.enforcement)?,
        Some(file) => Offers::read(file, config.enforcement)?,
    };
    let store = Store::open(&config.data).await?;
    if let Some(seed) = &config.demo {
        if store.fill(seed, &offers, config.clock.now_ms()).await? {
            tracing::info!(apps = seed.apps.len(), "demo data was loaded");
        }
        tracing::warn!(
            "demo sessions are on: whoever is at this machine can sign in as a demo user"
        );
    }
    let portal = Arc::new(Portal {
        store,
        offers,
        clock: config.clock,
        demo: config.demo.is_some(),
        demo_user: config.demo.and_then(|seed| seed.users.into_iter().next()).map(|user| user.id),
        places: Semaphore::new(config.max_in_flight),
        timeout: config.timeout,
    });
    let listen = |source| Error::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let router = http::router(Arc::clone(&portal), config.site.as_deref());
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve::serve(listener, router, stopped, config.grace));
    Ok(Backend { address, portal, stop, server })
}

impl Backend {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Signs a user in, for whoever embeds the backend and knows who the person is. The answer is the value of the
    /// cookie `session`, good for an hour.
    ///
    /// # Errors
    ///
    /// If there is no such user, or the database fails.
    pub async fn sign_in(&self, user_id: &str) -> Result<Secret, Error> {
        const HOUR_MS: i64 = 3_600_000;
        let now = self.portal.clock.now_ms();
        Ok(self.portal.store.sign_in(user_id, false, now, now + HOUR_MS).await?)
    }

    /// Takes no more calls, waits for those under way as long as [`Config::grace`] says, drops those that are still
    /// under way then, and closes the database.
    ///
    /// # Errors
    ///
    /// If the server had failed before.
    pub async fn stop(self) -> Result<(), Error> {
        // A server that is gone needs no asking.
        let _ = self.stop.send(());
        let ended = self.server.await;
        self.portal.store.close().await;
        ended.map_err(Error::Serve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_that_has_failed_is_told_when_it_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let backend = start(Config::new(folder.path().join("portal.sqlite"))).await.unwrap();
        backend.server.abort();
        assert!(matches!(backend.stop().await, Err(Error::Serve(_))));
    }
}
