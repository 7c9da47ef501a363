use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

/// From which network a request comes: an address, or of the newer kind the sixty-four bits that one household or
/// ministry has.
///
/// What a header says is believed only of a proxy that is ours: one on this machine, or one that was named.
pub(super) fn network(proxies: &[IpAddr], parts: &Parts) -> String {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let Some(peer) = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical()) else {
        return String::new();
    };
    let ours = |address: &IpAddr| address.is_loopback() || proxies.contains(address);
    let forwarded = parts.headers.get_all("x-forwarded-for").into_iter();
    let forwarded: Vec<IpAddr> = forwarded
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|address| address.trim().parse::<IpAddr>().ok())
        .map(|address| address.to_canonical())
        .collect();
    // Each proxy writes at the end whom it heard: the last that is not ours is the reader.
    let reader = if ours(&peer) {
        forwarded.into_iter().rev().find(|address| !ours(address))
    } else {
        None
    };
    match reader.unwrap_or(peer) {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn from(peer: &str, forwarded: &[&str]) -> String {
        let mut request = Request::builder();
        for line in forwarded {
            request = request.header("X-Forwarded-For", *line);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let peer = SocketAddr::new(peer.parse().unwrap(), 40_000);
        parts.extensions.insert(ConnectInfo(peer));
        network(&["10.0.0.1".parse().unwrap()], &parts)
    }

    #[test]
    fn a_header_is_believed_of_our_own_proxies_only() {
        for (peer, forwarded, expected) in [
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("127.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.2", &["198.51.100.7"], "10.0.0.2"),
            // What a reader wrote themselves stands before what the proxy heard.
            ("127.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            (
                "127.0.0.1",
                &["203.0.113.9", "198.51.100.7, 10.0.0.1"],
                "198.51.100.7",
            ),
            ("127.0.0.1", &["nonsense"], "127.0.0.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("::ffff:192.0.2.1", &[], "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", &[], "2001:db8:1:2::"),
        ] {
            assert_eq!(from(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
