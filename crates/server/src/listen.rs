//! Connections: how many are held at once, how long each may take to say what it wants, and how
//! they end. Refuses to know what is asked on them.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tower::ServiceExt;

/// What a stranger may hold of this program.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; more wait to be taken.
    pub connections: u32,
    /// How long a request's head may take, from the moment the connection is free for one: it ends
    /// clients that send a byte now and then, and connections that nobody uses.
    pub head_within: Duration,
    /// The most bytes of a request's head.
    pub head_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2_048,
            head_within: Duration::from_secs(30),
            head_bytes: 64 * 1024,
        }
    }
}

/// Out of descriptors or the like: the next try comes after a pause, not at once.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers on the listener until `stopping` turns true, then lets what is being answered end.
pub async fn run(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections as usize));
    loop {
        let taken = tokio::select! {
            () = stopped(&mut stopping) => break,
            taken = next(&listener, &places) => taken,
        };
        let Some((stream, peer, place)) = taken else {
            continue;
        };
        let (router, stopping) = (router.clone(), stopping.clone());
        tokio::spawn(async move {
            converse(stream, peer, router, limits, stopping).await;
            drop(place);
        });
    }
    // Every place is free again when every connection has ended.
    let _ = places.acquire_many(limits.connections).await;
}

/// An error means that whoever says it is gone, which is a stop as well.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    drop(stopping.wait_for(|is_stopping| *is_stopping).await);
}

type Taken = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

/// The next connection, once there is a place for it.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<Taken> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be taken");
            pause().await;
            None
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells when descriptors are free again"
)]
async fn pause() {
    tokio::time::sleep(PAUSE).await;
}

/// Serves one connection to its end.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) {
    // Small answers go out at once; without it, they wait for a slower acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay could not be set");
    }
    let service = router.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_buf_size(limits.head_bytes)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
