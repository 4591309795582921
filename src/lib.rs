//! The page on which a developer sets up an API key.
