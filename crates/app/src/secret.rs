//! Secrets: made here, kept by others as hashes only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// A new secret of 256 random bits, in letters that a URL takes.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes secrets"
)]
pub fn new_secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())
}

/// The form in which a secret is kept. The secret has full entropy, so a plain hash is enough.
pub fn hash(secret: &str) -> String {
    storage::log::hex(&Sha256::digest(secret.as_bytes()))
}
