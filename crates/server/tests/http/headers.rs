//! What every answer carries, whatever it is an answer to.

use app::Config;
use axum::{
    body::Body,
    http::{Method, Request},
};

use crate::support::{Answer, Program, local, program, program_with};

const NAMES: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "strict-transport-security",
];

fn shown(answer: &Answer) -> String {
    NAMES
        .iter()
        .filter_map(|name| Some(format!("{name}: {}", answer.header(*name)?)))
        .collect::<Vec<_>>()
        .join("\n")
}

const PLAIN: &str = "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
x-content-type-options: nosniff
referrer-policy: no-referrer
cross-origin-opener-policy: same-origin
cross-origin-resource-policy: same-origin
permissions-policy: camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

async fn every_answer(program: &Program) -> Vec<(String, Answer)> {
    let document = server::http::document();
    let stranger = program.stranger();
    let mut answers = Vec::new();
    for path in document.paths.paths.keys() {
        for (method, _) in server::http::access::described(&document, path) {
            let parsed: Method = method.parse().expect("a method");
            let answer = stranger.ask(parsed, path, &[], None).await;
            answers.push((format!("{method} {path}"), answer));
        }
    }
    for path in [
        "/",
        "/api",
        "/api/v1/nothing",
        "/assets/none.js",
        "/favicon.ico",
    ] {
        let request = Request::get(path)
            .header("host", "localhost")
            .header("accept", "text/html")
            .body(Body::empty())
            .expect("a request");
        answers.push((path.to_owned(), program.send(request).await));
    }
    answers
}

#[tokio::test]
async fn every_answer_of_every_route_carries_the_security_headers() {
    let program = program().await;
    for (what, answer) in every_answer(&program).await {
        assert_eq!(shown(&answer), PLAIN, "{what}");
        assert!(answer.header("x-request-id").is_some(), "{what}");
        assert!(answer.header("server").is_none(), "{what}");
        assert!(answer.header("cache-control").is_some(), "{what}");
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let program = program_with(Config {
        public_url: "https://references.example.com".to_owned(),
        is_loopback: false,
        ..local()
    })
    .await;
    for (what, answer) in every_answer(&program).await {
        let expected =
            format!("{PLAIN}\nstrict-transport-security: max-age=31536000; includeSubDomains");
        assert_eq!(shown(&answer), expected, "{what}");
    }
}

#[tokio::test]
async fn a_loopback_program_does_not_answer_to_a_name_of_the_internet() {
    let program = program().await;
    for (host, expected) in [
        ("localhost", 200),
        ("127.0.0.1:8080", 200),
        ("[::1]:8080", 200),
        ("rebound.example.com", 421),
        ("127.0.0.1.example.com", 421),
    ] {
        let request = Request::get("/api/v1/health")
            .header("host", host)
            .body(Body::empty())
            .expect("a request");
        let answer = program.send(request).await;
        assert_eq!(answer.status.as_u16(), expected, "{host}");
    }
}
