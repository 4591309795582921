//! The built page, as a production server serves it.

use std::fs;
use std::path::Path;

use portal_backend::Config;
use serde_json::json;

use crate::support::{AMARA, MATEO, Portal};

/// A backend that serves a small page; its folder is `site`, with something beside it that is nobody's business.
fn portal() -> Portal {
    Portal::with(serve)
}

fn serve(config: &mut Config) {
    let root = config.data.ancestors().nth(2).unwrap().to_owned();
    build(&root);
    config.site = Some(root.join("site"));
}

fn build(root: &Path) {
    let site = root.join("site");
    fs::create_dir_all(site.join("snippets")).unwrap();
    fs::write(root.join("private.txt"), "private").unwrap();
    fs::write(site.join("index.html"), "<!doctype html><title>Keys</title>").unwrap();
    fs::write(site.join("page-0123456789abcdef.js"), "plain").unwrap();
    fs::write(site.join("page-0123456789abcdef.js.br"), "brotli").unwrap();
    fs::write(site.join("page-0123456789abcdef.js.gz"), "gzip").unwrap();
    fs::write(site.join("page-0123456789abcdef_bg.wasm"), "wasm").unwrap();
    fs::write(site.join("style.css"), "css").unwrap();
    fs::write(site.join(".hidden"), "hidden").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("private.txt"), site.join("link.txt")).unwrap();
}

#[test]
fn the_page_is_served_fresh_and_its_hashed_files_forever() {
    let portal = portal();
    let anybody = portal.anybody();
    for path in ["/", "/index.html"] {
        let index = anybody.get(path);
        assert_eq!((index.http, index.header("cache-control")), (200, Some("no-cache")));
        assert!(index.header("content-type").unwrap().starts_with("text/html"));
    }
    let wasm = anybody.get("/page-0123456789abcdef_bg.wasm");
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
    assert_eq!(wasm.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(anybody.get("/style.css").header("cache-control"), Some("no-cache"));
    assert_eq!(anybody.send("HEAD", "/", Vec::new()).http, 200);
    let refused = anybody.send("POST", "/", b"{}".to_vec());
    assert_eq!((refused.http, refused.text.as_str()), (405, ""));
}

#[test]
fn files_are_sent_compressed_as_the_client_likes() {
    let portal = portal();
    let get = |accepted: &str| {
        portal.anybody().with("Accept-Encoding", accepted).get("/page-0123456789abcdef.js")
    };
    let brotli = get("gzip, deflate, br");
    assert_eq!((brotli.header("content-encoding"), brotli.text.as_str()), (Some("br"), "brotli"));
    assert_eq!(get("gzip").header("content-encoding"), Some("gzip"));
    let plain = get("identity");
    assert_eq!((plain.header("content-encoding"), plain.text.as_str()), (None, "plain"));
    for answer in [brotli, plain] {
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert!(answer.header("content-type").unwrap().contains("javascript"));
    }
}

#[test]
fn the_page_runs_under_a_strict_policy() {
    let portal = portal();
    for path in ["/", "/absent"] {
        let answer = portal.anybody().get(path);
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
        assert!(answer.header("permissions-policy").is_some());
    }
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let portal = portal();
    for path in [
        "/../private.txt",
        "/%2e%2e/private.txt",
        "/..%2fprivate.txt",
        "/snippets/../../private.txt",
        "/snippets/..%5c..%5cprivate.txt",
        "//private.txt",
        "/link.txt",
        "/.hidden",
        "/%2ehidden",
        "/index.html%00.txt",
        "/data/portal.sqlite",
        "/../data/portal.sqlite",
    ] {
        let answer = portal.anybody().get(path);
        assert!(matches!(answer.http, 400 | 404), "{path}: {}", answer.http);
        assert!(!answer.text.contains("private") && !answer.text.contains("hidden"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let portal = portal();
    for path in ["/", "/page-0123456789abcdef.js"] {
        let client = portal.anybody().with("Accept-Encoding", "br");
        let first = client.get(path);
        let known = client.with("If-None-Match", first.header("etag").unwrap());
        let second = known.get(path);
        assert_eq!((second.http, second.text.as_str()), (304, ""), "{path}");
        assert_eq!(second.header("cache-control"), first.header("cache-control"));
    }
    let script = |encoding: &str| {
        let client = portal.anybody().with("Accept-Encoding", encoding);
        client.get("/page-0123456789abcdef.js").header("etag").unwrap().to_owned()
    };
    assert_ne!(script("br"), script("identity"), "each form has a tag of its own");
}

#[test]
fn the_page_of_the_demo_comes_with_a_session() {
    let portal = portal();
    let anybody = portal.anybody();
    for path in ["/", "/index.html"] {
        let page = anybody.get(path);
        let cookie = page.header("set-cookie").unwrap();
        for part in ["session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let known = anybody.with("Cookie", cookie.split(';').next().unwrap());
        assert_eq!(known.get("/v2/users/me").ok().json["user"]["id"], AMARA);
        assert_eq!(known.get(path).header("set-cookie"), None, "one session is enough");
    }
    // A page that is kept is revalidated, and its session may have ended.
    let tag = anybody.get("/").header("etag").unwrap().to_owned();
    let again = anybody.with("If-None-Match", &tag).with("Cookie", "session=ended").get("/");
    assert_eq!(again.http, 304);
    assert!(again.header("set-cookie").is_some());
}

#[test]
fn whoever_is_signed_in_stays_so() {
    let portal = portal();
    assert_eq!(portal.person(MATEO).get("/").header("set-cookie"), None);
    let anybody = portal.anybody();
    let demo = anybody
        .with("Origin", &anybody.base)
        .post("/demo/session", &json!({"user_id": MATEO}))
        .ok();
    let cookie = demo.header("set-cookie").unwrap().split(';').next().unwrap();
    assert_eq!(anybody.with("Cookie", cookie).get("/").header("set-cookie"), None);
}

#[test]
fn no_session_comes_with_anything_else() {
    let portal = portal();
    let anybody = portal.anybody();
    for path in ["/style.css", "/absent", "/snippets/"] {
        assert_eq!(anybody.get(path).header("set-cookie"), None, "{path}");
    }
    assert_eq!(anybody.send("HEAD", "/", Vec::new()).header("set-cookie"), None);
    for header in ["Host", "X-Forwarded-Host"] {
        let foreign = anybody.with(header, "portal.example.org").get("/");
        assert_eq!((foreign.http, foreign.header("set-cookie")), (200, None), "{header}");
    }
    let no_demo = Portal::with(|config| {
        serve(config);
        config.demo = None;
    });
    assert_eq!(no_demo.anybody().get("/").header("set-cookie"), None);
    assert_eq!(Portal::start().anybody().get("/").header("set-cookie"), None, "there is no page");
}

#[test]
fn a_folder_is_not_listed() {
    let portal = portal();
    for path in ["/snippets", "/snippets/"] {
        assert_eq!(portal.anybody().get(path).http, 404, "{path}");
    }
}

#[test]
fn without_a_page_it_is_said_how_to_build_one() {
    let absent = Portal::start();
    let empty = Portal::with(|config| config.site = Some(config.data.with_file_name("dist")));
    for portal in [absent, empty] {
        let answer = portal.anybody().get("/");
        assert_eq!(answer.http, 404);
        assert!(answer.text.contains("cargo xtask serve"), "{}", answer.text);
    }
}
