//! The one gate in front of every operation: which one is it, who asks, may they.
//!
//! A route whose operation has no line in `app::policy::operations` is refused, whatever its handler
//! would do.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    App, Error,
    policy::{
        self,
        operations::{self, Access, Effect, Operation},
    },
    session::{self, Authenticated},
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use utoipa::openapi::{HttpMethod, OpenApi, path::Operation as Described};

use super::{
    cookie,
    problem::{Code, Problem},
};

/// What the gate knows: the operations by path and method.
#[derive(Clone)]
pub struct Gate {
    app: App,
    /// Path template, then method; an operation without a line in the table is `None`.
    paths: Arc<BTreeMap<String, BTreeMap<&'static str, Option<&'static Operation>>>>,
}

impl Gate {
    pub fn new(app: App, document: &OpenApi) -> Self {
        let paths = document
            .paths
            .paths
            .keys()
            .map(|path| {
                let methods = described(document, path)
                    .map(|(method, operation)| {
                        let id = operation.operation_id.as_deref().unwrap_or_default();
                        (method, operations::find(id))
                    })
                    .collect();
                (path.clone(), methods)
            })
            .collect();
        Self {
            app,
            paths: Arc::new(paths),
        }
    }
}

/// The operations of a path in the document, by method.
pub fn described<'a>(
    document: &'a OpenApi,
    path: &str,
) -> impl Iterator<Item = (&'static str, &'a Described)> {
    let item = document.paths.paths.get(path);
    [
        (HttpMethod::Get, "GET"),
        (HttpMethod::Post, "POST"),
        (HttpMethod::Put, "PUT"),
        (HttpMethod::Patch, "PATCH"),
        (HttpMethod::Delete, "DELETE"),
    ]
    .into_iter()
    .filter_map(move |(method, name)| {
        let item = item?;
        let operation = match method {
            HttpMethod::Get => item.get.as_ref(),
            HttpMethod::Post => item.post.as_ref(),
            HttpMethod::Put => item.put.as_ref(),
            HttpMethod::Patch => item.patch.as_ref(),
            _ => item.delete.as_ref(),
        };
        operation.map(|operation| (name, operation))
    })
}

/// Lets a request through to its handler, with who asks beside it, or refuses it.
pub async fn check(
    State(gate): State<Gate>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Result<Response, Response> {
    let operation = operation(&gate, path.as_str(), request.method())?;
    request.extensions_mut().insert(operation);
    if operation.access == Access::Public {
        return Ok(next.run(request).await);
    }
    let who = authenticate(&gate.app, request.headers())
        .await
        .map_err(|error| Problem::from(error).into_response())?;
    let who = as_viewed(operation, request.method(), who)
        .map_err(|error| Problem::from(error).into_response())?;
    if let Access::Needs(permission) = operation.access {
        policy::require(&who.actor, permission)
            .map_err(|error| Problem::from(error).into_response())?;
    }
    request.extensions_mut().insert(who);
    Ok(next.run(request).await)
}

/// Somebody who looks through other eyes reads with those, keeps the session in their own name, and
/// writes nothing.
fn as_viewed(
    operation: &Operation,
    method: &Method,
    who: Authenticated,
) -> Result<Authenticated, Error> {
    let is_read = match operation.effect {
        Effect::OwnSession => return Ok(who.own()),
        Effect::Withheld if who.actor.is_viewed() => return Err(Error::HiddenFromViewer),
        Effect::Reads | Effect::Withheld => true,
        Effect::ByMethod => [Method::GET, Method::HEAD].contains(method),
    };
    if who.actor.is_viewed() && !is_read {
        return Err(Error::OnlyViewing);
    }
    Ok(who)
}

/// The operation that a path and method stand for. HEAD is GET without a body.
fn operation(gate: &Gate, path: &str, method: &Method) -> Result<&'static Operation, Response> {
    let methods = gate.paths.get(path);
    let name = if *method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    match methods.and_then(|methods| methods.get(name)) {
        Some(Some(operation)) => Ok(operation),
        Some(None) => {
            tracing::error!(
                path,
                name,
                "an operation has no line in the table of operations"
            );
            Err(Problem::from(Error::Forbidden).into_response())
        }
        None => Err(wrong_method(methods.map(BTreeMap::keys))),
    }
}

fn wrong_method<'a>(allowed: Option<impl Iterator<Item = &'a &'static str>>) -> Response {
    let allowed: Vec<&str> = allowed.into_iter().flatten().copied().collect();
    let allowed = allowed.join(", ");
    let mut response = Problem::new(
        Code::MethodNotAllowed,
        format!("This address takes {allowed}."),
    )
    .into_response();
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// Who asks: by the token in the header, else by the session cookie.
async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Authenticated, Error> {
    let found = match bearer(headers) {
        Some(token) => session::by_token(app, token).await?,
        None => match cookie::secret(headers, &app.config) {
            Some(secret) => session::by_cookie(app, &secret).await?,
            None => None,
        },
    };
    found.ok_or(Error::NotSignedIn)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}
