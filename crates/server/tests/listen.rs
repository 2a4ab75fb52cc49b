//! Clients that are slow, idle or many, against a real listener.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, routing::get};
use server::listen::{self, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{Instant, timeout},
};

const HEAD_WITHIN: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);
const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

struct Listening {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

async fn listening(connections: u32) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopping) = watch::channel(false);
    let limits = Limits {
        connections,
        head_within: HEAD_WITHIN,
        head_bytes: 16 * 1024,
    };
    let router = Router::new().route("/", get(async || "here"));
    let server = tokio::spawn(listen::run(listener, router, limits, stopping));
    Listening {
        address,
        stop,
        server,
    }
}

impl Listening {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    async fn ask(&self) -> String {
        let mut stream = self.connect().await;
        stream.write_all(ASK).await.expect("asked");
        rest(&mut stream).await
    }
}

/// Everything until the other side ends the connection; an abrupt end counts as an end.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(LONG, stream.read_to_end(&mut bytes)).await;
    drop(read.expect("the connection ends"));
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_head_that_never_ends_and_a_connection_that_asks_nothing_are_ended() {
    let listening = listening(10).await;
    let mut half = listening.connect().await;
    half.write_all(b"GET / HTTP/1.1\r\nhost: loc")
        .await
        .expect("written");
    let mut silent = listening.connect().await;
    for stream in [&mut half, &mut silent] {
        let answer = rest(stream).await;
        assert!(!answer.contains("200"), "{answer}");
    }
    assert!(listening.ask().await.ends_with("here"));
}

#[tokio::test]
async fn a_client_that_sends_a_byte_now_and_then_gains_nothing() {
    let listening = listening(10).await;
    let mut drip = listening.connect().await;
    let started = Instant::now();
    let mut ended = false;
    let mut one = [0_u8; 1];
    while !ended && started.elapsed() < LONG {
        let sent = drip.write_all(b"G").await;
        let read = timeout(HEAD_WITHIN / 4, drip.read(&mut one)).await;
        ended = sent.is_err() || matches!(read, Ok(Ok(0) | Err(_)));
    }
    assert!(ended, "it still held a connection after {LONG:?}");
}

#[tokio::test]
async fn a_kept_connection_is_used_again_and_ended_when_nobody_does() {
    let listening = listening(10).await;
    let mut stream = listening.connect().await;
    let ask = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut answers = String::new();
    for _ in 0..2 {
        stream.write_all(ask).await.expect("asked");
        let mut bytes = [0_u8; 1_024];
        let count = timeout(LONG, stream.read(&mut bytes))
            .await
            .expect("in time");
        answers += &String::from_utf8_lossy(&bytes[..count.expect("read")]);
    }
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 2, "{answers}");
    assert_eq!(rest(&mut stream).await, "");
}

#[tokio::test]
async fn a_head_of_many_bytes_is_refused() {
    let listening = listening(10).await;
    let mut stream = listening.connect().await;
    let long = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(64 * 1024));
    // The server may stop reading before all of it is written.
    drop(stream.write_all(long.as_bytes()).await);
    let answer = rest(&mut stream).await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn those_beyond_the_limit_wait_until_the_idle_are_gone() {
    let listening = listening(3).await;
    let mut idle = Vec::new();
    for _ in 0..3 {
        idle.push(listening.connect().await);
    }
    assert!(
        listening.ask().await.ends_with("here"),
        "it was served in its turn"
    );
}

#[tokio::test]
async fn told_to_stop_it_takes_no_more_and_ends_when_all_are_answered() {
    let listening = listening(10).await;
    let mut idle = listening.connect().await;
    assert!(listening.ask().await.ends_with("here"));
    listening.stop.send_replace(true);
    timeout(LONG, listening.server)
        .await
        .expect("it ends")
        .expect("well");
    assert_eq!(rest(&mut idle).await, "");
}
