//! The canonical form straight from a value of a type, without a tree of JSON values between.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Serialize};
use serde_json::Value;

use super::{DEPTH_MAX, INTEGER_MAX, write_string};
use crate::DecodeError;

/// Writes one value.
pub(super) struct Form<'o> {
    pub(super) out: &'o mut Vec<u8>,
    /// How many levels of nesting are left.
    pub(super) depth_left: usize,
}

/// Why a value has no canonical form.
#[derive(Debug)]
pub(super) struct Refused(pub(super) DecodeError);

type Done = Result<(), Refused>;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self(DecodeError::Json(ser::Error::custom(what)))
    }
}

impl<'o> Form<'o> {
    fn integer(self, number: impl TryInto<i64> + fmt::Display + Copy) -> Done {
        match number.try_into() {
            Ok(integer) if (-INTEGER_MAX..=INTEGER_MAX).contains(&integer) => {
                self.out.extend_from_slice(integer.to_string().as_bytes());
                Ok(())
            }
            _ => Err(Refused(DecodeError::Number(number.to_string()))),
        }
    }

    fn float(number: f64) -> Refused {
        let said = serde_json::Number::from_f64(number);
        let said = said.map_or_else(|| number.to_string(), |said| said.to_string());
        Refused(DecodeError::Number(said))
    }

    fn text(self, text: &str) -> Done {
        write_string(text, self.out);
        Ok(())
    }

    fn word(self, word: &[u8]) -> Done {
        self.out.extend_from_slice(word);
        Ok(())
    }

    fn deeper(&self) -> Result<usize, Refused> {
        let deeper = self.depth_left.checked_sub(1);
        deeper.ok_or(Refused(DecodeError::Depth {
            depth_max: DEPTH_MAX,
        }))
    }

    fn items(self) -> Result<Items<'o>, Refused> {
        let depth_left = self.deeper()?;
        self.out.push(b'[');
        Ok(Items {
            out: self.out,
            depth_left,
            first: true,
            tagged: false,
        })
    }

    fn members(self) -> Result<Members<'o>, Refused> {
        let depth_left = self.deeper()?;
        self.out.push(b'{');
        Ok(Members {
            begin: self.out.len(),
            out: self.out,
            depth_left,
            spans: Vec::new(),
            in_order: true,
            key: None,
            tagged: false,
        })
    }

    /// The beginning of `{"variant":`, and what stands behind it.
    fn tag(self, variant: &str) -> Result<Self, Refused> {
        let depth_left = self.deeper()?;
        self.out.push(b'{');
        write_key(variant, self.out)?;
        Ok(Self {
            out: self.out,
            depth_left,
        })
    }
}

fn write_key(key: &str, out: &mut Vec<u8>) -> Done {
    if !key.is_ascii() {
        return Err(Refused(DecodeError::Key(key.to_owned())));
    }
    write_string(key, out);
    out.push(b':');
    Ok(())
}

impl<'o> ser::Serializer for Form<'o> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeTupleStruct = Items<'o>;
    type SerializeTupleVariant = Items<'o>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    fn serialize_bool(self, value: bool) -> Done {
        self.word(if value { b"true" } else { b"false" })
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.integer(value)
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.integer(value)
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.integer(value)
    }

    fn serialize_i64(self, value: i64) -> Done {
        self.integer(value)
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.integer(value)
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.integer(value)
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.integer(value)
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.integer(value)
    }

    fn serialize_f32(self, value: f32) -> Done {
        Err(Self::float(value.into()))
    }

    fn serialize_f64(self, value: f64) -> Done {
        Err(Self::float(value))
    }

    fn serialize_char(self, value: char) -> Done {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        value.serialize(self)
    }

    fn serialize_none(self) -> Done {
        self.word(b"null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.word(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.word(b"null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        let inner = self.tag(variant)?;
        value.serialize(Form {
            out: &mut *inner.out,
            depth_left: inner.depth_left,
        })?;
        inner.out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o>, Refused> {
        self.items()
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'o>, Refused> {
        self.items()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'o>, Refused> {
        self.items()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'o>, Refused> {
        let items = self.tag(variant)?.items()?;
        Ok(Items {
            tagged: true,
            ..items
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>, Refused> {
        self.members()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, Refused> {
        self.members()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o>, Refused> {
        let members = self.tag(variant)?.members()?;
        Ok(Members {
            tagged: true,
            ..members
        })
    }
}

/// The items of an array.
pub(super) struct Items<'o> {
    out: &'o mut Vec<u8>,
    depth_left: usize,
    first: bool,
    /// It stands in the object of a variant.
    tagged: bool,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        value.serialize(Form {
            out: &mut *self.out,
            depth_left: self.depth_left,
        })
    }

    fn close(self) -> Done {
        self.out.push(b']');
        if self.tagged {
            self.out.push(b'}');
        }
        Ok(())
    }
}

macro_rules! items {
    ($($trait:ident::$each:ident),+ $(,)?) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Refused;

            fn $each<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                self.item(value)
            }

            fn end(self) -> Done {
                self.close()
            }
        })+
    };
}

items!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
);

/// The members of an object, in whatever order they come; they are sorted at its end.
pub(super) struct Members<'o> {
    out: &'o mut Vec<u8>,
    depth_left: usize,
    /// Where the first one stands.
    begin: usize,
    spans: Vec<Span>,
    in_order: bool,
    /// The key whose value comes next.
    key: Option<String>,
    tagged: bool,
}

/// A member that is written, without the comma before it.
struct Span {
    key: Cow<'static, str>,
    begin: usize,
    end: usize,
}

impl Members<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, key: Cow<'static, str>, value: &T) -> Done {
        if !self.spans.is_empty() {
            self.out.push(b',');
        }
        let begin = self.out.len();
        write_key(&key, self.out)?;
        value.serialize(Form {
            out: &mut *self.out,
            depth_left: self.depth_left,
        })?;
        // RFC 8785 sorts by UTF-16 code units; for ASCII that is the order of the bytes.
        self.in_order &= self.spans.last().is_none_or(|last| last.key < key);
        self.spans.push(Span {
            key,
            begin,
            end: self.out.len(),
        });
        Ok(())
    }

    fn close(mut self) -> Done {
        if !self.in_order {
            self.spans.sort_by(|one, other| one.key.cmp(&other.key));
            let mut sorted = Vec::with_capacity(self.out.len() - self.begin);
            for span in &self.spans {
                if !sorted.is_empty() {
                    sorted.push(b',');
                }
                sorted.extend_from_slice(&self.out[span.begin..span.end]);
            }
            self.out.truncate(self.begin);
            self.out.append(&mut sorted);
        }
        self.out.push(b'}');
        if self.tagged {
            self.out.push(b'}');
        }
        Ok(())
    }
}

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        let key = serde_json::to_value(key).map_err(|error| Refused(error.into()))?;
        self.key = Some(match key {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return Err(ser::Error::custom("a key is a text")),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        let key = self.key.take();
        let key = key.ok_or_else(|| <Refused as ser::Error>::custom("a value without a key"))?;
        self.member(key.into(), value)
    }

    fn end(self) -> Done {
        self.close()
    }
}

macro_rules! members {
    ($($trait:ident),+) => {
        $(impl ser::$trait for Members<'_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
                self.member(key.into(), value)
            }

            fn end(self) -> Done {
                self.close()
            }
        })+
    };
}

members!(SerializeStruct, SerializeStructVariant);
