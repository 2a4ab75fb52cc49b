//! One file per use case: who may, check, decide, write, record events.
//!
//! Decides what happens when somebody asks for something. Refuses to know how the ask arrived
//! (HTTP, command line, signed link) and how the answer looks on the wire.

pub mod absence;
pub mod account;
pub mod actor;
pub mod advocate;
pub mod audit;
pub mod bulk;
pub mod calendar;
mod change;
pub mod clock;
pub mod comment;
pub mod contact;
pub mod content;
pub mod demo;
pub mod digest;
pub mod duplicate;
pub mod erase;
pub mod error;
pub mod export;
pub mod find;
pub mod home;
pub mod idempotency;
pub mod import;
pub mod inbox;
pub mod index;
pub mod job;
pub mod leveraging;
pub mod list_view;
pub mod listing;
pub mod load;
pub mod mail;
mod member;
mod mention;
mod once;
pub mod opportunity;
pub mod password;
pub mod people;
pub mod plan;
pub mod policy;
pub mod request;
pub mod saved_search;
pub mod secret;
pub mod session;
pub mod setting;
pub mod setup;
pub mod share;
pub mod sight;
mod standing;
pub mod steward;
pub mod system;
pub mod tagging;
pub mod taxonomy;
pub mod token;
pub mod trash;
pub mod unmet_search;
pub mod user;

use std::sync::Arc;

use storage::Store;
use tokio::sync::Semaphore;

pub use actor::Actor;
pub use clock::Clock;
pub use error::Error;

const FILES_CLEANED_AT_ONCE: usize = 2;

/// How this program was started.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address people reach the web app at, without a trailing slash; signed links start with it.
    pub public_url: String,
    /// Only this machine can connect; the demo company's sign-ins work nowhere else.
    pub is_loopback: bool,
    /// Whether mail leaves the house.
    pub sends_mail: bool,
    /// This is a demo company beside a program; its people come in from there and nowhere else.
    pub is_beside: bool,
}

impl Config {
    /// Whether people reach the program over an encrypted connection.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The open program: the store, the match index that follows it, and the clock. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub index: Arc<index::Live>,
    pub clock: Clock,
    pub config: Arc<Config>,
    /// The demo company that may stand beside this program.
    pub beside: Arc<demo::beside::Beside>,
    hashing: Arc<password::Line>,
    /// What plans stand on, and those that were worked out last.
    plans: Arc<plan::Plans>,
    /// The metric as it was counted last.
    metrics: Arc<leveraging::Metrics>,
    /// Uploads cleaned at once: a large picture takes some 130 MB meanwhile.
    cleaning: Arc<Semaphore>,
}

impl App {
    /// Opens the program on a store that has the current schema.
    pub fn new(store: Store, clock: Clock, config: Config) -> Self {
        Self {
            store,
            index: Arc::new(index::Live::default()),
            clock,
            config: Arc::new(config),
            beside: Arc::default(),
            hashing: Arc::default(),
            plans: Arc::default(),
            metrics: Arc::default(),
            cleaning: Arc::new(Semaphore::new(FILES_CLEANED_AT_ONCE)),
        }
    }

    /// Begins a write in the name of an actor, which nobody does through another's eyes.
    pub(crate) async fn begin(&self, actor: &Actor) -> Result<storage::Tx, Error> {
        if actor.is_viewed() {
            return Err(Error::OnlyViewing);
        }
        Ok(self.store.begin(actor.as_ref(), self.clock.now()).await?)
    }
}
