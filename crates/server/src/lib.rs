//! The goodword server.
