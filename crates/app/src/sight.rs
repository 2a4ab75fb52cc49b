//! What somebody may see, and why not more: the rules in general, and one person with one record.
//!
//! The general answer depends on the asker's roles alone, so it tells nobody whether a record exists.

use domain::{
    access::{FieldClass, Role},
    id::UserId,
    record::RecordKind,
};
use serde::Serialize;
use storage::user::{self, User};
use uuid::Uuid;

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    advocate, contact, content,
    error::Error,
    opportunity, people,
    policy::{
        self, Permission, Reach,
        explain::{self, Condition, Shown},
        viewing,
    },
    request, setting,
};

/// The kinds of record that are explained, and what reads them.
const KINDS: [(RecordKind, Permission); 6] = [
    (RecordKind::Account, Permission::AccountRead),
    (RecordKind::Contact, Permission::ContactRead),
    (RecordKind::Advocate, Permission::AdvocateRead),
    (RecordKind::Opportunity, Permission::OpportunityRead),
    (RecordKind::Request, Permission::RequestRead),
    (RecordKind::Content, Permission::ContentRead),
];

/// Colleagues who are named as those to ask.
const ASKED_MAX: usize = 5;

/// Which records of a kind somebody sees.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RecordRule {
    pub kind: RecordKind,
    pub reach: Reach,
    /// The roles that see records of this kind, some at least.
    pub roles: Vec<Role>,
}

/// When somebody sees a class of fields of advocates.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FieldRule {
    pub class: FieldClass,
    pub shown: Shown,
    /// With `sometimes`: each is enough.
    pub conditions: Vec<Condition>,
}

/// What the asker's roles show, and whom to ask for more.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SightRules {
    pub records: Vec<RecordRule>,
    pub fields: Vec<FieldRule>,
    /// Whether profiles that are marked private are seen.
    pub sees_private: bool,
    /// Whether the program shows names to everybody who may search.
    pub names_shown: bool,
    /// Who gives roles; five at most.
    pub admins: Vec<PersonRef>,
    /// Who runs the program; five at most.
    pub program: Vec<PersonRef>,
}

/// What the asker may see and what has to hold for more; nothing about any record.
pub async fn rules(app: &App, actor: &Actor) -> Result<SightRules, Error> {
    let fields = FieldClass::ALL.iter().map(|class| {
        let (shown, conditions) = explain::rule(actor, *class);
        FieldRule {
            class: *class,
            shown,
            conditions,
        }
    });
    let program = setting::read::<setting::Program>(&app.store).await?.value;
    Ok(SightRules {
        records: KINDS
            .iter()
            .map(|(kind, permission)| record_rule(actor, *kind, *permission))
            .collect(),
        fields: fields.collect(),
        sees_private: policy::sees_restricted(actor),
        names_shown: program.shows_names,
        admins: holding(app, Role::Admin).await?,
        program: holding(app, Role::Program).await?,
    })
}

fn record_rule(actor: &Actor, kind: RecordKind, permission: Permission) -> RecordRule {
    RecordRule {
        kind,
        reach: policy::reach_of(actor, permission),
        roles: Role::ALL
            .iter()
            .copied()
            .filter(|role| policy::reach(*role, permission) != Reach::Nothing)
            .collect(),
    }
}

async fn holding(app: &App, role: Role) -> Result<Vec<PersonRef>, Error> {
    let people = user::holding(&app.store, role).await?;
    let people = people.iter().filter(|user| user.password_hash.is_some());
    Ok(people.take(ASKED_MAX).map(PersonRef::from).collect())
}

/// What comes of a colleague opening a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SightOutcome)]
pub enum Outcome {
    Seen,
    /// There is none with this id.
    NoSuchRecord,
    /// They cannot sign in, so they see nothing.
    SwitchedOff,
    /// None of their roles sees records of this kind.
    NoRole,
    /// Their roles see their own and their team's, and this is somebody else's.
    NotTheirs,
    /// Their roles see no private profiles, and this is one.
    Private,
}

/// Whether a colleague sees a class of fields of one advocate.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FieldSight {
    pub class: FieldClass,
    pub seen: bool,
    pub shown: Shown,
    /// With `sometimes`: each is enough.
    pub conditions: Vec<Condition>,
    /// Those of them that hold.
    pub holding: Vec<Condition>,
}

