//! Passwords: which ones are taken, how they are kept, and how long a check takes.
//!
//! A check of an address that nobody has costs as much as one of an address that somebody has.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::text::EmailAddress;
use tokio::sync::Semaphore;

use crate::{App, error::Error};

const CHARACTERS_MIN: usize = 12;
const CHARACTERS_MAX: usize = 200;

/// Guesses that a stranger who knows the common ways needs, as a power of ten: zxcvbn's own line
/// between what slow hashing protects and what it does not.
const GUESSES_LOG10_MIN: f64 = 10.0;

/// Words that a stranger tries first because they stand on the sign-in page.
const OWN_WORDS: [&str; 4] = ["goodword", "references", "advocates", "salesforce"];

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

/// Whether common words, names, dates, keyboard rows and repetitions make up the password, or the
/// person's own address does.
fn is_guessable(text: &str, email: Option<&EmailAddress>) -> bool {
    let mut known = OWN_WORDS.to_vec();
    if let Some(email) = email {
        known.push(email.as_str());
        known.extend(email.as_str().split(['@', '.', '+', '-', '_']));
    }
    zxcvbn::zxcvbn(text, &known).guesses_log10() < GUESSES_LOG10_MIN
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

/// The line that password hashes wait in: each takes 19 MiB, so a flood of sign-ins is taken in turn.
pub(crate) struct Line {
    turns: Semaphore,
    /// How many hashes were made, for the tests that compare the work of two checks.
    #[cfg(test)]
    made: std::sync::atomic::AtomicUsize,
}

const HASHES_AT_ONCE: usize = 4;

impl Default for Line {
    fn default() -> Self {
        Self {
            turns: Semaphore::new(HASHES_AT_ONCE),
            #[cfg(test)]
            made: std::sync::atomic::AtomicUsize::new(0),
        }
    }
}

async fn off_the_runtime<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let _turn = app
        .hashing
        .turns
        .acquire()
        .await
        .map_err(|_| Error::Broken("the line for password hashes is closed"))?;
    #[cfg(test)]
    app.hashing
        .made
        .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
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
            "Goodword2026!",
            "salesforce2026",
            "thisisapassword",
            "letmeinletmein",
            "1q2w3e4r5t6y",
            "Manchester1234",
            "P@ssw0rdP@ssw0rd",
            "michael19851985",
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

    /// A person with a password, one without, one who left, nobody, and what is no address.
    async fn people(app: &App) {
        let hash = Argon2::default()
            .hash_password(b"correct horse battery")
            .expect("a hash")
            .to_string();
        let tx = app.begin(&crate::Actor::system()).await.expect("a write");
        for (name, password_hash, is_active) in [
            ("ann", Some(hash.clone()), true),
            ("bob", None, true),
            ("cleo", Some(hash), false),
        ] {
            let email = format!("{name}@example.com");
            let user = storage::user::User {
                email: Some(email.parse().expect("an address")),
                password_hash,
                is_active,
                ..storage::user::User::named(crate::clock::new_id(), name, tx.now())
            };
            storage::user::insert(&tx, user).await.expect("written");
        }
        tx.commit().await.expect("committed");
    }

    #[tokio::test]
    async fn every_sign_in_makes_one_hash_whoever_it_is_for() {
        use std::sync::atomic::Ordering;
        let db = testkit::TestDb::sqlite().await;
        let config = crate::Config {
            public_url: "http://localhost".to_owned(),
            is_loopback: true,
            sends_mail: false,
            is_beside: false,
        };
        let app = App::new(db.store.clone(), crate::Clock::fixed(testkit::NOW), config);
        people(&app).await;
        for (email, password, works) in [
            ("ann@example.com", "correct horse battery", true),
            ("ann@example.com", "not the right one", false),
            ("ann@example.com", "", false),
            ("bob@example.com", "correct horse battery", false),
            ("cleo@example.com", "correct horse battery", false),
            ("nobody@example.com", "correct horse battery", false),
            ("no address", "correct horse battery", false),
        ] {
            let before = app.hashing.made.load(Ordering::Relaxed);
            let origin = crate::session::Origin {
                address: email.to_owned(),
                earlier: None,
            };
            let ask = crate::session::SignIn {
                email: email.to_owned(),
                password: password.to_owned(),
            };
            let answer = crate::session::sign_in(&app, &origin, ask).await;
            assert_eq!(answer.is_ok(), works, "{email}");
            assert_eq!(
                app.hashing.made.load(Ordering::Relaxed) - before,
                1,
                "{email}"
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
