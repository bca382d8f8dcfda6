//! A TCP stream that can end with a reset, now or at the next request.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A stream, and how it ends.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    handle: ResetHandle,
}

/// Makes a socket end with a reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResetHandle(Arc<Ending>);

#[derive(Debug, Default)]
struct Ending {
    reset: AtomicBool,
    stale: AtomicBool,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream) -> (Self, ResetHandle) {
        let handle = ResetHandle::default();
        (
            Self {
                stream,
                handle: handle.clone(),
            },
            handle,
        )
    }
}

impl ResetHandle {
    /// Makes the socket end with a reset instead of an orderly close.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
    }

    /// Makes the socket end with a reset as soon as the next request arrives, which is not read.
    pub(crate) fn reset_at_next_request(&self) {
        self.0.stale.store(true, Ordering::Release);
    }

    fn is_reset(&self) -> bool {
        self.0.reset.load(Ordering::Acquire)
    }

    fn is_stale(&self) -> bool {
        self.0.stale.load(Ordering::Acquire)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.handle.is_reset() {
            // Without lingering, closing the stream sends a reset. If this fails, it closes in the orderly way.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if self.handle.is_stale() && buffer.filled().len() > before {
            buffer.set_filled(before);
            self.handle.reset();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.handle.is_reset() {
            // Shutting down would close in the orderly way before the reset.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }
}