/// What one colleague sees of one record, and why.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PersonSight {
    pub user: PersonRef,
    pub roles: Vec<Role>,
    pub rule: RecordRule,
    pub outcome: Outcome,
    /// The fields of an advocate that is seen; empty for other records.
    pub fields: Vec<FieldSight>,
}

/// What a colleague sees of a record and why, for those who may view as them. It holds no value of
/// the record, so that admins need not see it themselves.
///
/// # Errors
/// [`Error::Invalid`] for a kind that is not explained, and for somebody the asker may not view as.
pub async fn of_person(
    app: &App,
    actor: &Actor,
    id: UserId,
    kind: RecordKind,
    record: Uuid,
) -> Result<PersonSight, Error> {
    policy::require(actor, Permission::ViewAs)?;
    let row = user::find(&app.store, id).await?.ok_or(Error::NotFound)?;
    let other = Actor::of_user(&app.store, &row, app.clock.today()).await?;
    if policy::is_self(actor, id) || viewing::view_as(actor, &other.roles).is_none() {
        return Err(Error::field(
            "id",
            "Choose a colleague whom you could view as: not yourself, and nobody with more to run than you have.",
        ));
    }
    let permission = KINDS.iter().find(|(known, _)| *known == kind);
    let (_, permission) = permission.ok_or_else(|| {
        Error::field(
            "kind",
            "Choose account, contact, advocate, opportunity, request or content.",
        )
    })?;
    let rule = record_rule(&other, kind, *permission);
    let outcome = outcome(app, &row, &other, &rule, record).await?;
    Ok(PersonSight {
        user: PersonRef::from(&row),
        roles: row.roles(),
        fields: if outcome == Outcome::Seen && kind == RecordKind::Advocate {
            fields(app, &other, record).await?
        } else {
            Vec::new()
        },
        rule,
        outcome,
    })
}

async fn outcome(
    app: &App,
    row: &User,
    other: &Actor,
    rule: &RecordRule,
    record: Uuid,
) -> Result<Outcome, Error> {
    // The operator reads everything, so what it does not find is not there.
    if !opens(app, &Actor::operator(), rule.kind, record).await? {
        return Ok(Outcome::NoSuchRecord);
    }
    if !row.is_active || row.password_hash.is_none() {
        return Ok(Outcome::SwitchedOff);
    }
    if opens(app, other, rule.kind, record).await? {
        return Ok(Outcome::Seen);
    }
    Ok(match rule.reach {
        Reach::Nothing => Outcome::NoRole,
        Reach::Own | Reach::Team => Outcome::NotTheirs,
        Reach::Everything => Outcome::Private,
    })
}

/// Whether a record is there for an actor, by the very look-up that its page takes.
async fn opens(app: &App, actor: &Actor, kind: RecordKind, id: Uuid) -> Result<bool, Error> {
    let found = match kind {
        RecordKind::Account => crate::account::get(app, actor, id.into()).await.map(drop),
        RecordKind::Contact => contact::get(app, actor, id.into()).await.map(drop),
        RecordKind::Advocate => advocate::get(app, actor, id.into()).await.map(drop),
        RecordKind::Opportunity => opportunity::get(app, actor, id.into()).await.map(drop),
        RecordKind::Request => request::get(app, actor, id.into()).await.map(drop),
        _ => content::get(app, actor, id.into()).await.map(drop),
    };
    match found {
        Ok(()) => Ok(true),
        Err(Error::NotFound | Error::Forbidden) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn fields(app: &App, other: &Actor, record: Uuid) -> Result<Vec<FieldSight>, Error> {
    let people = people::load(app, other, vec![record.into()]).await?;
    let Some(person) = people.into_values().next() else {
        return Ok(Vec::new());
    };
    let sight = |class: &FieldClass| {
        let (shown, conditions) = explain::rule(other, *class);
        FieldSight {
            class: *class,
            seen: person.sees(other, *class),
            shown,
            holding: conditions
                .iter()
                .copied()
                .filter(|condition| condition.holds(person.standing))
                .collect(),
            conditions,
        }
    };
    Ok(FieldClass::ALL.iter().map(sight).collect())
}
