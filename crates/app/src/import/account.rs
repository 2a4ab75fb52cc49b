//! What a row says about an account: its own record, or the company beside another record.

use domain::{
    id::{AccountId, UserId},
    protection::LockReason,
    record::RecordKind,
    text::fold,
};
use import::kind::Kind;
use storage::account::{Account, AccountLock};

use super::{
    desk::{Desk, Effect, OF_ACCOUNT, put},
    shelf::Key,
    values::{Values, names_company},
};
use crate::clock::new_id;

/// The account of another record: known, or only written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) id: Option<AccountId>,
    pub(crate) written: Option<String>,
    pub(crate) effect: Effect,
}

/// People and parents are looked up before the account is changed.
struct Links {
    owner: Option<UserId>,
    owner_written: Option<String>,
    parent: Option<AccountId>,
    parent_written: Option<String>,
}

/// Decides a row of an accounts file.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let external_id = values.text("account.external_id");
    let name = values.text("account.name");
    let domain = values.domain("account.website");
    let found = desk.account_named(values, "account", domain.as_deref());
    let (id, created) = match found {
        Some(id) => (id, false),
        None => {
            let name = name.map(str::to_owned).or_else(|| domain.clone());
            let name = name.ok_or(
                "No account is known by this id, and the row gives no name to create one. Add \
                 the name of the account.",
            )?;
            (create(desk, external_id, &name, domain), true)
        }
    };
    let repeats = desk.repeats(id.0, row);
    let mark = match (external_id, name) {
        (Some(external_id), _) => Some(Key::External(external_id.to_owned())),
        (None, name) => name.map(|name| Key::Name(fold(name))),
    };
    let merged = mark.is_some_and(|mark| desk.accounts.is_merged(&mark));
    let changed = describe(desk, values, id, (repeats || merged) && !created);
    Ok(Effect {
        created,
        changed,
        repeats,
    })
}

/// The account that a row of another kind names; created where the kind of file may create one.
pub(crate) fn beside(desk: &mut Desk, values: Values<'_>) -> Beside {
    let external_id = values.text("account.external_id");
    let name = values.text("account.name");
    let domain = values.domain("account.website");
    if let Some(id) = desk.account_named(values, "account", domain.as_deref()) {
        let changed = !values.is_export() && describe(desk, values, id, true);
        return Beside {
            id: Some(id),
            written: None,
            effect: Effect {
                changed,
                ..Effect::default()
            },
        };
    }
    let own_domain = domain.filter(|domain| names_company(domain));
    let named = name.map(str::to_owned).or_else(|| own_domain.clone());
    let creates = match desk.run.kind {
        Kind::Contacts | Kind::Advocates | Kind::Content => true,
        Kind::Accounts | Kind::Users | Kind::Opportunities | Kind::Uses | Kind::Terms => false,
    };
    match named {
        // What an export knows by its name alone was only written where it comes from.
        Some(name) if creates && !(values.is_export() && values.text("account.id").is_none()) => {
            let id = create(desk, external_id, &name, own_domain);
            describe(desk, values, id, true);
            Beside {
                id: Some(id),
                written: None,
                effect: Effect {
                    changed: true,
                    ..Effect::default()
                },
            }
        }
        named => {
            let written = named.or_else(|| external_id.map(str::to_owned));
            if let Some(written) = &written {
                desk.tally.unknown("account", written);
            }
            Beside {
                written,
                ..Beside::default()
            }
        }
    }
}

fn create(
    desk: &mut Desk,
    external_id: Option<&str>,
    name: &str,
    domain: Option<String>,
) -> AccountId {
    let id: AccountId = new_id();
    let mut account = Account::named(id, name, desk.run.now);
    account.external_id = external_id.map(str::to_owned);
    account.domain = domain;
    desk.accounts.add(account);
    id
}

/// Writes what the row says onto the account; `fills_only` leaves what is known as it is.
fn describe(desk: &mut Desk, values: Values<'_>, id: AccountId, fills_only: bool) -> bool {
    let own = desk.run.kind == Kind::Accounts;
    let links = links(desk, values, id, own);
    let revenue = values.money("account.revenue");
    let mut changed = desk.accounts.edit(id.0, |account| {
        let text = |field: &str| values.text(field).map(str::to_owned);
        put(&mut account.external_id, text("account.external_id"), true);
        if let Some(name) = values.text("account.name")
            && own
            && !fills_only
            && (values.is_export() || values.text("account.external_id").is_some())
            && fold(name) != account.name_folded
        {
            account.name = name.to_owned();
            account.name_folded = fold(name);
        }
        put(
            &mut account.domain,
            values.domain("account.website"),
            fills_only,
        );
        link(account, &links, fills_only);
        put(
            &mut account.employees,
            values.whole("account.employees"),
            fills_only,
        );
        if let Some(revenue) = revenue
            && (!fills_only || account.revenue_minor.is_none())
        {
            account.revenue_minor = Some(revenue.minor);
            account.revenue_currency = Some(revenue.currency);
        }
        put(
            &mut account.health,
            values.whole("account.health"),
            fills_only,
        );
        let known = [
            (
                &mut account.has_open_escalation,
                values.yes_no("account.open_escalation"),
            ),
            (
                &mut account.has_payment_dispute,
                values.yes_no("account.payment_dispute"),
            ),
        ];
        for (kept, said) in known {
            if let Some(said) = said {
                *kept = said || (fills_only && *kept);
            }
        }
        put(&mut account.nps, values.whole("account.nps"), fills_only);
        put(
            &mut account.customer_since,
            values.day("account.customer_since"),
            fills_only,
        );
    });
    changed |= terms(desk, values, id, fills_only);
    changed |= lock(desk, values, id);
    changed
}

