use axum::http::{HeaderMap, header};

/// How long a browser stays known, in seconds.
const DEVICE_LASTS: u32 = 400 * 24 * 3600;

/// The names of the cookies: the first form binds one to this very host, and browsers take it over TLS only.
const SESSION: [&str; 2] = ["__Host-session", "session"];
const DEVICE: [&str; 2] = ["__Host-device", "device"];

/// What a browser keeps while it is at a ministry's account: as long as that may take.
const BOUND: [&str; 2] = ["__Host-way", "way"];
const BOUND_LASTS: u32 = 600;

/// A mark of how far the register had come when this browser last entered something, for as long as another node may lag behind.
const ENTERED: [&str; 2] = ["__Host-entered", "entered"];
const ENTERED_LASTS: u32 = 10;

pub(super) fn entered(mark: &str, secure: bool) -> String {
    let cookie = cookie(ENTERED, mark, secure);
    format!("{cookie}; Max-Age={ENTERED_LASTS}")
}

pub(super) fn read_entered(headers: &HeaderMap) -> Option<String> {
    read(ENTERED, headers)
}

pub(super) fn session(token: &str, secure: bool) -> String {
    cookie(SESSION, token, secure)
}

pub(super) fn no_session(secure: bool) -> String {
    session("", secure) + "; Max-Age=0"
}

pub(super) fn device(token: &str, secure: bool) -> String {
    format!("{}; Max-Age={DEVICE_LASTS}", cookie(DEVICE, token, secure))
}

/// It comes back from another site by a redirect, which `Lax` lets through.
pub(super) fn bound(state: &str, secure: bool) -> String {
    format!("{}; Max-Age={BOUND_LASTS}", cookie(BOUND, state, secure))
}

pub(super) fn not_bound(secure: bool) -> String {
    cookie(BOUND, "", secure) + "; Max-Age=0"
}

pub(super) fn read_bound(headers: &HeaderMap) -> Option<String> {
    read(BOUND, headers)
}

pub(super) fn read_session(headers: &HeaderMap) -> Option<String> {
    read(SESSION, headers)
}

pub(super) fn read_device(headers: &HeaderMap) -> Option<String> {
    read(DEVICE, headers)
}

fn cookie(names: [&str; 2], token: &str, secure: bool) -> String {
    let [bound, plain] = names;
    let (name, only) = if secure {
        (bound, "; Secure")
    } else {
        (plain, "")
    };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{only}")
}

fn read(names: [&str; 2], headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    cookies
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, _)| names.contains(known))
        .map(|(_, token)| token.to_owned())
}
