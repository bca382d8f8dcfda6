//! What was measured, and the page that shows it.

mod page;
mod plot;
mod results;
mod row;
mod sample;

pub use self::page::{PAGE, files};
pub use self::results::{Curve, Figure, Micro, RESULTS, Results};
pub use self::row::{Bar, ROWS, Row, Unit, row};
pub use self::sample::Sample;