fn links(desk: &mut Desk, values: Values<'_>, id: AccountId, own: bool) -> Links {
    // In a file of deals the owner is the deal's, in one of contacts and stories the company's.
    let owned = own || matches!(desk.run.kind, Kind::Contacts | Kind::Advocates);
    let (owner, owner_written) = if owned {
        desk.owner(values)
    } else {
        (None, None)
    };
    let parent_id = values.text("account.parent.external_id");
    let parent_name = values.text("account.parent.name");
    let parent = desk
        .account_named(values, "account.parent", None)
        .filter(|parent| *parent != id);
    let written = parent_name.or(parent_id).map(str::to_owned);
    let parent_written = if parent.is_some() { None } else { written };
    Links {
        owner,
        owner_written,
        parent,
        parent_written,
    }
}

fn link(account: &mut Account, links: &Links, fills_only: bool) {
    let owner_free = account.owner_id.is_none();
    if links.owner.is_some() && (!fills_only || owner_free) {
        account.owner_id = links.owner;
        account.owner_written = None;
    } else if owner_free {
        put(
            &mut account.owner_written,
            links.owner_written.clone(),
            fills_only,
        );
    }
    let parent_free = account.parent_id.is_none();
    if links.parent.is_some() && (!fills_only || parent_free) {
        account.parent_id = links.parent;
        account.parent_written = None;
    } else if parent_free {
        put(
            &mut account.parent_written,
            links.parent_written.clone(),
            fills_only,
        );
    }
}

fn terms(desk: &mut Desk, values: Values<'_>, id: AccountId, fills_only: bool) -> bool {
    let own = desk.run.kind == Kind::Accounts;
    let tells_region = own || matches!(desk.run.kind, Kind::Advocates | Kind::Content);
    let mut changed = false;
    for (facet, written) in values.terms() {
        let of_account = OF_ACCOUNT.contains(&facet) && (facet != "region" || tells_region);
        if own || of_account {
            changed |= desk.set_terms((RecordKind::Account, id.0), facet, written, fills_only);
        }
    }
    let employees = desk.accounts.row(id.0).and_then(|row| row.employees);
    let follows = !values.is_export() && !values.says("company_size");
    if let Some(employees) = employees.filter(|_| follows)
        && values.whole("account.employees").is_some()
        && desk.mapper.company_size(employees).is_some()
    {
        let written = [employees.to_string()];
        let record = (RecordKind::Account, id.0);
        changed |= desk.set_terms(record, "company_size", &written, fills_only);
    }
    changed
}

/// A row may lock an account; only a person lifts a lock.
fn lock(desk: &mut Desk, values: Values<'_>, id: AccountId) -> bool {
    let until = values.day("account.locked_until");
    let over = until.is_some_and(|until| until < desk.run.today);
    if !values.yes("account.locked") || over {
        return false;
    }
    let note = values.text("account.lock_reason").map(str::to_owned);
    let reason = note.as_deref().map_or(LockReason::Other, reason_of);
    let known = desk.sides.locks.entry(id.0).or_default();
    if known
        .iter()
        .any(|lock| lock.reason == reason && lock.until_on == until)
    {
        return false;
    }
    let lock = AccountLock {
        id: new_id(),
        account_id: id,
        reason,
        note,
        from_on: desk.run.today,
        until_on: until,
        locked_by: desk.run.recorded_by,
        lifted_at: None,
        is_by_rule: false,
    };
    known.push(lock.clone());
    desk.sides.new_locks.push(lock);
    true
}

fn reason_of(note: &str) -> LockReason {
    if let Ok(reason) = note.parse() {
        return reason;
    }
    let folded = fold(note);
    let says = |word: &str| folded.contains(word);
    if says("escalat") {
        LockReason::OpenEscalation
    } else if says("opt out") || says("optout") {
        LockReason::OptOut
    } else if says("renewal") {
        LockReason::Renewal
    } else if says("dispute") || says("payment") {
        LockReason::PaymentDispute
    } else if says("nps") {
        LockReason::NpsDrop
    } else {
        LockReason::Other
    }
}
