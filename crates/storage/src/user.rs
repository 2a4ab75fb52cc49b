//! Colleagues who sign in, and owners known only from an import.

use std::collections::HashMap;

use domain::{
    access::Role,
    id::UserId,
    text::{EmailAddress, fold},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Day, EmailAddress, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UserId,
        pub version: i64,
        pub external_id: Option<String>,
        pub email: Option<EmailAddress>,
        pub name: String,
        pub name_folded: String,
        /// A PHC string; without one the person cannot sign in with a password.
        pub password_hash: Option<String>,
        /// Roles by name, separated by commas, in the order of the list of roles.
        pub roles: String,
        pub team: Option<String>,
        pub manager_id: Option<UserId>,
        pub is_active: bool,
        /// A made-up person of the demo company, who may sign in on a loopback listener only.
        pub is_demo: bool,
        pub created_at: Timestamp,
        /// The first and the last day on which somebody else answers.
        pub away_from: Option<Day>,
        pub away_until: Option<Day>,
        /// Who answers on these days.
        pub stand_in_id: Option<UserId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as User;

versioned_record!(User);

impl User {
    /// A person with a name and nothing else yet.
    pub fn named(id: UserId, name: &str, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            external_id: None,
            email: None,
            name: name.to_owned(),
            name_folded: fold(name),
            password_hash: None,
            roles: String::new(),
            team: None,
            manager_id: None,
            is_active: true,
            is_demo: false,
            created_at: now,
            away_from: None,
            away_until: None,
            stand_in_id: None,
        }
    }

    /// Who answers in place of this person on a day.
    pub fn stand_in_on(&self, day: Day) -> Option<UserId> {
        let is_away = self.away_from.is_some_and(|from| from <= day)
            && self.away_until.is_some_and(|until| until >= day);
        self.stand_in_id.filter(|_| is_away)
    }

    pub fn roles(&self) -> Vec<Role> {
        self.roles
            .split(',')
            .filter_map(|name| name.parse().ok())
            .collect()
    }

    pub fn set_roles(&mut self, roles: &[Role]) {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        self.roles = roles
            .iter()
            .map(|role| role.as_str())
            .collect::<Vec<_>>()
            .join(",");
    }
}

/// What a list of users is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, as typed.
    pub text: Option<String>,
    pub role: Option<Role>,
    /// The reader's own filter.
    pub narrowing: Option<Narrowing>,
    /// By name when absent.
    pub sorting: Option<Sorting>,
}

/// One user. Users are the program's own staff: every signed-in colleague may know that they exist.
pub async fn find(source: &impl Source, id: UserId) -> Result<Option<User>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

pub async fn find_by_email(
    source: &impl Source,
    email: &EmailAddress,
) -> Result<Option<User>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Email.eq(email.clone()))
        .one(source.connection())
        .await?)
}

/// Users by id, for names beside other records.
pub async fn by_ids(
    source: &impl Source,
    ids: Vec<UserId>,
) -> Result<HashMap<UserId, User>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|user| (user.id, user)).collect())
}

/// Active people with one of these folded names, at most 200.
pub async fn by_names(source: &impl Source, names: Vec<String>) -> Result<Vec<User>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::IsActive.eq(true))
        .filter(entity::Column::NameFolded.is_in(names))
        .order_by_asc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

fn select(filter: &Filter) -> Select<entity::Entity> {
    let mut select = entity::Entity::find();
    if let Some(text) = &filter.text {
        select = select.filter(page::contains(
            (entity::Entity, entity::Column::NameFolded),
            text,
        ));
    }
    if let Some(role) = filter.role {
        select = select.filter(holds(role));
    }
    filter::narrowed(select, filter.narrowing.as_ref())
}

fn sort(filter: &Filter) -> Sort {
    filter.sorting.as_ref().map_or_else(
        || Sort::by((entity::Entity, entity::Column::NameFolded)),
        Sorting::sort,
    )
}

pub async fn list(
    source: &impl Source,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<User>, StorageError> {
    page::read(
        source.connection(),
        select(filter),
        sort(filter),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The ids of everything that [`list`] pages through, in its order.
pub async fn ids(source: &impl Source, filter: &Filter) -> Result<Vec<Uuid>, StorageError> {
    page::ids(
        source.connection(),
        select(filter),
        sort(filter),
        entity::Column::Id,
    )
    .await
}

/// The role stands in the list by itself, at an end, or between commas.
fn holds(role: Role) -> sea_orm::Condition {
    let (column, name) = (entity::Column::Roles, role.as_str());
    sea_orm::Condition::any()
        .add(column.eq(name))
        .add(column.like(format!("{name},%")))
        .add(column.like(format!("%,{name}")))
        .add(column.like(format!("%,{name},%")))
}

/// Active users who hold a role, oldest account first, at most 200.
pub async fn holding(source: &impl Source, role: Role) -> Result<Vec<User>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::IsActive.eq(true))
        .filter(holds(role))
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

/// The people whose manager is `manager`.
pub async fn reports_of(
    source: &impl Source,
    manager: UserId,
) -> Result<Vec<UserId>, StorageError> {
    let rows = entity::Entity::find()
        .filter(entity::Column::ManagerId.eq(manager))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|user| user.id).collect())
}

/// The people for whom `stand_in` answers on a day.
pub async fn away_with(
    source: &impl Source,
    stand_in: UserId,
    day: Day,
) -> Result<Vec<UserId>, StorageError> {
    let rows = entity::Entity::find()
        .filter(entity::Column::StandInId.eq(stand_in))
        .filter(entity::Column::AwayFrom.lte(day))
        .filter(entity::Column::AwayUntil.gte(day))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|user| user.id).collect())
}

/// Whether anybody can sign in yet: the first account is asked for until then.
pub async fn anyone_signs_in(source: &impl Source) -> Result<bool, StorageError> {
    let row = entity::Entity::find()
        .filter(entity::Column::PasswordHash.is_not_null())
        .one(source.connection())
        .await?;
    Ok(row.is_some())
}

/// Everyone, for the importer's look-ups and the demo; ordered by creation.
pub async fn everyone(source: &impl Source) -> Result<Vec<User>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}
