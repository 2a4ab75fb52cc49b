//! The worker of a node: runs what the queue holds, keeps the match index warm, tidies up, and lets
//! the clocks of open steps run out.

use std::{sync::Arc, time::Duration};

use app::{
    App, Error,
    job::{self, Worked},
    mail::Carrier,
    saved_search::{self, Looked},
};
use tokio::{
    runtime::Handle,
    sync::watch,
    task::spawn_blocking,
    time::{Instant, MissedTickBehavior},
};

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How far plans that are solved ahead may be behind. Whoever opens one gets it as it stands now all the same; many
/// changes in a row are taken up together.
const SOLVE_EVERY: Duration = Duration::from_secs(5);
/// How long news for a saved search may wait.
const ALERT_EVERY: Duration = Duration::from_secs(30);
/// How late the daily letters may be.
const DIGEST_EVERY: Duration = Duration::from_secs(300);
/// Tidying up and the clocks, which count in days.
const TIDY_EVERY: Duration = Duration::from_secs(3_600);

/// Works until `stop` turns true; a letter that has begun is finished first.
pub async fn run(app: App, carrier: Option<Arc<dyn Carrier>>, stop: watch::Receiver<bool>) {
    tokio::join!(
        short_jobs(app.clone(), carrier, stop.clone()),
        plans_ahead(app.clone(), stop.clone()),
        long_jobs(app, stop)
    );
}

/// Plans, one after the other.
async fn plans_ahead(app: App, mut stop: watch::Receiver<bool>) {
    let mut look = tokio::time::interval(SOLVE_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stop.wait_for(|is_stopping| *is_stopping) => return,
            _ = look.tick() => {}
        }
        let (app, runtime) = (app.clone(), Handle::current());
        // On a thread of its own: a large plan keeps a processor busy, and no request or letter waits behind it.
        let solved = spawn_blocking(move || runtime.block_on(app::plan::solve_ahead(&app))).await;
        match solved {
            Ok(outcome) => report(outcome, "plans could not be solved ahead"),
            Err(panic) => tracing::error!(%panic, "plans could not be solved ahead"),
        }
    }
}

/// Imports. When the node stops, the batch that is being written is dropped whole, and the import
/// goes on from there on the next node that looks.
async fn long_jobs(app: App, mut stop: watch::Receiver<bool>) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stopped = stop.clone();
    loop {
        tokio::select! {
            _ = stop.wait_for(|is_stopping| *is_stopping) => return,
            _ = look.tick() => {}
        }
        tokio::select! {
            _ = stopped.wait_for(|is_stopping| *is_stopping) => return,
            worked = job::run_next_long(&app) => {
                report(worked.map(|_| ()), "the queue of long jobs could not be read");
            }
        }
    }
}

async fn short_jobs(app: App, carrier: Option<Arc<dyn Carrier>>, mut stop: watch::Receiver<bool>) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut tidied, mut written): (Option<Instant>, Option<Instant>) = (None, None);
    let (mut alerted, mut looked): (Option<Instant>, Looked) = (None, Looked::default());
    loop {
        tokio::select! {
            _ = stop.wait_for(|is_stopping| *is_stopping) => return,
            _ = look.tick() => {}
        }
        // First of all: whoever opens a deal as soon as the program is up waits for nothing else.
        report(
            app.index.get_ready(&app).await,
            "the match index could not follow",
        );
        if tidied.is_none_or(|at| at.elapsed() >= TIDY_EVERY) {
            report(job::tidy::run(&app).await, "tidying up failed");
            report(
                app::request::clock::run(&app).await.map(|_| ()),
                "the clocks could not be read",
            );
            report(
                app::plan::needs::alarm::run(&app).await.map(|_| ()),
                "the alarms of needs could not be raised",
            );
            tidied = Some(Instant::now());
        }
        report(
            app::plan::get_ready(&app).await,
            "what plans stand on could not be followed",
        );
        if alerted.is_none_or(|at| at.elapsed() >= ALERT_EVERY) {
            let news = saved_search::look(&app, &mut looked).await;
            report(news.map(|_| ()), "saved searches could not be looked at");
            alerted = Some(Instant::now());
        }
        if written.is_none_or(|at| at.elapsed() >= DIGEST_EVERY) {
            let queued = app::digest::run(&app).await;
            report(queued.map(|_| ()), "the daily letters could not be queued");
            written = Some(Instant::now());
        }
        work_off(&app, carrier.as_deref(), &stop).await;
    }
}

/// Runs what is due, one after the other.
async fn work_off(app: &App, carrier: Option<&dyn Carrier>, stop: &watch::Receiver<bool>) {
    while !*stop.borrow() {
        match job::run_next(app, carrier).await {
            Ok(Worked::Done | Worked::Failed) => {}
            Ok(Worked::Idle) => return,
            Err(error) => return report(Err(error), "the queue could not be read"),
        }
    }
}

fn report(outcome: Result<(), Error>, what: &str) {
    if let Err(error) = outcome {
        tracing::error!(error = &error as &dyn std::error::Error, "{what}");
    }
}
