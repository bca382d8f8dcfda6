//! Decides for each connection of a client whether it reaches the emulator or a port that refuses it.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use account_provisioning::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::TcpSocket;

/// The host in the base URL of the clients. Without a port in the URL, the gate decides about the port too.
pub(crate) const HOST: &str = "emulator.test";

/// A port that is bound, so that nobody else gets it, and that nobody listens on.
#[derive(Debug)]
pub(crate) struct ClosedPort {
    address: SocketAddr,
    _socket: TcpSocket,
}

impl ClosedPort {
    pub(crate) fn bind() -> Self {
        let socket = TcpSocket::new_v4().expect("the system has sockets");
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a port is free");
        let address = socket.local_addr().expect("a bound socket has an address");
        Self {
            address,
            _socket: socket,
        }
    }
}

/// Resolves the host of the clients. Clones share the decisions.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    open: SocketAddr,
    closed: Arc<ClosedPort>,
    decisions: Arc<Mutex<Decisions>>,
}

#[derive(Debug, Default)]
struct Decisions {
    /// Whether each of the next connections is refused; those after them are not.
    refuse: VecDeque<bool>,
    refused: u64,
}

impl Gate {
    pub(crate) fn new(open: SocketAddr, closed: Arc<ClosedPort>) -> Self {
        Self {
            open,
            closed,
            decisions: Arc::default(),
        }
    }

    /// Decides about the next connections, and forgets what was decided before.
    pub(crate) fn plan(&self, refuse: impl IntoIterator<Item = bool>) {
        let decisions = Decisions {
            refuse: refuse.into_iter().collect(),
            refused: 0,
        };
        *self.decisions.lock().unwrap_or_else(PoisonError::into_inner) = decisions;
    }

    /// How many connections were refused since the last plan.
    pub(crate) fn refused(&self) -> u64 {
        self.decisions.lock().unwrap_or_else(PoisonError::into_inner).refused
    }

    fn address(&self) -> SocketAddr {
        let mut decisions = self.decisions.lock().unwrap_or_else(PoisonError::into_inner);
        if decisions.refuse.pop_front().unwrap_or_default() {
            decisions.refused += 1;
            return self.closed.address;
        }
        self.open
    }
}

impl Resolve for Gate {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(std::iter::once(self.address()));
        Box::pin(async { Ok(addresses) })
    }
}
