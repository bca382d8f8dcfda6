//! Names in the form that the generator gives them, so that our tables match its code.

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a method, as progenitor derives it from an operationId or a parameter.
#[must_use]
pub fn snake(name: &str) -> String {
    identifier(&clean(name).to_snake_case())
}

/// The name of a type or a variant, as typify derives it.
#[must_use]
pub fn pascal(name: &str) -> String {
    identifier(&clean(name).to_pascal_case())
}

/// A name for an operation to which a document gives none: its method and its path, such as `getUsersIdKeys`.
///
/// The generator never takes it by itself, because the name of a type would change with the path. It is written into the
/// document once.
#[must_use]
pub fn operation(method: &str, path: &str) -> String {
    camel(&format!("{method}_{}", path.replace(['/', '{', '}'], "_")))
}

/// A name in camel case.
#[must_use]
pub fn camel(name: &str) -> String {
    let name = pascal(name);
    match name.get(..1) {
        Some(first) => format!("{}{}", first.to_lowercase(), &name[1..]),
        None => name,
    }
}

/// The variants of an enumeration, in the order of its values.
///
/// A value is named by its letters and digits. One without any, and one whose name another value has too, is named by its
/// signs as well: `-name` beside `name` is `MinusName`. Values that only differ in case keep their capitals.
///
/// # Errors
/// Two values and the name that both would get.
pub fn variants(values: &[&str]) -> Result<Vec<String>, (String, String, String)> {
    let plain = |value: &str| value.chars().any(char::is_alphanumeric);
    let first = |value: &&str| if plain(value) { pascal(value) } else { spelled(value) };
    let mut names: Vec<String> = values.iter().map(first).collect();
    for longer in [spelled as fn(&str) -> String, capitals] {
        let before = names.clone();
        let shared = |name: &String| before.iter().filter(|other| *other == name).count() > 1;
        for (name, value) in names.iter_mut().zip(values) {
            if shared(name) {
                *name = longer(value);
            }
        }
    }
    for (index, name) in names.iter().enumerate() {
        if let Some(earlier) = names[..index].iter().position(|other| other == name) {
            return Err((values[earlier].to_owned(), values[index].to_owned(), name.clone()));
        }
    }
    Ok(names)
}

/// The signs that a name can contain as words.
const SIGNS: [(char, &str); 24] = [
    ('!', "Not"),
    ('"', "Quote"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('(', "Open"),
    (')', "Close"),
    ('*', "Star"),
    ('+', "Plus"),
    (',', "Comma"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('?', "Question"),
    ('@', "At"),
    ('^', "Caret"),
    ('_', "Underscore"),
    ('~', "Tilde"),
];

/// The name of a value with its signs as words. A hyphen or an underscore between letters separates words as usual.
fn spelled(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    let has_words = value.chars().any(char::is_alphanumeric);
    let mut words = String::new();
    for (index, sign) in value.char_indices() {
        let separates = has_words && index > 0 && matches!(sign, '-' | '_' | ' ');
        match SIGNS.iter().find(|(known, _)| *known == sign) {
            _ if sign.is_alphanumeric() => words.push(sign),
            _ if separates => words.push('-'),
            Some((_, word)) => words.push_str(&format!("-{word}-")),
            None => words.push_str(&format!("-U{:X}-", u32::from(sign))),
        }
    }
    pascal(&words)
}

/// The name of a value in capitals, if it is written so.
fn capitals(value: &str) -> String {
    let letters: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.chars().any(char::is_lowercase) || letters.chars().count() < 2 {
        return spelled(value);
    }
    identifier(&letters)
}

fn clean(name: &str) -> String {
    name.replace('\'', "")
        .replace(|c: char| !(c.is_alphanumeric() || c == '_'), "-")
}

fn identifier(name: &str) -> String {
    let name = match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if first.is_alphabetic() => name.to_owned(),
        Some(_) => format!("_{name}"),
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        format!("{name}_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_with_an_operation_id_gives_the_method_name() {
        assert_eq!(snake("getUsersInUserGroup"), "get_users_in_user_group");
        assert_eq!(snake("action_result.not"), "action_result_not");
        assert_eq!(snake("type"), "type_");
    }

    #[test]
    fn variants_with_signs_or_capitals_are_told_apart() {
        for (values, names) in [
            (&["", "*", "a"][..], &["Empty", "Star", "A"][..]),
            (&[">", ">="], &["Greater", "GreaterEqual"]),
            (&["name", "-name", "+name"], &["Name", "MinusName", "PlusName"]),
            (&["asc", "ASC", "desc"], &["Asc", "ASC", "Desc"]),
            (&["-only", "2fa"], &["Only", "_2fa"]),
            (&["'", "\u{2192}"], &["U27", "U2192"]),
        ] {
            assert_eq!(
                variants(values).as_deref(),
                Ok(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()[..])
            );
        }
        let clash = variants(&["a-b", "c", "a_b"]);
        assert_eq!(clash, Err(("a-b".to_owned(), "a_b".to_owned(), "AB".to_owned())));
    }

    #[test]
    fn pascal_with_a_wire_value_gives_the_variant_name() {
        assert_eq!(pascal("media_library_user"), "MediaLibraryUser");
        assert_eq!(pascal("2fa"), "_2fa");
        assert_eq!(pascal(""), "x");
    }
}
