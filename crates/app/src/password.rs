//! Passwords: which ones are taken, how they are kept, and how long a check takes.
//!
//! A check of an address that nobody has costs as much as one of an address that somebody has.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::text::{EmailAddress, fold};

use crate::{App, error::Error};

const CHARACTERS_MIN: usize = 12;
const CHARACTERS_MAX: usize = 200;

/// What people choose first; with digits or signs around it, it is no better.
const COMMON: &[&str] = &[
    "abc",
    "abcd",
    "abcdef",
    "abcdefgh",
    "admin",
    "administrator",
    "asdf",
    "asdfgh",
    "asdfghjkl",
    "baseball",
    "changeit",
    "changeme",
    "charlie",
    "company",
    "computer",
    "corona",
    "default",
    "dragon",
    "football",
    "freedom",
    "goodword",
    "guest",
    "hallo",
    "hello",
    "iloveyou",
    "internet",
    "jordan",
    "letmein",
    "liverpool",
    "login",
    "master",
    "michael",
    "monkey",
    "motdepasse",
    "mustang",
    "mypassword",
    "newpassword",
    "oracle",
    "pass",
    "passwd",
    "password",
    "passwordpassword",
    "passwort",
    "princess",
    "qwer",
    "qwert",
    "qwerty",
    "qwertyqwerty",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "qwertz",
    "qwertzuiop",
    "root",
    "salesforce",
    "secret",
    "shadow",
    "spring",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "superuser",
    "temporary",
    "test",
    "testtest",
    "thisisapassword",
    "trustnoone",
    "user",
    "welcome",
    "whatever",
    "winter",
    "autumn",
    "zaq",
    "zxcvbn",
    "zxcvbnm",
];

/// The hash that is checked when there is none to check. Its costs are those of [`Argon2::default`];
/// no password is known for it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Z29vZHdvcmQtbm9ib2R5IQ$RGlhbW9uZHMgYXJlIG5vdCBmb3IgZXZlcnlib2R5ISE";

/// A new password that is neither too short nor among the first guesses.
pub struct NewPassword(String);

impl NewPassword {
    /// Refuses, on `field`, what a guesser tries first.
    pub fn parse(field: &str, text: &str, email: Option<&EmailAddress>) -> Result<Self, Error> {
        let characters = text.chars().count();
        if characters < CHARACTERS_MIN {
            return Err(Error::field(
                field,
                format!(
                    "This password has {characters} characters. Use at least {CHARACTERS_MIN}; several words are easy to remember."
                ),
            ));
        }
        if characters > CHARACTERS_MAX {
            return Err(Error::field(
                field,
                format!("This password has {characters} characters. At most {CHARACTERS_MAX} fit."),
            ));
        }
        if is_guessable(text, email) {
            return Err(Error::field(
                field,
                "This password is among the first that a stranger would try. Choose another, such as several unrelated words.",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

fn is_guessable(text: &str, email: Option<&EmailAddress>) -> bool {
    let folded = fold(text);
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let mut distinct: Vec<char> = folded.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let own = email.is_some_and(|email| {
        let local = email.as_str().split('@').next().unwrap_or_default();
        text.eq_ignore_ascii_case(email.as_str()) || letters == fold(local).replace(' ', "")
    });
    own || distinct.len() < 5 || letters.is_empty() || COMMON.contains(&letters.as_str())
}

/// Hashes a new password on a thread that may take its time.
pub(crate) async fn hash(app: &App, password: NewPassword) -> Result<String, Error> {
    let hashed = off_the_runtime(app, move || {
        Argon2::default()
            .hash_password(password.0.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?;
    hashed.map_err(|_| Error::Broken("a password could not be hashed"))
}

/// Whether the password is the one that was hashed; without a hash, `false` after the same work.
pub(crate) async fn is_right(
    app: &App,
    password: &str,
    hash: Option<String>,
) -> Result<bool, Error> {
    // Longer than any that was taken: not worth hashing, and the answer gives nothing away.
    if password.chars().count() > CHARACTERS_MAX {
        return Ok(false);
    }
    let password = password.to_owned();
    off_the_runtime(app, move || {
        let kept = hash.as_deref().unwrap_or(NOBODY);
        let Ok(parsed) = PasswordHash::new(kept) else {
            return false;
        };
        let fits = Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
        fits && hash.is_some()
    })
    .await
}

async fn off_the_runtime<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let _turn = app
        .hashing
        .acquire()
        .await
        .map_err(|_| Error::Broken("the line for password hashes is closed"))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Broken("a password hash did not end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_guesses_are_refused_and_several_words_are_taken() {
        let email: EmailAddress = "ann.example@acme.com".parse().expect("an address");
        for wrong in [
            "short",
            "password1234",
            "Passw0rd",
            "123456789012",
            "aaaaaaaaaaaa",
            "qwertyuiop12!",
            "Ann.Example@acme.com",
            "annexample2026",
            "Welcome2026!!",
        ] {
            assert!(
                NewPassword::parse("password", wrong, Some(&email)).is_err(),
                "{wrong}"
            );
        }
        for right in [
            "correct horse battery",
            "vier gelbe Züge am See",
            "x7#kQp92mZ!v4",
        ] {
            assert!(
                NewPassword::parse("password", right, Some(&email)).is_ok(),
                "{right}"
            );
        }
    }

    #[test]
    fn a_check_of_nobody_costs_what_a_real_one_costs() {
        let real = Argon2::default()
            .hash_password(b"correct horse battery")
            .expect("a hash")
            .to_string();
        let nobody = PasswordHash::new(NOBODY).expect("a hash");
        let real = PasswordHash::new(&real).expect("a hash");
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.params, real.params);
        assert_eq!(
            nobody.hash.as_ref().map(|hash| hash.as_bytes().len()),
            real.hash.as_ref().map(|hash| hash.as_bytes().len())
        );
    }
}
