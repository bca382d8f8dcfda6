//! A limiter that many processes share, over Redis.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use redis::Script;
use redis::aio::ConnectionManager;
use tokio::runtime::Handle;
use tokio::sync::Mutex as Turn;

use super::{Learning, Limiter, ON_ITS_WAY, at_most_an_hour_from, check};
use crate::error::MakeError as _;
use crate::sync::lock;
use crate::{Error, ErrorKind, RateLimit, Result};

/// Counts the requests of all processes that use the same key in Redis: no period as long as the window sees more than the
/// limit. Redis's clock measures it, and a request counts for one second longer than the window: if it arrives within a
/// second of its turn, it is on time, so the limit can be the service's own.
///
/// When the service refuses a request of one process with 420 or 429 and says how long to wait, all of them wait, for an hour
/// at most. Within a process, turns are given in the order in which they were asked for. If Redis can't be reached, calls
/// fail and nothing is sent.
#[derive(Clone)]
pub struct RedisLimiter {
    shared: Arc<Shared>,
}

struct Shared {
    connection: ConnectionManager,
    count: Script,
    pause: Script,
    key: String,
    limit: u32,
    window: Duration,
    /// Until when the service wants no more requests, as this process was told.
    blocked_until: Mutex<Option<DateTime<Utc>>>,
    turn: Turn<()>,
}

/// Makes all wait, unless they already wait for longer.
///
/// `KEYS`: whether all wait. `ARGV`: for how many milliseconds.
const PAUSE: &str = r"
if tonumber(ARGV[1]) > redis.call('PTTL', KEYS[1]) then
  redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
end
";

/// Counts a request and returns 0, or returns for how many milliseconds to wait.
///
/// `KEYS`: the times of the requests in the window; whether all wait. `ARGV`: the limit; for how many milliseconds a request
/// counts; a name for the request.
const COUNT: &str = r"
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then
  return paused
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZCARD', KEYS[1]) < limit then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], window)
  return 0
end
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.max(1, oldest[2] + window - now)
";

impl RedisLimiter {
    /// Connects to Redis and allows `limit` requests in each period as long as `window`, for all processes that use the same
    /// `key`. `url` is such as `redis://127.0.0.1:6379`.
    ///
    /// # Errors
    /// A [configuration error](crate::ErrorKind::Configuration) when the URL is wrong, when the limit is zero, or when the
    /// window is shorter than a millisecond or longer than a year; [`Connect`](crate::ErrorKind::Connect) when Redis can't be
    /// reached. The URL may contain a password and is never shown.
    pub async fn connect(url: &str, key: impl Into<String>, limit: u32, window: Duration) -> Result<Self> {
        check(limit, window)?;
        let client = redis::Client::open(url)
            .map_err(|_| Error::configuration("the URL of Redis is wrong: write it as `redis://host:port`"))?;
        let connection = ConnectionManager::new(client).await.map_err(|cause| {
            let message = "Redis can't be reached: check the host, the port and the password in its URL";
            Error::new(ErrorKind::Connect, message).with_source(cause)
        })?;
        Ok(Self {
            shared: Arc::new(Shared {
                connection,
                count: Script::new(COUNT),
                pause: Script::new(PAUSE),
                key: key.into(),
                limit,
                window,
                blocked_until: Mutex::default(),
                turn: Turn::default(),
            }),
        })
    }

    /// Counts a request, or returns how long to wait.
    async fn count(&self) -> redis::RedisResult<Duration> {
        let shared = &*self.shared;
        self.pause().await?;
        let wait: u64 = shared
            .count
            .key(&shared.key)
            .key(self.paused())
            .arg(shared.limit)
            .arg(milliseconds(shared.window + ON_ITS_WAY))
            .arg(format!("{:032x}", fastrand::u128(..)))
            .invoke_async(&mut shared.connection.clone())
            .await?;
        Ok(Duration::from_millis(wait))
    }

    /// Makes all processes wait, if the service has asked this one to. It is forgotten when Redis knows it.
    async fn pause(&self) -> redis::RedisResult<()> {
        let shared = &*self.shared;
        let Some(until) = *lock(&shared.blocked_until) else {
            return Ok(());
        };
        if let Ok(pause) = (until - Utc::now()).to_std()
            && milliseconds(pause) > 0
        {
            let () = shared
                .pause
                .key(self.paused())
                .arg(milliseconds(pause))
                .invoke_async(&mut shared.connection.clone())
                .await?;
        }
        let mut known = lock(&shared.blocked_until);
        if *known == Some(until) {
            *known = None;
        }
        Ok(())
    }

    /// The key that exists as long as all wait.
    fn paused(&self) -> String {
        format!("{}:paused", self.shared.key)
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Limiter for RedisLimiter {
    fn acquire(&self) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>> {
        Box::pin(async move {
            let _turn = self.shared.turn.lock().await;
            loop {
                let wait = self.count().await?;
                if wait.is_zero() {
                    return Ok(());
                }
                tokio::time::sleep(wait).await;
            }
        })
    }

    fn learn(&self, reply: Learning<'_>) {
        let Some(until) = reply.blocked_until else {
            return;
        };
        {
            let mut known = lock(&self.shared.blocked_until);
            *known = (*known).max(Some(until.min(at_most_an_hour_from(Utc::now()))));
        }
        // The others have to know at once: this process may send nothing more, or only after the wait. If it fails here, the
        // next turn tries again.
        if let Ok(runtime) = Handle::try_current() {
            let limiter = self.clone();
            runtime.spawn(async move { limiter.pause().await });
        }
    }

    fn learns(&self) -> bool {
        true
    }

    fn state(&self) -> Option<RateLimit> {
        Some(RateLimit {
            limit: Some(self.shared.limit.into()),
            ..RateLimit::default()
        })
    }
}

impl fmt::Debug for RedisLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the connection nor its URL, which may contain a password.
        f.debug_struct("RedisLimiter")
            .field("limit", &self.shared.limit)
            .field("window", &self.shared.window)
            .finish_non_exhaustive()
    }
}
