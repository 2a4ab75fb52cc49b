//! The OpenAPI document: made from the handlers, so that it cannot say something else than they do.

use app::{
    App,
    policy::operations::{self, Access},
};
use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    OpenApi,
    openapi::{
        ContentBuilder, Ref, RefOr, ResponseBuilder,
        path::Operation,
        security::{
            ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
        },
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{PREFIX, features, problem::Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Goodword",
        description = "Customer references and advocacy. Every refusal is a problem document (RFC 9457) with a code from one closed list.",
        license(name = "Apache-2.0")
    ),
    // Query parameters refer to their types by name, and only bodies are collected by themselves.
    components(schemas(
        Problem,
        app::leveraging::Behind,
        app::opportunity::Whose,
        super::account::AccountsOf,
        domain::content::ContentState,
        super::sort::Direction,
        super::job::JobsShown,
        super::request::RequestScope,
        domain::notice::InboxPart,
    ))
)]
struct Frame;

/// The document before the features are added.
pub(super) fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// The whole API document.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) = OpenApiRouter::<App>::with_openapi(frame())
        .nest(PREFIX, features())
        .split_for_parts();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-goodword"))),
    );
    components.add_security_scheme(
        "token",
        SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
    );
    for item in document.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            complete(operation);
        }
    }
    document
}

/// Adds what all operations share: the problem answer, and who may call.
fn complete(operation: &mut Operation) {
    let problem = ResponseBuilder::new()
        .description("Refused, or not answered")
        .content(
            "application/problem+json",
            ContentBuilder::new()
                .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
                .build(),
        )
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), RefOr::T(problem));
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let access = operations::find(id).map(|operation| operation.access);
    let who = match access {
        Some(Access::Public) => return,
        Some(Access::Needs(permission)) => format!("Needs the permission `{permission}`."),
        Some(Access::SignedIn) | None => "Needs a sign-in.".to_owned(),
    };
    operation.description = Some(match operation.description.take() {
        Some(text) => format!("{text}\n\n{who}"),
        None => who,
    });
    operation.security = Some(vec![
        SecurityRequirement::new("session", Vec::<String>::new()),
        SecurityRequirement::new("token", Vec::<String>::new()),
    ]);
}

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(get_openapi))
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", operation_id = "get_openapi", tag = "health",
    responses((status = 200, description = "The OpenAPI 3.1 document", body = serde_json::Value)))]
async fn get_openapi() -> Response {
    (
        [(header::CACHE_CONTROL, "public, max-age=300")],
        Json(document()),
    )
        .into_response()
}
