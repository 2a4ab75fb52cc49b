//! What `goodword export` is asked for: a kind of record, or a list.

use std::str::FromStr;

use app::{
    audit::ListEvents,
    duplicate,
    export::lists::{AskList, List},
    load::ListName,
    request::ListRequests,
    steward::AskQueue,
};
use domain::{record::RecordKind, steward::StewardReason};
use import::kind::Kind;

use super::{super::Failure, Args};

#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    Records(Kind),
    List(List),
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let records = word.parse().map(Self::Records);
        records
            .or_else(|_| word.parse().map(Self::List))
            .map_err(|_| {
                let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
                let lists = List::ALL.iter().map(|list| list.as_str());
                let all: Vec<&str> = kinds.chain(lists).collect();
                format!("choose one of: {}", all.join(", "))
            })
    }
}

/// Options that say nothing about what is exported.
pub(super) fn refused(options: &str, only: &str) -> Failure {
    Failure::Refused(format!("{options} are for {only} only. Leave them out."))
}

/// The list as the options narrow it.
pub(super) fn ask(list: List, args: &Args) -> Result<AskList, Failure> {
    if list != List::Events && (args.since.is_some() || args.before.is_some()) {
        return Err(refused("--since and --before", "events"));
    }
    let of = args.of.as_deref();
    Ok(match list {
        List::Events => AskList::Events(ListEvents {
            kind: word(of, RecordKind::ALL)?,
            since: args.since,
            before: args.before,
            ..ListEvents::default()
        }),
        List::Requests => AskList::Requests(ListRequests {
            open: match of {
                None => None,
                Some("open") => Some(true),
                Some("closed") => Some(false),
                Some(_) => return Err(choose(&["open", "closed"])),
            },
            ..ListRequests::default()
        }),
        List::Load => AskList::Load(word(of, ListName::ALL)?.unwrap_or(ListName::MostUsed)),
        List::Steward => AskList::Steward(AskQueue {
            reason: word(of, StewardReason::ALL)?,
            ..AskQueue::default()
        }),
        List::Duplicates => AskList::Duplicates(match of {
            None | Some("account") => duplicate::Kind::Account,
            Some("contact") => duplicate::Kind::Contact,
            Some(_) => return Err(choose(&["account", "contact"])),
        }),
    })
}

fn word<W>(of: Option<&str>, all: &'static [W]) -> Result<Option<W>, Failure>
where
    W: FromStr + Copy + Into<&'static str>,
{
    of.map(|word| {
        word.parse().map_err(|_| {
            let words: Vec<&str> = all.iter().map(|word| (*word).into()).collect();
            choose(&words)
        })
    })
    .transpose()
}

fn choose(words: &[&str]) -> Failure {
    Failure::Refused(format!("--of: choose one of: {}.", words.join(", ")))
}
