//! Whether the program is up, and whether it can answer.

use app::{
    App,
    system::{self, SystemView},
};
use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{extract::Signed, problem::Problem};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_health))
        .routes(routes!(get_ready))
        .routes(routes!(get_system))
}

/// How the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    Ok,
    /// The program runs and its database does not answer.
    Degraded,
}

/// The health of the program.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    pub status: HealthStatus,
    pub version: &'static str,
}

async fn look(app: &App) -> Health {
    let status = match app.store.schema_state().await {
        Ok(storage::SchemaState::Current) => HealthStatus::Ok,
        Ok(_) => HealthStatus::Degraded,
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the database does not answer"
            );
            HealthStatus::Degraded
        }
    };
    Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Whether the program is up; answers 200 even where its database is away.
#[utoipa::path(get, path = "/health", operation_id = "get_health", tag = "health",
    responses((status = 200, description = "The program is up", body = Health)))]
async fn get_health(State(app): State<App>) -> Json<Health> {
    Json(look(&app).await)
}

/// Whether the program can answer; 503 tells a load balancer to send people elsewhere.
#[utoipa::path(get, path = "/health/ready", operation_id = "get_ready", tag = "health",
    responses(
        (status = 200, description = "Requests are answered", body = Health),
        (status = 503, description = "Requests are not answered now", body = Health),
    ))]
async fn get_ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let health = look(&app).await;
    let status = match health.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::Degraded => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(health))
}

/// How the program runs: its schema, its queue, its mail.
#[utoipa::path(get, path = "/system", operation_id = "get_system", tag = "health",
    responses((status = 200, description = "What an admin looks at first", body = SystemView)))]
async fn get_system(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<SystemView>, Problem> {
    Ok(Json(system::look(&app, &actor).await?))
}
