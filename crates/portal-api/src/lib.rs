//! The messages that the page and the backend exchange.
