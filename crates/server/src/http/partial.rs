//! A change of some fields of a value: named ones are set, absent ones stay.

use std::{borrow::Cow, marker::PhantomData};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// Some fields of a `T`; what they mean is checked where they are put in.
pub struct Partial<T> {
    pub fields: Map<String, Value>,
    of: PhantomData<fn() -> T>,
}

impl<'de, T> Deserialize<'de> for Partial<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            fields: Map::deserialize(deserializer)?,
            of: PhantomData,
        })
    }
}

impl<T: PartialSchema> PartialSchema for Partial<T> {
    fn schema() -> RefOr<Schema> {
        let mut schema = T::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.required.clear();
        }
        schema
    }
}

impl<T: ToSchema> ToSchema for Partial<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Edit{}", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}
