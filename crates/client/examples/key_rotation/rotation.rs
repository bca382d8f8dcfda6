//! The rotation: one step at a time, each written down before the next begins.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use account_provisioning::FoundOrCreated;
use account_provisioning::cloudinary::access_keys::AccessKeys;
use account_provisioning::cloudinary::{AccessKey, ApiKey};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::files;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// What the vault has: the key that the application uses. In a program, this is a secret store and not a file.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    pub api_key: ApiKey,
    pub api_secret: String,
}

/// How far a rotation has come.
#[derive(Serialize, Deserialize)]
enum Progress {
    /// A key that replaces the old one is to be in the vault.
    Making { old: ApiKey },
    /// The new key is in the vault, and both work, so that the application has time to take it.
    Overlapping { old: ApiKey, until: DateTime<Utc> },
    /// The old key is disabled, which could be undone.
    Disabled { old: ApiKey },
}

pub struct Rotation {
    pub keys: AccessKeys,
    /// Where the vault and the progress are.
    pub directory: PathBuf,
    pub overlap: TimeDelta,
    /// After how many steps the process ends at once, as in a crash.
    pub stop_after: Option<u32>,
}

impl Rotation {
    /// Does what can be done now, from wherever an earlier run stopped. Returns until when both keys work, or `None` when the
    /// rotation is complete.
    pub async fn run(mut self) -> Outcome<Option<DateTime<Utc>>> {
        loop {
            let next = match files::read(&self.progress())? {
                None => {
                    let kept: Kept =
                        files::read(&self.vault())?.ok_or("the vault has no key yet, so there is none to rotate")?;
                    Progress::Making { old: kept.api_key }
                }
                Some(Progress::Making { old }) => {
                    self.make(&old).await?;
                    Progress::Overlapping {
                        old,
                        until: Utc::now() + self.overlap,
                    }
                }
                Some(Progress::Overlapping { until, .. }) if Utc::now() < until => return Ok(Some(until)),
                Some(Progress::Overlapping { old, .. }) => {
                    gone(self.keys.update(&old).enabled(false).await.map(drop))?;
                    self.step(&format!("disabled {old}"));
                    Progress::Disabled { old }
                }
                Some(Progress::Disabled { old }) => {
                    gone(self.keys.delete(&old).await)?;
                    self.step(&format!("deleted {old}"));
                    fs::remove_file(self.progress())?;
                    files::sync_directory(&self.progress())?;
                    return Ok(None);
                }
            };
            files::write(&self.progress(), &next)?;
            self.step("wrote down how far it is");
        }
    }

    /// Puts a new key into the vault. Its name tells which key it replaces, so a key that an earlier run made is found.
    async fn make(&mut self, old: &ApiKey) -> Outcome {
        let generate = self.keys.generate().name(format!("after {old}")).enabled(true);
        let new = match generate.clone().or_find().await? {
            FoundOrCreated::Created(key) => key,
            FoundOrCreated::Found(key) | FoundOrCreated::CreatedAfterUnknown(key) => {
                if self.is_kept(&key)? {
                    return Ok(());
                }
                // Its secret was lost with the response or with the process, so nobody can use it.
                gone(self.keys.delete(&key.api_key).await)?;
                self.step(&format!("deleted {}, whose secret is lost", key.api_key));
                generate.await?
            }
        };
        self.step(&format!("generated {}", new.api_key));
        let api_secret = new.api_secret.expose_secret().to_owned();
        files::write(
            &self.vault(),
            &Kept {
                api_key: new.api_key.clone(),
                api_secret,
            },
        )?;
        self.step(&format!("put {} into the vault", new.api_key));
        Ok(())
    }

    fn is_kept(&self, key: &AccessKey) -> Outcome<bool> {
        let kept: Option<Kept> = files::read(&self.vault())?;
        Ok(kept.is_some_and(|kept| kept.api_key == key.api_key))
    }

    fn vault(&self) -> PathBuf {
        self.directory.join("vault.json")
    }

    fn progress(&self) -> PathBuf {
        self.directory.join("progress.json")
    }

    fn step(&mut self, what: &str) {
        println!("  {what}");
        if let Some(left) = &mut self.stop_after {
            *left = left.saturating_sub(1);
            if *left == 0 {
                std::process::abort();
            }
        }
    }
}

/// What is gone already needs no deletion.
fn gone(changed: account_provisioning::Result<()>) -> account_provisioning::Result<()> {
    changed.or_else(|error| if error.is_not_found() { Ok(()) } else { Err(error) })
}
