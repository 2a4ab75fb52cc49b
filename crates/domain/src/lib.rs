//! The words of the product as types: ids, values, state machines and the rules that protect customers.
//!
//! Decides what is legal. Refuses to know where anything is stored, who calls, or what time it is:
//! ids, instants and days come in as arguments.

pub mod access;
pub mod activity;
pub mod advocate;
pub mod appointment;
pub mod backup;
pub mod bulk;
pub mod candidate;
pub mod consent;
pub mod content;
pub mod digest;
pub mod freshness;
pub mod fulfilment;
pub mod gate;
pub mod hold;
pub mod id;
pub mod import;
pub mod lock_rule;
pub mod mention;
pub mod money;
pub mod need;
pub mod notice;
pub mod opportunity;
pub mod outlook;
pub mod protection;
pub mod record;
pub mod reference_use;
pub mod request;
pub mod steward;
pub mod taxonomy;
pub mod text;
pub mod time;

/// Declares a closed list of words: stored, sent and shown by its `snake_case` name.
#[macro_export]
macro_rules! word_list {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            strum::Display, strum::EnumString, strum::EnumIter, strum::IntoStaticStr,
            serde::Serialize, serde::Deserialize,
        )]
        #[strum(serialize_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "sql", sea_orm(value_type = "String"))]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        // Words stand in composite keys, which the data layer wants convertible from a row number.
        #[cfg(feature = "sql")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl $name {
            /// Every word of the list, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stored and sent form.
            pub fn as_str(self) -> &'static str {
                self.into()
            }
        }
    };
}
