//! The built page: files of one folder, and nothing outside it.

use std::future::Future;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;
use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

/// What a page may do: run what comes from here, WebAssembly included, and talk to here.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

const NOT_BUILT: &str = "The backend runs, but the page has not been built yet.\n\n\
    Build it with `trunk build --release` and start the backend with `--site dist`,\n\
    or do both at once with `cargo xtask serve`.\n";

/// Serves the page, or says how to get one.
pub(super) fn router(folder: Option<&Path>) -> Router {
    let router = match folder {
        None => Router::new().fallback(not_built),
        Some(folder) => {
            let files = ServeDir::with_backend(folder, Confined(Arc::from(folder)))
                .redirect_to_trailing_slash(false)
                .precompressed_br()
                .precompressed_gzip();
            let folder: Arc<Path> = Arc::from(folder);
            Router::new().fallback_service(files).layer(from_fn_with_state(folder, explain))
        }
    };
    router.layer(from_fn(guard))
}

async fn not_built() -> Response {
    (StatusCode::NOT_FOUND, NOT_BUILT).into_response()
}

/// Says what is the matter where there is no file.
async fn explain(State(folder): State<Arc<Path>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    if tokio::fs::try_exists(folder.join("index.html")).await.unwrap_or(false) {
        (StatusCode::NOT_FOUND, "There is nothing here. The page is at /.\n").into_response()
    } else {
        not_built().await
    }
}

async fn guard(request: Request, next: Next) -> Response {
    let immutable = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let keep = match response.status() {
        status if status.is_client_error() || status.is_server_error() => "no-store",
        _ if immutable => IMMUTABLE,
        _ => "no-cache",
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, keep),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the name of a file holds the hash of its content, as Trunk names them: `page-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    let stem = file.split_once('.').map_or("", |(stem, _)| stem);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The files of a folder: not what links lead to, and nothing hidden.
#[derive(Clone, Debug)]
struct Confined(Arc<Path>);

impl Confined {
    async fn resolve(self, path: PathBuf) -> io::Result<PathBuf> {
        let root = tokio::fs::canonicalize(&self.0).await?;
        let file = tokio::fs::canonicalize(path).await?;
        let inside = file.strip_prefix(&root).map_err(|_| io::ErrorKind::NotFound)?;
        let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        if inside.components().any(hidden) { Err(io::ErrorKind::NotFound.into()) } else { Ok(file) }
    }
}

type Pending<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl Backend for Confined {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = Pending<TokioFile>;
    type MetadataFuture = Pending<std::fs::Metadata>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let confined = self.clone();
        Box::pin(async move { TokioBackend.open(confined.resolve(path).await?).await })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let confined = self.clone();
        Box::pin(async move { TokioBackend.metadata(confined.resolve(path).await?).await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_forever() {
        for path in [
            "/key-setup-0123456789abcdef.js",
            "/key-setup-0123456789abcdef_bg.wasm",
            "/a/b-0123456789abcdef.css",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        for path in [
            "/",
            "/index.html",
            "/favicon.svg",
            "/key-setup.js",
            "/a-0123456789abcdeg.js",
            "/a-0123456789abcdef/b.js",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
