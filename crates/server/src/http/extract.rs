//! What handlers take: who asks, ids, queries, bodies, versions and keys. Every refusal is a [`Problem`].

use std::str::FromStr;

use app::{
    Actor, error::FieldProblem, idempotency::CreateKey, policy::operations::Operation,
    session::Authenticated,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, RawPathParams, Request},
    http::{HeaderMap, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::problem::{Code, Problem};

/// Who asks. The gate has checked that they may ask this.
pub struct Signed(pub Actor);

/// Who asks, and by which session or token.
pub struct SignedSession(pub Authenticated);

/// The id in the path. A text that is no id names no record.
pub struct Id<T>(pub T);

/// The ids in the path, where there are two.
pub struct Ids<T, U>(pub T, pub U);

/// The query. Parameters that the operation does not know are refused.
pub struct Query<T>(pub T);

/// The JSON body. Fields that the operation does not know are refused.
pub struct Body<T>(pub T);

/// The body of a create, with the key that makes sending it twice safe.
pub struct Create<T> {
    pub key: CreateKey,
    pub body: T,
}

/// The version that a write starts from, from the header `If-Match`.
pub struct IfMatch(pub i64);

fn authenticated(parts: &Parts) -> Result<&Authenticated, Problem> {
    parts
        .extensions
        .get::<Authenticated>()
        .ok_or_else(|| Problem::from(app::Error::NotSignedIn))
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(authenticated(parts)?.actor.clone()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(authenticated(parts)?.clone()))
    }
}

async fn path_ids<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Vec<String>, Problem> {
    let params = RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| Problem::from(app::Error::NotFound))?;
    Ok(params.iter().map(|(_, value)| value.to_owned()).collect())
}

fn read_id<T: FromStr>(values: &[String], place: usize) -> Result<T, Problem> {
    values
        .get(place)
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| Problem::from(app::Error::NotFound))
}

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Self(read_id(&path_ids(parts, state).await?, 0)?))
    }
}

impl<S: Send + Sync, T: FromStr, U: FromStr> FromRequestParts<S> for Ids<T, U> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let values = path_ids(parts, state).await?;
        Ok(Self(read_id(&values, 0)?, read_id(&values, 1)?))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| refused_field(&error.path().to_string(), &error.inner().to_string()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = read_json(request, state).await?;
        Ok(Self(parse(&bytes)?))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Create<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let key = idempotency_key(request.headers())?;
        let operation = request.extensions().get::<&'static Operation>().copied();
        let owner = request.extensions().get::<Authenticated>().cloned();
        let (Some(operation), Some(owner)) = (operation, owner) else {
            return Err(Problem::from(app::Error::NotSignedIn));
        };
        let bytes = read_json(request, state).await?;
        let body = parse(&bytes)?;
        let owner = owner.user.id.to_string();
        Ok(Self {
            key: CreateKey::new(owner, key, operation.id, &bytes),
            body,
        })
    }
}

/// The header's key: 8 to 200 printable characters, as the caller made them up.
pub fn idempotency_key(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Err(Problem::new(
            Code::IdempotencyKeyRequired,
            "Send the header Idempotency-Key with a text of your own, new for each thing you create, so that sending it twice creates it once.",
        ));
    };
    let legal = value.to_str().ok().filter(|key| {
        (8..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    });
    legal.map(str::to_owned).ok_or_else(|| {
        Problem::new(
            Code::Malformed,
            "The header Idempotency-Key must have 8 to 200 printable characters and no spaces.",
        )
    })
}

async fn read_json<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    let media_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    if !media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
        return Err(Problem::new(
            Code::WrongMediaType,
            "Send JSON with the header Content-Type: application/json.",
        ));
    }
    read_bytes(request, state).await
}

/// The whole body, where it is not larger than the operation takes.
pub async fn read_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state)
        .await
        .map_err(|refused| {
            if refused.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(
                    Code::TooLarge,
                    "The body is larger than this operation takes. Send less at once.",
                )
            } else {
                Problem::new(
                    Code::Malformed,
                    "The body did not arrive whole. Send it again.",
                )
            }
        })
}

/// Reads JSON: text that is no JSON is malformed, JSON of another shape is invalid input.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        if inner.is_data() {
            refused_field(&error.path().to_string(), &inner.to_string())
        } else {
            not_json(inner)
        }
    })?;
    reader.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(
        Code::Malformed,
        format!(
            "The body is not JSON; reading stopped at line {}, column {}.",
            error.line(),
            error.column()
        ),
    )
}

/// Names the field that a reader refused. The reader's own words hold it where its path does not.
fn refused_field(path: &str, words: &str) -> Problem {
    let words = words.split(" at line ").next().unwrap_or(words);
    let quoted = || words.split('`').nth(1).unwrap_or_default().to_owned();
    let at_top = path.is_empty() || path == ".";
    let inside = |name: String| {
        if at_top {
            name
        } else {
            format!("{path}.{name}")
        }
    };
    // The path to an unknown field ends with the field itself.
    let (field, message) = if words.starts_with("unknown field") {
        let name = quoted();
        let field = if path == name || path.ends_with(&format!(".{name}")) {
            path.to_owned()
        } else {
            inside(name)
        };
        let known = words.split_once(", ").map_or("", |(_, known)| known);
        (field, format!("This field is not known here; {known}."))
    } else if words.starts_with("missing field") {
        (inside(quoted()), "This field is required.".to_owned())
    } else if words.starts_with("duplicate field") {
        (
            inside(quoted()),
            "This field came twice. Send it once.".to_owned(),
        )
    } else {
        let field = if at_top {
            "body".to_owned()
        } else {
            path.to_owned()
        };
        (field, format!("This value does not fit: {words}."))
    };
    Problem::invalid(vec![FieldProblem { field, message }])
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Err(Problem::new(
                Code::VersionRequired,
                "Send the header If-Match with the ETag that you got when you read the record, so that nobody's change is lost.",
            ));
        };
        value
            .to_str()
            .ok()
            .and_then(version_of)
            .map(Self)
            .ok_or_else(|| {
                Problem::new(
                    Code::Malformed,
                    "The header If-Match must hold one ETag as it was sent, such as \"7\".",
                )
            })
    }
}

/// Proxies that compress mark ETags as weak; the version inside is the same.
fn version_of(etag: &str) -> Option<i64> {
    let etag = etag.trim();
    let quoted = etag.strip_prefix("W/").unwrap_or(etag);
    let digits = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        None
    }
}
