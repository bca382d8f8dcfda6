//! The HTTP server: one thread with one accept loop, and connections that can be reset.

mod answer;
mod body;
mod control;
mod service;
mod socket;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use self::socket::Socket;
use crate::simulation::Shared;

/// How long a graceful shutdown waits for pending responses.
const GRACE: Duration = Duration::from_secs(5);

/// A running server.
///
/// It has its own thread and runtime, so that it responds while the user's thread is blocked, and so that a paused
/// clock in the user's runtime does not affect it.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<Stop>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Stop {
    /// Finish pending responses, then send a message.
    Gracefully(oneshot::Sender<()>),
    Now,
}

impl Server {
    /// Listens on an address. Port 0 picks a free one.
    pub(crate) fn start(address: SocketAddr, shared: Arc<Shared>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name(format!("emulator {}", address.port()))
            .spawn(move || runtime.block_on(serve(listener, shared, stopped)))?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting connections, waits for pending responses, and returns when the port is free.
    pub(crate) async fn shutdown(mut self) {
        let (done, finished) = oneshot::channel();
        if let Some(stop) = self.stop.take()
            && stop.send(Stop::Gracefully(done)).is_ok()
        {
            // An error means that the server ended in another way, which is just as well.
            let _ = finished.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The server may have stopped already.
            let _ = stop.send(Stop::Now);
        }
        if let Some(thread) = self.thread.take() {
            // The panic hook has already reported a panic of the thread.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: tokio::net::TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<Stop>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let stop = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Without this, a small response may wait for the client to acknowledge the previous one.
                    let _ = stream.set_nodelay(true);
                    let (socket, reset_handle) = Socket::new(stream);
                    let shared = Arc::clone(&shared);
                    let service = service_fn(move |request| service::answer(Arc::clone(&shared), reset_handle.clone(), request));
                    let connection = http1::Builder::new().serve_connection(TokioIo::new(socket), service);
                    let connection = graceful.watch(connection);
                    connections.spawn(async move {
                        // How a connection ends matters only to the client.
                        let _ = connection.await;
                    });
                }
                // There may be no file descriptors left: wait until connections end.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
            stop = &mut stopped => break stop.unwrap_or(Stop::Now),
        }
    };
    drop(listener);
    if let Stop::Gracefully(done) = stop {
        // Connections that are still open after that are closed.
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
        connections.shutdown().await;
        let _ = done.send(());
    }
}
