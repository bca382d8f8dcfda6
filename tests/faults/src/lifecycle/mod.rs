//! Draws the calls of a lifecycle. Ids come from the state as it is, so a call is about something that exists, mostly.

mod cloudflare;
mod cloudinary;
mod cloudspot;

use fastrand::Rng;
use serde::Serialize;

use crate::path::Path;
use crate::stage::Client;
use crate::step::{Goal, Step};
use crate::view::View;

/// Draws the next call.
pub(crate) fn draw(client: &Client, view: &View, random: &mut Rng, number: u32) -> Step {
    let mut draw = Draw { view, random, number };
    match client {
        Client::Cloudinary(client) => cloudinary::draw(client, &mut draw),
        Client::Cloudflare(client) => cloudflare::draw(client, &mut draw),
        Client::Cloudspot(client) => cloudspot::draw(client, &mut draw),
    }
}

/// What calls are drawn from.
struct Draw<'a> {
    view: &'a View,
    random: &'a mut Rng,
    /// The number of the call in its run.
    number: u32,
}

impl Draw<'_> {
    /// An id of something that is there, or, now and then, of nothing.
    fn id(&mut self, place: &Path) -> String {
        let keys = self.view.keys(place);
        if keys.is_empty() || self.random.u32(..16) == 0 {
            return "no-such-id".to_owned();
        }
        keys[self.random.usize(..keys.len())].to_owned()
    }

    /// An id as [`id`](Self::id) draws it, but not this one.
    fn id_except(&mut self, place: &Path, except: &str) -> String {
        match self.id(place) {
            id if id == except => "no-such-id".to_owned(),
            id => id,
        }
    }

    /// A name that nothing has yet.
    fn name(&mut self, of: &str) -> String {
        format!("{of} {} {}", self.number, self.random.u32(..1000))
    }

    /// An e-mail address that nobody has yet, or, now and then, one that somebody has.
    fn email(&mut self, taken: &str) -> String {
        match self.random.u32(..12) {
            0 => taken.to_owned(),
            _ => format!("new-{}-{}@client.example", self.number, self.random.u32(..1000)),
        }
    }

    fn any<'b, T: ?Sized>(&mut self, values: &[&'b T]) -> &'b T {
        values[self.random.usize(..values.len())]
    }
}

/// The goals that the fields of a model are in the state under the same names.
fn agrees(place: &Path, model: &impl Serialize, fields: &[&str]) -> Vec<Goal> {
    let model = serde_json::to_value(model).unwrap_or_default();
    let told = fields.iter().filter_map(|field| Some((field, model.get(field)?)));
    let mut goals = vec![Goal::Exists(place.clone())];
    goals.extend(told.map(|(field, value)| Goal::Is(place.at(&[field]), value.clone())));
    goals
}

/// The goal that these are all the keys of a place.
fn keys(place: Path, keys: impl Iterator<Item = String>) -> Vec<Goal> {
    vec![Goal::Keys(place, keys.collect())]
}
