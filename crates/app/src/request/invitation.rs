//! Letters about an agreed time: the invitation, its change, its end, and the reminder.
//!
//! Each reader gets their own letter and is the only one named in it beside the requester, who
//! invites: nobody learns an address from a calendar. A letter whose time has changed since is not
//! sent any more; the one about the change is.

use domain::{access::Scope, appointment::in_words, candidate::CandidateState, id::CandidateId};
use serde::{Deserialize, Serialize};
use storage::{
    Tx, appointment::Appointment, candidate::Candidate, contact::Contact, request::Request,
    user::User,
};

use super::{
    brief::{self, BriefReader},
    group, letter,
};
use crate::{
    App,
    calendar::{Invitation, Method, Party},
    error::Error,
    job::{self, Task},
    mail::{CalendarFile, Letter},
    setting::{self, Program},
};

/// Whom a letter about an agreed time is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reader {
    Advocate,
    Requester,
    Buyer,
}

/// Which letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum About {
    /// The agreed time, or its end.
    Time,
    /// It is tomorrow.
    Tomorrow,
}

/// Queues the letters about the appointment as it stands now, one for each reader.
pub(super) async fn enqueue(
    app: &App,
    tx: &Tx,
    row: &Candidate,
    appointment: &Appointment,
    about: About,
) -> Result<(), Error> {
    let (true, Some(sequence)) = (app.config.sends_mail, appointment.sequence) else {
        return Ok(());
    };
    let buyer = appointment.buyer_email.as_ref().map(|_| Reader::Buyer);
    // Whoever speaks to the buyers of several deals is invited once.
    let speaks_here = group::carries(row, &group::others(tx, row).await?);
    let letters: Vec<Task> = speaks_here
        .then_some(Reader::Advocate)
        .into_iter()
        .chain([Reader::Requester])
        .chain(buyer)
        .map(|reader| Task::MailAppointment {
            candidate: row.id,
            sequence,
            reader,
            about,
        })
        .collect();
    job::enqueue_all(tx, &letters).await
}

/// Queues the letter to a buyer whose address became known after the time was agreed on.
pub(super) async fn enqueue_to_buyer(
    app: &App,
    tx: &Tx,
    candidate: CandidateId,
    appointment: &Appointment,
) -> Result<(), Error> {
    let (true, Some(sequence)) = (app.config.sends_mail, appointment.sequence) else {
        return Ok(());
    };
    let letter = Task::MailAppointment {
        candidate,
        sequence,
        reader: Reader::Buyer,
        about: About::Time,
    };
    job::enqueue(tx, &letter).await?;
    Ok(())
}

/// What an invitation is written from.
struct Loaded {
    candidate: Candidate,
    appointment: Appointment,
    request: Request,
    contact: Contact,
    account: Option<String>,
    requester: Option<User>,
    program: Program,
}

