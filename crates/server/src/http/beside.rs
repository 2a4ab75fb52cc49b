//! The demo company beside the program: its few operations, and the fork that leads its visitors there.
//!
//! A visit has a cookie of its own beside the session's. Whoever sends both, and both live, is answered
//! by the demo company's own router, but for the operations here, which are the program's.

use app::{
    App,
    demo::{
        DemoOptions,
        beside::{self, Company, DemoCompanyView, Standing},
    },
};
use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::access::Role;
use serde::Deserialize;
use tokio::{sync::watch, task::JoinHandle};
use tower::ServiceExt;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    PREFIX, Proxy, cookie,
    extract::{Body, Signed, SignedSession},
    problem::Problem,
};
use crate::worker;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(
            get_demo_company,
            make_demo_company,
            remove_demo_company
        ))
        .routes(routes!(visit_demo_company, leave_demo_company))
}

/// The role whose screens a visitor wants to see.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitDemoCompany {
    pub role: Role,
}

/// Whether there is a demo company beside the program.
#[utoipa::path(get, path = "/demo-company", operation_id = "get_demo_company", tag = "demo",
    responses((status = 200, description = "What there is", body = DemoCompanyView)))]
async fn get_demo_company(State(app): State<App>) -> Json<DemoCompanyView> {
    Json(beside::look(&app))
}

/// Makes a demo company beside the program, which takes some seconds. Nothing of it mixes with your
/// own data. Where there is one already, nothing happens.
#[utoipa::path(put, path = "/demo-company", operation_id = "make_demo_company", tag = "demo",
    responses((status = 202, description = "It is being made, or there", body = DemoCompanyView)))]
async fn make_demo_company(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<(StatusCode, Json<DemoCompanyView>), Problem> {
    let view = beside::make(&app, &actor, DemoOptions::default()).await?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}

/// Removes the demo company and everything that was done in it, for good.
#[utoipa::path(delete, path = "/demo-company", operation_id = "remove_demo_company", tag = "demo",
    responses((status = 204, description = "There is none")))]
async fn remove_demo_company(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<StatusCode, Problem> {
    beside::remove(&app, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Visits the demo company as one of its people: from the answer on this browser sees that company,
/// until it leaves. Your own session stays.
#[utoipa::path(put, path = "/demo-company/visit", operation_id = "visit_demo_company", tag = "demo",
    request_body = VisitDemoCompany,
    responses((status = 204, description = "The next request is answered there")))]
async fn visit_demo_company(
    State(app): State<App>,
    SignedSession(who): SignedSession,
    headers: HeaderMap,
    Body(ask): Body<VisitDemoCompany>,
) -> Result<(StatusCode, CookieJar), Problem> {
    let earlier = cookie::visit(&headers, &app.config);
    let secret = beside::visit(&app, &who, ask.role, earlier.as_deref()).await?;
    Ok((
        StatusCode::NO_CONTENT,
        cookie::set_visit(secret, &app.config),
    ))
}

/// Goes back to your own program.
#[utoipa::path(delete, path = "/demo-company/visit", operation_id = "leave_demo_company", tag = "demo",
    responses((status = 204, description = "The next request is answered by your own program")))]
async fn leave_demo_company(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<(StatusCode, CookieJar), Problem> {
    let secret = cookie::visit(&headers, &app.config);
    beside::leave(&app, secret.as_deref()).await?;
    Ok((StatusCode::NO_CONTENT, cookie::clear_visit(&app.config)))
}

/// The program with its demo company beside it, and what keeps that company open and working until
/// `stop` turns true.
pub fn with_demo_company(
    app: App,
    proxy: Proxy,
    stop: watch::Receiver<bool>,
) -> (Router, impl Future<Output = ()>) {
    let (routers, router) = watch::channel(None);
    let fork = Fork {
        program: super::router(app.clone(), proxy),
        app: app.clone(),
        router,
    };
    // A fallback, so that the router behind it matches the address as if it came first.
    let front = Router::new().fallback(lead).with_state(fork);
    (front, keep(app, proxy, routers, stop))
}

#[derive(Clone)]
struct Fork {
    app: App,
    program: Router,
    router: watch::Receiver<Option<Router>>,
}

async fn lead(State(fork): State<Fork>, request: Request) -> Response {
    let router = match fork.visitor(&request) {
        Some(visitor) => fork.router_for(visitor).await,
        None => None,
    };
    let router = router.unwrap_or(fork.program);
    router.oneshot(request).await.into_response()
}

/// The secrets of somebody who may be on a visit: of the own session, and of the visit.
type Visitor = (String, String);

impl Fork {
    /// Nobody while there is no company: then nothing is read of the request.
    fn visitor(&self, request: &Request) -> Option<Visitor> {
        if self.router.borrow().is_none() {
            return None;
        }
        let path = request.uri().path().strip_prefix(PREFIX);
        if path.is_some_and(|path| path.starts_with("/demo-company")) {
            return None;
        }
        let visit = cookie::visit(request.headers(), &self.app.config)?;
        let own = cookie::secret(request.headers(), &self.app.config)?;
        Some((own, visit))
    }

    /// The demo company's router, for who visits it.
    async fn router_for(&self, (own, visit): Visitor) -> Option<Router> {
        let router = self.router.borrow().clone()?;
        match beside::is_visitor(&self.app, &own, &visit).await {
            Ok(is_visitor) => is_visitor.then_some(router),
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a visit to the demo company could not be checked"
                );
                None
            }
        }
    }
}

/// Makes each demo company that is wanted, opens its router and runs its worker; closes both when it
/// goes.
async fn keep(
    app: App,
    proxy: Proxy,
    routers: watch::Sender<Option<Router>>,
    mut stop: watch::Receiver<bool>,
) {
    let mut standing = app.beside.watch();
    while !*stop.borrow() {
        let now = standing.borrow_and_update().clone();
        match now {
            Standing::Wanted(options) => {
                if let Some(company) = beside::fulfil(&app, options).await {
                    let router = super::router(company.app.clone(), proxy);
                    routers.send_replace(Some(router));
                    app.beside.open(company);
                }
            }
            Standing::There(company) => {
                let (end, ending) = watch::channel(false);
                let work = tokio::spawn(worker::run(company.app.clone(), None, ending));
                changed(&mut standing, &mut stop).await;
                routers.send_replace(None);
                end.send_replace(true);
                close(&company, work).await;
            }
            Standing::None | Standing::Making(_) | Standing::Failed => {
                changed(&mut standing, &mut stop).await;
            }
        }
    }
}

async fn changed(standing: &mut watch::Receiver<Standing>, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        _ = standing.changed() => {}
        _ = stop.wait_for(|is_stopping| *is_stopping) => {}
    }
}

async fn close(company: &Company, work: JoinHandle<()>) {
    if let Err(error) = work.await {
        tracing::error!(%error, "the demo company's worker broke off");
    }
    if let Err(error) = company.app.store.clone().close().await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the demo company could not be closed"
        );
    }
}
