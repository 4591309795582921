//! Taking connections, until asked to stop.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tower::Service as _;

/// How long a connection may stay open without a whole head of a request: longer than proxies keep connections for reuse.
const IDLE: Duration = Duration::from_secs(180);

/// Answers until asked to stop. Then calls that are under way have so long to end, and those that do not are dropped.
///
/// `axum::serve` would leave them running: it does not hold on to the tasks that it starts.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    mut stopped: oneshot::Receiver<()>,
    grace: Duration,
) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer) = tokio::select! {
            // What keeps a connection from being taken is waited out in there.
            accepted = Listener::accept(&mut listener) => accepted,
            // What has ended is let go of.
            Some(_) = connections.join_next() => continue,
            // A sender that is gone asks for the same.
            _ = &mut stopped => break,
        };
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().call(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(IDLE)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection broke: {error}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("calls outlasted the grace, and are dropped");
    }
    connections.shutdown().await;
}
