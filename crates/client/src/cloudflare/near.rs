//! Names that are similar to a name.

/// How similar two names have to be, from 0 to 1, for one to be suggested for the other.
const LIKE: f64 = 0.85;
/// How many names are suggested.
const OFFERED: usize = 5;

/// Returns the names that somebody who wrote `name` may have meant, the most similar first.
pub(super) fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.trim().to_lowercase();
    let mut found: Vec<(f64, &str)> = known
        .into_iter()
        .filter_map(|known| {
            let candidate = known.to_lowercase();
            let likeness = strsim::jaro_winkler(&wanted, &candidate);
            let part = !wanted.is_empty() && candidate.contains(&wanted);
            (part || likeness >= LIKE).then_some((likeness, known))
        })
        .collect();
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
    found.dedup_by(|(_, a), (_, b)| a == b);
    found.into_iter().map(|(_, name)| name).take(OFFERED).collect()
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn names_near_a_misspelt_one_are_offered_nearest_first_and_each_once() {
        let known = ["Zone Read", "Zone Write", "Logs Write", "Billing Read", "Zone Read"];
        assert_eq!(near("Zone Reed", known).first(), Some(&"Zone Read"));
        assert_eq!(
            near("zone read", known)
                .iter()
                .filter(|name| **name == "Zone Read")
                .count(),
            1
        );
        assert_eq!(near("billing", known), ["Billing Read"]);
        assert!(near("Quux", known).is_empty());
        assert!(near("", known).is_empty());
    }
}
