//! Creates that may be sent twice: the second gets what the first made.

use domain::time::Timestamp;
use storage::{Store, Tx, idempotency::IdempotencyKey};
use uuid::Uuid;

use crate::{App, error::Error, secret};

/// How long a key is remembered.
pub const KEPT_HOURS: i64 = 24;

/// The key of a create, as the caller sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateKey {
    /// Keys of different people never meet.
    pub owner: String,
    pub key: String,
    pub operation: &'static str,
    pub body_digest: String,
}

impl CreateKey {
    pub fn new(owner: String, key: String, operation: &'static str, body: &[u8]) -> Self {
        Self {
            owner,
            key,
            operation,
            body_digest: secret::hash(&String::from_utf8_lossy(body)),
        }
    }
}

/// The record that an earlier create with this key made, if there was one; refused when the key
/// was used for something else.
pub async fn earlier(store: &Store, key: &CreateKey) -> Result<Option<Uuid>, Error> {
    let Some(row) = storage::idempotency::find(store, &key.owner, &key.key).await? else {
        return Ok(None);
    };
    if row.operation != key.operation || row.body_digest != key.body_digest {
        return Err(Error::KeyReused);
    }
    Ok(Some(row.record_id))
}

/// Notes, in the transaction that makes it, which record a key stands for.
pub(crate) async fn claim(
    tx: &Tx,
    key: Option<&CreateKey>,
    made: impl Into<Uuid>,
) -> Result<(), Error> {
    let Some(key) = key else { return Ok(()) };
    let row = IdempotencyKey {
        owner: key.owner.clone(),
        idempotency_key: key.key.clone(),
        operation: key.operation.to_owned(),
        body_digest: key.body_digest.clone(),
        record_id: made.into(),
        created_at: tx.now(),
    };
    Ok(storage::idempotency::insert(tx, row).await?)
}

/// The instant before which keys are forgotten.
pub fn forgotten_before(now: Timestamp) -> Timestamp {
    now.plus_seconds(-KEPT_HOURS * 3_600)
}

/// Runs a create at most once per key: what an earlier try made is rendered from its id.
///
/// A try that fails looks the key up again, because its twin may have committed meanwhile and taken
/// what this one wanted.
pub async fn once<T, Made, Found>(
    app: &App,
    key: &CreateKey,
    make: impl FnOnce() -> Made,
    render: impl Fn(Uuid) -> Found,
) -> Result<T, Error>
where
    Made: Future<Output = Result<T, Error>>,
    Found: Future<Output = Result<T, Error>>,
{
    if let Some(id) = earlier(&app.store, key).await? {
        return render(id).await;
    }
    match make().await {
        Ok(made) => Ok(made),
        Err(error) => match earlier(&app.store, key).await? {
            Some(id) => render(id).await,
            None => Err(error),
        },
    }
}
