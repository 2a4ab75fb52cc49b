//! Letters over SMTP.

use std::time::Duration;

use app::mail::{CalendarFile, Carrier, Letter, NotSent, Sending};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

const TIMEOUT: Duration = Duration::from_secs(30);

/// A mail server and the sender that letters name.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// The settings for mail cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    #[error(
        "GOODWORD_SMTP_URL is not an address such as smtps://user:password@mail.example.com:465"
    )]
    Url(#[source] lettre::transport::smtp::Error),
    #[error("GOODWORD_MAIL_FROM is not a sender such as References <references@example.com>")]
    From(#[source] lettre::address::AddressError),
}

impl Smtp {
    /// `url` is `smtps://` for TLS from the start, `smtp://..?tls=required` for STARTTLS, and plain
    /// `smtp://` for a server in the same house.
    pub fn new(url: &str, from: &str) -> Result<Self, BadSetting> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(BadSetting::Url)?
            .timeout(Some(TIMEOUT))
            .build();
        let from = from.parse().map_err(BadSetting::From)?;
        Ok(Self { transport, from })
    }

    fn message(&self, letter: &Letter) -> Result<Message, NotSent> {
        let refused = |error: Box<dyn std::error::Error + Send + Sync>| NotSent::Refused(error);
        let to = letter
            .to
            .as_str()
            .parse()
            .map_err(|error: lettre::address::AddressError| refused(error.into()))?;
        // A line break in a name must not start a header of its own.
        let subject: String = letter
            .subject
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .message_id(Some(letter.message_id.clone()))
            // Keeps holiday notices from answering a program.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let message = match &letter.calendar {
            Some(calendar) => builder.multipart(with_calendar(&letter.body, calendar, &refused)?),
            None => builder
                .header(ContentType::TEXT_PLAIN)
                .body(letter.body.clone()),
        };
        message.map_err(|error| refused(error.into()))
    }
}

/// The letter with its invitation twice: as the other form of the words, which calendars offer to
/// accept, and as a file for everybody else.
fn with_calendar(
    body: &str,
    calendar: &CalendarFile,
    refused: &impl Fn(Box<dyn std::error::Error + Send + Sync>) -> NotSent,
) -> Result<MultiPart, NotSent> {
    let form = format!(
        "text/calendar; charset=utf-8; method={}",
        calendar.method.as_str()
    );
    let form = ContentType::parse(&form).map_err(|error| refused(error.into()))?;
    let file = ContentType::parse("application/ics").map_err(|error| refused(error.into()))?;
    let words = MultiPart::alternative()
        .singlepart(SinglePart::plain(body.to_owned()))
        .singlepart(
            SinglePart::builder()
                .header(form)
                .body(calendar.text.clone()),
        );
    Ok(MultiPart::mixed()
        .multipart(words)
        .singlepart(Attachment::new("invitation.ics".to_owned()).body(calendar.text.clone(), file)))
}

/// Whether the server said that the mailbox is not there. Some refuse a sender or a text with the same
/// numbers; what RFC 3463 calls a matter of policy (5.7) says nothing about the address.
fn knows_no_mailbox(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    let said = std::error::Error::source(error).map(ToString::to_string);
    matches!(code, Some(550 | 551 | 553)) && !said.is_some_and(|said| said.contains("5.7."))
}

impl Carrier for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        Box::pin(async move {
            let message = self.message(letter)?;
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if knows_no_mailbox(&error) => Err(NotSent::NoSuchMailbox(error.into())),
                Err(error) if error.is_permanent() => Err(NotSent::Refused(error.into())),
                Err(error) => Err(NotSent::NotNow(error.into())),
            }
        })
    }
}
