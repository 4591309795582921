//! Times, as the browser tells and writes them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::AttrValue;

use crate::draft::{Expiry, Moment};

/// Now, in whole seconds since 1970.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of seconds that fits until 2106"
)]
pub(crate) fn now() -> u32 {
    (Date::now() / 1_000.0) as u32
}

/// Today in UTC, `YYYY-MM-DD`.
#[must_use]
pub(crate) fn today() -> String {
    let mut today = iso(now().into());
    today.truncate("YYYY-MM-DD".len());
    today
}

/// When a key ends that is made at a time, as RFC 3339.
#[must_use]
pub(crate) fn end(expiry: &Expiry, made: u32) -> Option<String> {
    Some(match expiry.moment(made)? {
        Moment::At(at) => iso(at),
        Moment::EndOf(day) => [&day, "T23:59:59Z"].concat(),
    })
}

/// A time of the backend as a day in the person's own language; what cannot be read stays as it is.
#[must_use]
pub(crate) fn day(time: &str) -> AttrValue {
    local(time, false)
}

/// The same, with the time of day if it is not far off.
#[must_use]
pub(crate) fn moment(time: &str) -> AttrValue {
    const NEAR: f64 = 9.0 * 86_400_000.0;
    local(time, Date::parse(time) - Date::now() < NEAR)
}

fn local(time: &str, with_time: bool) -> AttrValue {
    if Date::parse(time).is_nan() {
        return AttrValue::from(time.to_owned());
    }
    let date = Date::new(&JsValue::from_str(time));
    let options = Object::new();
    let ask = |part: &str, form: &str| _ = Reflect::set(&options, &part.into(), &form.into());
    ask("year", "numeric");
    ask("month", "short");
    ask("day", "numeric");
    if with_time {
        ask("hour", "2-digit");
        ask("minute", "2-digit");
    }
    // A language that no browser knows, so that each takes its own. The one that a browser names may be none, as `C`,
    // and throw.
    String::from(date.to_locale_string("default", &options)).into()
}

/// Whether a time of the backend is past.
#[must_use]
pub(crate) fn is_past(time: &str) -> bool {
    Date::parse(time) < Date::now()
}

/// Whether one time of the backend is before another.
#[must_use]
pub(crate) fn is_before(one: &str, other: &str) -> bool {
    Date::parse(one) < Date::parse(other)
}

fn iso(seconds: f64) -> String {
    String::from(Date::new(&JsValue::from_f64(seconds * 1_000.0)).to_iso_string())
}
