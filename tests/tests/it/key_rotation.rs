//! The example that rotates a key, as a program that is killed at every moment.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use account_provisioning::cloudinary::{Client, ProductEnvironmentId};
use account_provisioning_emulator::{Emulator, Fault};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An environment with one key, which is in the vault.
struct Stage {
    emulator: Emulator,
    environment: ProductEnvironmentId,
    directory: TempDir,
}

impl Stage {
    async fn start() -> Self {
        let emulator = Emulator::start().await.unwrap();
        let client = Client::builder().account_url(emulator.cloudinary().url());
        let client = client.base_url(emulator.cloudinary().base_url()).build().unwrap();
        let environment = client.product_environments().create("Client Portal").await.unwrap().id;
        let stage = Self {
            emulator,
            environment,
            directory: TempDir::new().unwrap(),
        };
        let [(api_key, api_secret)] = &stage.working_keys()[..] else {
            panic!("one key")
        };
        let vault = json!({ "api_key": api_key, "api_secret": api_secret });
        fs::write(stage.directory.path().join("vault.json"), vault.to_string()).unwrap();
        stage.emulator.clear_requests();
        stage
    }

    fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_key_rotation"));
        program
            .env("CLOUDINARY_ACCOUNT_URL", self.emulator.cloudinary().url())
            .env("CLOUDINARY_BASE_URL", self.emulator.cloudinary().base_url())
            .args(["--environment", self.environment.as_str(), "--directory"])
            .arg(self.directory.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        program
    }

    /// Runs the program to its end, and returns whether it succeeded.
    fn run(&self) -> bool {
        self.program().status().unwrap().success()
    }

    fn vault(&self) -> (String, String) {
        let text = fs::read_to_string(self.directory.path().join("vault.json")).unwrap();
        let kept: Value = serde_json::from_str(&text).unwrap();
        let field = |name: &str| kept[name].as_str().unwrap().to_owned();
        (field("api_key"), field("api_secret"))
    }

    /// The enabled keys of the environment, with their secrets.
    fn working_keys(&self) -> Vec<(String, String)> {
        let all = self.all_keys();
        all.into_iter()
            .filter(|(_, enabled)| *enabled)
            .map(|(key, _)| key)
            .collect()
    }

    fn all_keys(&self) -> Vec<((String, String), bool)> {
        let state = serde_json::to_value(self.emulator.state()).unwrap();
        let environments = state["cloudinary"]["accounts"][0]["product_environments"]
            .as_array()
            .unwrap();
        let environment = environments
            .iter()
            .find(|one| one["id"] == *self.environment.as_str())
            .unwrap();
        let keys = environment["access_keys"].as_array().unwrap().iter();
        let text = |key: &Value, name: &str| key[name].as_str().unwrap().to_owned();
        keys.map(|key| ((text(key, "api_key"), text(key, "api_secret")), key["enabled"] == true))
            .collect()
    }

    /// At any moment, the key that the application finds in the vault works.
    fn assert_vault_works(&self, when: &str) {
        let kept = self.vault();
        assert!(self.working_keys().contains(&kept), "{when}: {} doesn't work", kept.0);
    }

    /// The rotation is complete: one key is left, a new one, and nothing on disk but it and the lock.
    fn assert_rotated(&self, first: &(String, String), when: &str) {
        assert_eq!(self.all_keys(), [(self.vault(), true)], "{when}");
        assert_ne!(self.vault(), *first, "{when}");
        assert_eq!(files(self.directory.path()), ["lock", "vault.json"], "{when}");
    }
}

fn files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn rotation_that_ends_after_any_step_twice_is_completed_by_the_next_run() {
    let mut runs = 0;
    for step in 1.. {
        for again in 1.. {
            let stage = Stage::start().await;
            let first = stage.vault();
            let when = format!("stopped after step {step}, and then after step {again}");
            let stop = |step: u32| {
                let stop = ["--stop-after".to_owned(), step.to_string()];
                let status = stage.program().args(stop).status().unwrap();
                stage.assert_vault_works(&when);
                status.success()
            };
            if stop(step) {
                assert!(step > 7 && runs > 30, "it has {} steps", step - 1);
                stage.assert_rotated(&first, &when);
                return;
            }
            let done = stop(again);
            runs += 1;
            assert!(done || stage.run(), "{when}");
            stage.assert_rotated(&first, &when);
            if done {
                break;
            }
        }
    }
}

#[tokio::test]
async fn rotation_killed_while_it_waits_for_any_response_is_completed_by_the_next_run() {
    for request in 1.. {
        let stage = Stage::start().await;
        let first = stage.vault();
        let late = Fault::latency(Duration::from_secs(600)).after().nth(request);
        let late = stage.emulator.inject(late);
        let mut child = stage.program().spawn().unwrap();
        let ended = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if stage.emulator.struck(late) == Some(1) => break None,
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        let when = format!("killed at request {request}");
        if let Some(status) = ended {
            assert!(status.success() && request > 4, "it sends {} requests", request - 1);
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        stage.emulator.clear_faults();
        stage.assert_vault_works(&when);
        assert!(stage.run(), "{when}");
        stage.assert_rotated(&first, &when);
    }
}

#[tokio::test]
async fn rotation_that_loses_any_response_leaves_one_key() {
    for request in 1.. {
        let stage = Stage::start().await;
        let first = stage.vault();
        let lost = stage.emulator.inject(Fault::reset_after().nth(request));
        let when = format!("response {request} was lost");
        let done = stage.run();
        stage.assert_vault_works(&when);
        if stage.emulator.struck(lost) == Some(0) {
            assert!(done && request > 4, "it sends {} requests", request - 1);
            break;
        }
        assert!(done || stage.run(), "{when}");
        stage.assert_rotated(&first, &when);
    }
}

#[tokio::test]
async fn rotation_leaves_both_keys_until_the_overlap_is_over() {
    let stage = Stage::start().await;
    let first = stage.vault();
    for _ in 0..2 {
        assert!(stage.program().args(["--overlap", "3600"]).status().unwrap().success());
        assert_eq!(stage.working_keys().len(), 2);
        assert!(stage.working_keys().contains(&first) && stage.working_keys().contains(&stage.vault()));
    }
}
