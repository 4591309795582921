//! The backend that keeps the keys.
