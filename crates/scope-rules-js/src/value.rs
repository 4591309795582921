//! Reading plain objects, with errors that say where.
//!
//! `serde-wasm-bindgen` reads more kinds of values than there are here, at four times the size,
//! and does not say where in a long list the wrong one is.

use std::fmt::{self, Display};

use js_sys::{Array, JsString, Reflect};
use serde::de::value::StringDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

/// Why a value could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where in the value, such as `.scope_deps[3].scope`.
    path: String,
    /// What is wrong there.
    what: String,
}

/// Reads a value.
pub(crate) fn from_value<T: DeserializeOwned>(value: JsValue) -> Result<T, Unreadable> {
    T::deserialize(Value(value))
}

impl Unreadable {
    fn new(what: impl Display) -> Self {
        Self { path: String::new(), what: what.to_string() }
    }

    /// The same error, seen from one level up.
    fn under(mut self, step: impl Display) -> Self {
        let mut path = step.to_string();
        path.push_str(&self.path);
        self.path = path;
        self
    }
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at `{}`: ", self.path)?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: Display>(what: T) -> Self {
        Self::new(what)
    }

    // What is there instead is for the caller to see; to print it in full takes much code.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format_args!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format_args!("expected {expected}"))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::new(format_args!("expected {expected}"))
    }
}

struct Value(JsValue);

impl Value {
    fn is_absent(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }
}

impl<'de> de::Deserializer<'de> for Value {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Some(truth) = self.0.as_bool() {
            visitor.visit_bool(truth)
        } else if let Some(number) = self.0.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(items) = self.0.dyn_ref::<Array>() {
            visitor.visit_seq(Items { items, next: 0 })
        } else {
            visitor.visit_unit()
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_absent() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// A whole number is what JavaScript has, not what is meant.
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let number = self.0.as_f64().filter(|number| *number == f64::from(*number as u32));
        match number {
            Some(number) => visitor.visit_u32(number as u32),
            None => Err(Unreadable::new("expected a whole number")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if !self.0.is_object() || Array::is_array(&self.0) {
            return Err(Unreadable::new("expected an object"));
        }
        visitor.visit_map(Fields { object: &self.0, fields: fields.iter(), value: None })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let text = self.0.as_string().ok_or_else(|| Unreadable::new("expected a string"))?;
        let variant: StringDeserializer<Unreadable> = text.into_deserializer();
        visitor.visit_enum(variant)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a> {
    items: &'a Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let at = self.next;
        if at >= self.items.length() {
            return Ok(None);
        }
        self.next += 1;
        let item = seed.deserialize(Value(self.items.get(at)));
        item.map(Some).map_err(|error| error.under(format_args!("[{at}]")))
    }
}

/// The fields of a struct, as far as the object has them; others are not looked at.
struct Fields<'a> {
    object: &'a JsValue,
    fields: std::slice::Iter<'static, &'static str>,
    value: Option<(&'static str, Value)>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unreadable> {
        for field in self.fields.by_ref() {
            let value = Reflect::get(self.object, &JsString::from(*field)).map_err(|_| {
                Unreadable::new("it throws when it is read").under(format_args!(".{field}"))
            })?;
            if !value.is_undefined() {
                self.value = Some((field, Value(value)));
                return seed.deserialize(field.into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Unreadable> {
        let (field, value) =
            self.value.take().ok_or_else(|| Unreadable::new("expected a field"))?;
        seed.deserialize(value).map_err(|error| error.under(format_args!(".{field}")))
    }
}
