//! Protection.
