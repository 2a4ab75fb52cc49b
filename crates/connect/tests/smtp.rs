//! Letters over the wire, to the mail server that keeps what it receives.
//!
//! `tools/with-mail-sink` starts it and names it in the environment. Where it is missing, CI fails;
//! on a machine without it, these tests have nothing to talk to and say so.

use std::{fs, path::PathBuf};

use app::{
    calendar::Method,
    mail::{CalendarFile, Carrier, Letter, NotSent},
};
use connect::smtp::Smtp;

struct Sink {
    address: String,
    folder: PathBuf,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment names the mail server of the tests"
)]
fn sink() -> Option<Sink> {
    let (address, folder) = (
        std::env::var("GOODWORD_TEST_SMTP").ok(),
        std::env::var("GOODWORD_TEST_MAIL_DIR").ok(),
    );
    if let (Some(address), Some(folder)) = (address, folder) {
        return Some(Sink {
            address,
            folder: folder.into(),
        });
    }
    assert!(
        std::env::var("CI").is_err(),
        "CI must run this test: start it through tools/with-mail-sink"
    );
    eprintln!("No mail server: run through tools/with-mail-sink to test mail.");
    None
}

fn smtp(sink: &Sink) -> Smtp {
    let url = format!("smtp://{}", sink.address);
    Smtp::new(&url, "References <references@example.com>").expect("the settings are right")
}

fn letter(id: &str, to: &str) -> Letter {
    Letter {
        message_id: format!("<{id}@references.example.com>"),
        to: to.parse().expect("an address"),
        subject: "Grüße an Ann\r\nBcc: everyone@example.com".to_owned(),
        body: "Hello Ann,\n\nplease answer here.\n".to_owned(),
        calendar: None,
    }
}

/// The letters that arrived with a message id.
fn arrived(sink: &Sink, id: &str) -> Vec<String> {
    fs::read_dir(&sink.folder)
        .expect("the folder is read")
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let is_letter = path.extension().is_some_and(|ending| ending == "eml");
            is_letter.then(|| fs::read_to_string(path).expect("a letter is read"))
        })
        .filter(|text| text.contains(id))
        .collect()
}

#[tokio::test]
async fn a_letter_arrives_and_a_repeat_carries_the_same_message_id() {
    let Some(sink) = sink() else { return };
    let smtp = smtp(&sink);
    let letter = letter("first-and-again", "ann@example.com");
    for _ in 0..2 {
        smtp.send(&letter).await.expect("the letter is taken");
    }
    let arrived = arrived(&sink, "first-and-again");
    assert_eq!(arrived.len(), 2);
    for text in arrived {
        assert!(
            text.contains("Message-ID: <first-and-again@references.example.com>"),
            "{text}"
        );
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        assert!(text.contains("To: ann@example.com"), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_told_from_one_for_now() {
    let Some(sink) = sink() else { return };
    let smtp = smtp(&sink);
    let refused = smtp.send(&letter("refused", "refused@example.com")).await;
    assert!(
        matches!(refused, Err(NotSent::NoSuchMailbox(_))),
        "{refused:?}"
    );
    let later = smtp.send(&letter("later", "later@example.com")).await;
    assert!(matches!(later, Err(NotSent::NotNow(_))), "{later:?}");
    assert!(arrived(&sink, "refused@references").is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_worth_another_try() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let smtp = Smtp::new(&format!("smtp://{address}"), "a@example.com").expect("the settings");
    let sent = smtp.send(&letter("nobody", "ann@example.com")).await;
    assert!(matches!(sent, Err(NotSent::NotNow(_))), "{sent:?}");
}

#[tokio::test]
async fn settings_that_cannot_work_are_named() {
    for (url, from, named) in [
        ("mail.example.com", "a@example.com", "GOODWORD_SMTP_URL"),
        (
            "http://mail.example.com",
            "a@example.com",
            "GOODWORD_SMTP_URL",
        ),
        ("smtp://mail.example.com", "nobody", "GOODWORD_MAIL_FROM"),
    ] {
        let error = Smtp::new(url, from).err().expect("refused");
        assert!(error.to_string().contains(named), "{error}");
    }
}

#[tokio::test]
async fn an_invitation_travels_as_a_form_of_the_words_and_as_a_file() {
    let Some(sink) = sink() else { return };
    let smtp = smtp(&sink);
    let text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    let letter = Letter {
        calendar: Some(CalendarFile {
            method: Method::Request,
            text: text.to_owned(),
        }),
        ..letter("invited", "ann@example.com")
    };
    for _ in 0..2 {
        smtp.send(&letter).await.expect("the letter is taken");
    }
    let arrived = arrived(&sink, "invited@references");
    assert_eq!(arrived.len(), 2);
    for text in arrived {
        for part in [
            "Message-ID: <invited@references.example.com>",
            "multipart/mixed",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/calendar; charset=utf-8; method=REQUEST",
            "application/ics",
            "filename=\"invitation.ics\"",
            "please answer here.",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert_eq!(text.matches("BEGIN:VCALENDAR").count(), 2, "{text}");
    }
}
