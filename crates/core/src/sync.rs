//! Locks that can still be used after a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex even if another thread panicked while it held the lock.
///
/// Only use it where every change keeps the value valid at each step.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::lock;

    #[test]
    fn lock_after_a_holder_panicked_still_works() {
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
