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

/// Letters and digits that nobody mistakes for others.
const LEGIBLE: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code of 60 random bits that people can copy by hand, such as `7KQ2-M9XF-3TBH`. Whoever
/// checks it bounds the tries.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes secrets"
)]
pub fn new_code() -> String {
    let bytes = rand::rng().random::<[u8; 12]>();
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(LEGIBLE[usize::from(byte % 32)]))
        .collect();
    letters
        .chunks(4)
        .map(|four| four.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// The form in which a secret is kept. The secret has full entropy, so a plain hash is enough.
pub fn hash(secret: &str) -> String {
    storage::log::hex(&Sha256::digest(secret.as_bytes()))
}
