-- Times are milliseconds since 1970, UTC. Grants are JSON arrays of names; `endpoints` is NULL for any
-- endpoint, so that an empty array, which would allow nothing, can never be stored by mistake.

CREATE TABLE users (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE apps (
    owner_id    TEXT NOT NULL REFERENCES users (id),
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (owner_id, id)
) STRICT;

CREATE TABLE collaborators (
    id         TEXT PRIMARY KEY,
    owner_id   TEXT NOT NULL,
    app_id     TEXT NOT NULL,
    user_id    TEXT NOT NULL REFERENCES users (id),
    scopes     TEXT NOT NULL,
    endpoints  TEXT CHECK (endpoints <> '[]'),
    created_at INTEGER NOT NULL,
    UNIQUE (owner_id, app_id, user_id),
    FOREIGN KEY (owner_id, app_id) REFERENCES apps (owner_id, id)
) STRICT;

CREATE INDEX collaborators_by_user ON collaborators (user_id);

-- Of a secret only its SHA-256 and its last four characters are kept.
CREATE TABLE keys (
    handle      TEXT PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    last_four   TEXT NOT NULL,
    user_id     TEXT NOT NULL REFERENCES users (id),
    key_type    TEXT NOT NULL CHECK (key_type IN ('app_specific_key', 'personal_access_token')),
    description TEXT NOT NULL,
    owner_id    TEXT,
    app_id      TEXT,
    scopes      TEXT NOT NULL,
    endpoints   TEXT CHECK (endpoints <> '[]'),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    FOREIGN KEY (owner_id, app_id) REFERENCES apps (owner_id, id),
    CHECK ((key_type = 'app_specific_key') = (app_id IS NOT NULL)),
    CHECK ((owner_id IS NULL) = (app_id IS NULL))
) STRICT;

CREATE INDEX keys_by_user ON keys (user_id, owner_id, app_id, created_at);

-- What an `Idempotency-Key` has done: the request, and the handles of the keys it made.
CREATE TABLE creations (
    user_id         TEXT NOT NULL REFERENCES users (id),
    idempotency_key TEXT NOT NULL,
    request_hash    BLOB NOT NULL,
    handles         TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, idempotency_key)
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    TEXT NOT NULL REFERENCES users (id),
    demo       INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
