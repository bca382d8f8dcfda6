//! Requests on several connections, one after the other on each, for some time.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HOST};
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Result;

/// What to fetch.
#[derive(Clone, Debug)]
pub struct Target {
    /// The server.
    pub address: SocketAddr,
    /// The path, with its query.
    pub path: String,
    /// The header of this name.
    pub authorization: String,
}

impl Target {
    /// Fetches it once, on a connection of its own.
    ///
    /// # Errors
    /// The server doesn't answer, or not with status 200.
    pub async fn fetch(&self) -> Result<Bytes> {
        self.request(&mut self.connect().await?).await
    }

    /// How many times a second it can be fetched on so many connections.
    ///
    /// # Errors
    /// A request fails.
    pub async fn rate(&self, connections: usize, time: Duration) -> Result<f64> {
        let start = Instant::now();
        let tasks: Vec<_> = (0..connections)
            .map(|_| {
                let target = self.clone();
                tokio::spawn(async move {
                    let mut connection = target.connect().await?;
                    let mut requests = 0_u32;
                    while start.elapsed() < time {
                        target.request(&mut connection).await?;
                        requests += 1;
                    }
                    Result::Ok(requests)
                })
            })
            .collect();
        let mut requests = 0;
        for task in tasks {
            requests += task.await??;
        }
        Ok(f64::from(requests) / start.elapsed().as_secs_f64())
    }

    async fn connect(&self) -> Result<SendRequest<Empty<Bytes>>> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // A connection that breaks shows in the next request.
        tokio::spawn(async move { connection.await.ok() });
        Ok(sender)
    }

    async fn request(&self, connection: &mut SendRequest<Empty<Bytes>>) -> Result<Bytes> {
        let request = Request::get(&self.path)
            .header(HOST, self.address.to_string())
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, &self.authorization)
            .body(Empty::new())?;
        connection.ready().await?;
        let response = connection.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if status == StatusCode::OK {
            Ok(body)
        } else {
            Err(format!("{}: {status}: {}", self.path, String::from_utf8_lossy(&body)).into())
        }
    }
}
