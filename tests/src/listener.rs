//! A server whose answers a test writes, for what the emulator has no reason to do.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

/// A listener on loopback that answers every request as the test says, and keeps what it was sent.
#[derive(Debug)]
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    /// Starts to answer with this head: the status line and headers, without the empty line at its end.
    pub fn answering(head: impl Into<String>) -> Self {
        Self::answering_with(head, b"")
    }

    /// Starts to answer with this head and this body.
    pub fn answering_with(head: impl Into<String>, body: &[u8]) -> Self {
        let answer = message(&head.into(), body);
        Self::with(move |_| answer.clone())
    }

    /// Starts to answer with JSON, which depends on the head of the request.
    pub fn with_json(body: impl Fn(&str) -> String + Send + 'static) -> Self {
        Self::with(move |request| {
            let head = "HTTP/1.1 200 OK
content-type: application/json";
            message(head, body(request).as_bytes())
        })
    }

    fn with(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        // It ends with the process: a test has no use for a listener that stops.
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let Ok(mut connection) = connection else { continue };
                let mut head = Vec::new();
                let mut part = [0; 4096];
                // Kept before it is whole too: a bare connection counts.
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(String::new());
                while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                    match connection.read(&mut part) {
                        Ok(read) if read > 0 => head.extend_from_slice(&part[..read]),
                        _ => break,
                    }
                }
                let whole = String::from_utf8_lossy(&head).into_owned();
                // An answer before the body has come could be lost with a reset.
                let mut left = body_left(&whole);
                while left > 0 {
                    match connection.read(&mut part) {
                        Ok(read) if read > 0 => left = left.saturating_sub(read),
                        _ => break,
                    }
                }
                let answer = answer(&whole);
                if let Some(last) = kept.lock().unwrap_or_else(PoisonError::into_inner).last_mut() {
                    *last = whole;
                }
                let _ = connection.write_all(&answer);
            }
        });
        Self { address, heads }
    }

    /// The heads of the requests so far, one for each connection.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn message(head: &str, body: &[u8]) -> Vec<u8> {
    let rest = format!("\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), rest.as_bytes(), body].concat()
}

/// How much of a request's body is still to come.
fn body_left(request: &str) -> usize {
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((request, ""));
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    length.saturating_sub(body.len())
}
