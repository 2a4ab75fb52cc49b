//! Seek pages: every list is one bounded query however deep the reader goes, and knows its total.

use domain::text::fold;
use sea_orm::{
    Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, IntoColumnRef, LikeExpr, Order, SimpleExpr},
};
use uuid::Uuid;

use crate::error::StorageError;

/// How much of a list to read, and from where.
#[derive(Clone, Debug)]
pub struct Page {
    /// 1 to 200; the caller has checked it.
    pub limit: u64,
    pub after: Option<Cursor>,
}

/// The sort key and id of the last row that was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    pub key: Key,
    pub id: Uuid,
}

/// A sort key; every sortable column is text or a whole number, absent values have a fixed place.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Key {
    Number(i64),
    Text(String),
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub total: u64,
    pub next: Option<Cursor>,
}

impl<T> Listed<T> {
    /// The same page with its rows replaced by what was made of them.
    pub fn with_items<U>(self, items: Vec<U>) -> Listed<U> {
        Listed {
            items,
            total: self.total,
            next: self.next,
        }
    }

    /// Like [`Listed::map`]; the first failure is the page's.
    pub fn try_map<U, E>(self, convert: impl FnMut(T) -> Result<U, E>) -> Result<Listed<U>, E> {
        Ok(Listed {
            items: self
                .items
                .into_iter()
                .map(convert)
                .collect::<Result<_, E>>()?,
            total: self.total,
            next: self.next,
        })
    }

    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Listed<U> {
        Listed {
            items: self.items.into_iter().map(convert).collect(),
            total: self.total,
            next: self.next,
        }
    }
}

/// The way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

/// The column or expression a list is sorted by, and the way.
pub(crate) struct Sort {
    pub key: SimpleExpr,
    pub descending: bool,
}

impl Sort {
    pub(crate) fn by(key: impl IntoColumnRef) -> Self {
        Self {
            key: Expr::col(key),
            descending: false,
        }
    }

    /// Sorts by an expression that is never null.
    pub(crate) fn by_expr(key: SimpleExpr) -> Self {
        Self {
            key,
            descending: false,
        }
    }

    pub(crate) fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    fn order(&self) -> Order {
        if self.descending {
            Order::Desc
        } else {
            Order::Asc
        }
    }

    /// The way that was asked for, else the one that is natural for the key.
    pub(crate) fn towards(mut self, direction: Option<Direction>) -> Self {
        if let Some(direction) = direction {
            self.descending = direction == Direction::Descending;
        }
        self
    }
}

/// A row beside the key that it is sorted by.
struct Keyed<M> {
    row: M,
    key: Key,
}

impl<M: FromQueryResult> FromQueryResult for Keyed<M> {
    fn from_query_result(found: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let key = match found.try_get::<i64>(prefix, SORT_KEY) {
            Ok(number) => Key::Number(number),
            Err(_) => Key::Text(found.try_get(prefix, SORT_KEY)?),
        };
        let row = M::from_query_result(found, prefix)?;
        Ok(Self { row, key })
    }
}

const SORT_KEY: &str = "sort_key";

/// Runs a filtered selection as one page and one count.
pub(crate) async fn read<E, C>(
    connection: &C,
    select: Select<E>,
    sort: Sort,
    id: E::Column,
    page: &Page,
    id_of: impl Fn(&E::Model) -> Uuid,
) -> Result<Listed<E::Model>, StorageError>
where
    E: EntityTrait,
    E::Model: sea_orm::FromQueryResult + Sized + Send + Sync,
    C: ConnectionTrait,
{
    let (order, key) = (sort.order(), sort.key);
    let id_expr = Expr::col((E::default(), id));
    let everything = select.clone();
    let mut select = select;
    if let Some(after) = &page.after {
        let value: SimpleExpr = match &after.key {
            Key::Number(number) => Expr::val(*number),
            Key::Text(text) => Expr::val(text.clone()),
        };
        let beyond = if sort.descending {
            key.clone().lt(value.clone())
        } else {
            key.clone().gt(value.clone())
        };
        let beyond_id = if sort.descending {
            id_expr.clone().lt(after.id)
        } else {
            id_expr.clone().gt(after.id)
        };
        // Says nothing new, but something that an index on the key can start from.
        let from_there = if sort.descending {
            key.clone().lte(value.clone())
        } else {
            key.clone().gte(value.clone())
        };
        select = select.filter(from_there).filter(
            Condition::any()
                .add(beyond)
                .add(Condition::all().add(key.clone().eq(value)).add(beyond_id)),
        );
    }
    let mut items = select
        .expr_as(key.clone(), SORT_KEY)
        .order_by(key, order.clone())
        .order_by(id_expr, order)
        .limit(page.limit + 1)
        .into_model::<Keyed<E::Model>>()
        .all(connection)
        .await?;
    let more = items.len() as u64 > page.limit;
    items.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|last| Cursor {
        key: last.key.clone(),
        id: id_of(&last.row),
    });
    let items: Vec<E::Model> = items.into_iter().map(|keyed| keyed.row).collect();
    // A first page that holds everything has counted it.
    let total = if more || page.after.is_some() {
        everything.count(connection).await?
    } else {
        items.len() as u64
    };
    Ok(Listed { items, total, next })
}

/// The ids of every row of a filtered selection, in its order.
pub(crate) async fn ids<E, C>(
    connection: &C,
    select: Select<E>,
    sort: Sort,
    id: E::Column,
) -> Result<Vec<Uuid>, StorageError>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let order = sort.order();
    Ok(select
        .select_only()
        .column(id)
        .order_by(sort.key, order.clone())
        .order_by(Expr::col((E::default(), id)), order)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The folded column holds the folded text somewhere; wildcards in the text are plain characters.
pub(crate) fn contains(column: impl IntoColumnRef, text: &str) -> SimpleExpr {
    let escaped = fold(text)
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    Expr::col(column).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}
