//! A server that answers one request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use account_provisioning_core::{BaseUrl, Credentials, PlainHttpHosts, Transport};

/// Answers one request with `reply`, a whole response, and returns the request as it came.
pub(crate) fn serve_once(reply: impl Into<String>) -> (SocketAddr, JoinHandle<String>) {
    let reply = reply.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut request = String::new();
        let mut length = 0;
        loop {
            let start = request.len();
            reader.read_line(&mut request).unwrap();
            let line = request[start..].to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        request.push_str(std::str::from_utf8(&body).unwrap());
        stream.write_all(reply.as_bytes()).unwrap();
        request
    });
    (address, thread)
}

/// A transport to a server of this machine.
pub(crate) fn transport(address: SocketAddr, path: &str, credentials: Credentials) -> Transport {
    let base_url = BaseUrl::parse(&format!("http://{address}{path}"), &PlainHttpHosts::none()).unwrap();
    Transport::builder()
        .credentials(credentials)
        .build(base_url, reqwest::Client::builder)
        .unwrap()
}