async fn load(app: &App, id: CandidateId) -> Result<Option<Loaded>, Error> {
    let store = &app.store;
    let Some(candidate) = storage::candidate::find(store, id).await? else {
        return Ok(None);
    };
    let Some(appointment) = storage::appointment::of_candidates(store, vec![id])
        .await?
        .remove(&id)
    else {
        return Ok(None);
    };
    let request = storage::request::find(store, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    let Some(contact) = letter::contact_of(store, candidate.advocate_id).await? else {
        return Ok(None);
    };
    let account = storage::account::by_ids(store, vec![candidate.account_id])
        .await?
        .remove(&candidate.account_id);
    Ok(Some(Loaded {
        requester: storage::user::find(store, request.requester_id).await?,
        program: setting::read::<Program>(store).await?.value,
        account: account.map(|account| account.name),
        candidate,
        appointment,
        request,
        contact,
    }))
}

/// The letter to one reader, unless what it is about has changed since or has nobody to read it.
pub(crate) async fn write(
    app: &App,
    id: CandidateId,
    sequence: i64,
    reader: Reader,
    about: About,
) -> Result<Option<Letter>, Error> {
    let Some(loaded) = load(app, id).await? else {
        return Ok(None);
    };
    let stands = loaded.candidate.state == CandidateState::Scheduled;
    if loaded.appointment.sequence != Some(sequence) || (about == About::Tomorrow && !stands) {
        return Ok(None);
    }
    let (Some(reads), Some(mut invitation)) =
        (loaded.reader(reader), loaded.invitation(app, reader))
    else {
        return Ok(None);
    };
    let brief = loaded.brief(app, reader, invitation.method).await?;
    if let Some(address) = &brief {
        invitation.description = format!("{} What to expect: {address}", invitation.description);
    }
    let when = in_words(invitation.starts_at, &loaded.zone(reader));
    let opening = match (about, invitation.method) {
        (About::Tomorrow, _) => "A reminder of what was agreed:",
        (About::Time, Method::Cancel) => "The agreed time was called off. It was:",
        (About::Time, Method::Request) if sequence == 0 => "This time is agreed:",
        (About::Time, Method::Request) => "The agreed time has changed. It is now:",
    };
    let subject = match (about, invitation.method) {
        (About::Tomorrow, _) => format!("Reminder: {}", invitation.summary),
        (About::Time, Method::Cancel) => format!("Called off: {}", invitation.summary),
        (About::Time, Method::Request) if sequence == 0 => invitation.summary.clone(),
        (About::Time, Method::Request) => format!("New time: {}", invitation.summary),
    };
    let place = invitation
        .place
        .as_ref()
        .map(|place| format!("\n{place}"))
        .unwrap_or_default();
    let brief = brief
        .map(|address| format!("\n\nWhat to expect, on one page: {address}"))
        .unwrap_or_default();
    let about_words: &str = about.into();
    let reader_words: &str = reader.into();
    Ok(Some(Letter {
        message_id: format!(
            "<{id}.{sequence}.{about_words}.{reader_words}@{}>",
            job::host(app)
        ),
        to: reads.email,
        subject,
        body: format!(
            "Hello {},\n\n{opening}\n\n{}\n{when}, {} minutes{place}{brief}\n\n{}\n",
            reads.name, invitation.summary, invitation.minutes, loaded.program.name
        ),
        calendar: (about == About::Time).then(|| CalendarFile {
            method: invitation.method,
            text: invitation.text(),
        }),
    }))
}

/// The calendar file of the agreed time, for one reader to put into a calendar by hand.
pub(super) async fn file(app: &App, id: CandidateId, reader: Reader) -> Result<String, Error> {
    let loaded = load(app, id).await?.ok_or(Error::NotFound)?;
    if loaded.appointment.booked_at().is_none() {
        return Err(Error::NotFound);
    }
    let invitation = loaded.invitation(app, reader).ok_or(Error::NotFound)?;
    Ok(invitation.text())
}

impl Loaded {
    fn reader(&self, reader: Reader) -> Option<Party> {
        match reader {
            Reader::Advocate => self.contact.reached_by().cloned().map(|email| Party {
                name: self.contact.name.clone(),
                email,
            }),
            Reader::Requester => self.organizer(),
            Reader::Buyer => self.appointment.buyer_email.clone().map(|email| Party {
                name: email.to_string(),
                email,
            }),
        }
    }

    /// The requester invites, so that an answer of a calendar reaches the person who arranges.
    fn organizer(&self) -> Option<Party> {
        let user = self
            .requester
            .as_ref()
            .filter(|user| user.is_active && !user.is_demo)?;
        user.email.clone().map(|email| Party {
            name: user.name.clone(),
            email,
        })
    }

    /// Where the reader reads what to expect; nothing of what was called off.
    async fn brief(
        &self,
        app: &App,
        reader: Reader,
        method: Method,
    ) -> Result<Option<String>, Error> {
        let reader = match (method, reader) {
            (Method::Cancel, _) => return Ok(None),
            (Method::Request, Reader::Advocate) => BriefReader::Advocate,
            (Method::Request, Reader::Requester) => BriefReader::Seller,
            (Method::Request, Reader::Buyer) => BriefReader::Buyer,
        };
        let address = brief::address(app, &self.candidate, &self.request, reader).await?;
        Ok(Some(address))
    }

    fn zone(&self, reader: Reader) -> String {
        let own = (reader == Reader::Advocate)
            .then(|| self.contact.time_zone.clone())
            .flatten()
            .filter(|zone| domain::appointment::time_zone(zone).is_some());
        own.unwrap_or_else(|| self.appointment.time_zone.clone())
    }

    /// `None` before the first time was agreed.
    fn invitation(&self, app: &App, reader: Reader) -> Option<Invitation> {
        let appointment = &self.appointment;
        let method = match appointment.called_off_at {
            Some(_) => Method::Cancel,
            None => Method::Request,
        };
        let what = self.candidate.activity.label();
        let from = match (&self.requester, self.program.company()) {
            (Some(user), Some(company)) => format!("{} at {company}", user.name),
            (Some(user), None) => user.name.clone(),
            (None, company) => company.unwrap_or_else(|| self.program.name.clone()),
        };
        let summary = match (reader, &self.account) {
            (Reader::Advocate, _) | (_, None) => format!("{what} arranged by {from}"),
            (_, Some(account)) => format!("{what} with {account}"),
        };
        Some(Invitation {
            uid: format!("{}@{}", self.candidate.id, job::host(app)),
            sequence: u32::try_from(appointment.sequence?).ok()?,
            method,
            changed_at: appointment.changed_at,
            starts_at: appointment.starts_at?,
            minutes: appointment.minutes,
            description: format!("Arranged by {from}."),
            summary,
            place: appointment.place.clone(),
            organizer: self.organizer(),
            reader: self.reader(reader),
        })
    }
}
