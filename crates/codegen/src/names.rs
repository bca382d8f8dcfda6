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
    fn pascal_with_a_wire_value_gives_the_variant_name() {
        assert_eq!(pascal("media_library_user"), "MediaLibraryUser");
        assert_eq!(pascal("2fa"), "_2fa");
        assert_eq!(pascal(""), "x");
    }
}
