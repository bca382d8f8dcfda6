//! Locks that outlive a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex whose holders leave its value whole at every step, so that a panic in another thread is
/// no reason to fail here.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::lock;

    #[test]
    fn lock_after_a_holder_panicked_still_serves() {
        let mutex = Arc::new(Mutex::new(7));
        let held = Arc::clone(&mutex);
        let outcome = std::thread::spawn(move || {
            let _guard = lock(&held);
            std::panic::resume_unwind(Box::new("while holding"));
        });
        assert!(outcome.join().is_err());
        assert!(mutex.is_poisoned());
        assert_eq!(*lock(&mutex), 7);
    }
}
