//! Tokens on one line, as a person would write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Words after which a bracket or a `<` does not belong to them.
const KEYWORDS: [&str; 10] = [
    "as", "dyn", "else", "for", "in", "mut", "ref", "return", "where", "const",
];

/// Writes a part of a syntax tree on one line.
pub(super) fn one_line(tree: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.tokens(tree.to_token_stream());
    line.text.trim().to_owned()
}

#[derive(Default)]
struct Line {
    text: String,
}

impl Line {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut operator = String::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) => {
                    operator.push(punct.as_char());
                    let next = tokens.peek().and_then(|next| match next {
                        TokenTree::Punct(next) => Some(next.as_char()),
                        _ => None,
                    });
                    let goes_on = punct.spacing() == Spacing::Joint
                        && next.is_some_and(|next| is_operator(&format!("{operator}{next}")));
                    if !goes_on {
                        let ends = tokens.peek().is_none() || next == Some('>');
                        self.operator(&operator, ends);
                        operator.clear();
                    }
                }
                TokenTree::Ident(word) => self.word(&word.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            }
        }
    }

    fn word(&mut self, word: &str) {
        let last = self.text.chars().next_back();
        if last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '>' | ')' | ']' | '}' | '"')) {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn operator(&mut self, operator: &str, ends: bool) {
        match operator {
            // A comma before a closing bracket is a matter of how the source is laid out.
            "," if ends => {}
            "," | ";" | ":" => {
                self.trim();
                self.text.push_str(operator);
                self.text.push(' ');
            }
            "->" | "=>" | "=" | "+" | "|" | "==" | "&&" => {
                self.trim();
                self.text.push(' ');
                self.text.push_str(operator);
                self.text.push(' ');
            }
            "<" => {
                if self.ends_with_keyword() {
                    self.text.push(' ');
                }
                self.text.push('<');
            }
            ">" => {
                self.trim();
                self.text.push('>');
            }
            "&" | "'" | "*" | "#" => {
                if self
                    .text
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '>' | ')' | ']'))
                {
                    self.text.push(' ');
                }
                self.text.push_str(operator);
            }
            _ => self.text.push_str(operator),
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        match delimiter {
            Delimiter::Parenthesis | Delimiter::Bracket => {
                let (open, close) = if delimiter == Delimiter::Parenthesis {
                    ('(', ')')
                } else {
                    ('[', ']')
                };
                if self.ends_with_keyword() {
                    self.text.push(' ');
                }
                self.text.push(open);
                self.tokens(inner);
                self.trim();
                self.text.push(close);
            }
            Delimiter::Brace => {
                self.trim();
                self.text.push_str(" { ");
                self.tokens(inner);
                self.trim();
                self.text.push_str(" }");
            }
            Delimiter::None => self.tokens(inner),
        }
    }

    fn trim(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
    }

    fn ends_with_keyword(&self) -> bool {
        let start = self
            .text
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map_or(0, |place| place + 1);
        // `for<'a>` is one thing.
        KEYWORDS.contains(&&self.text[start..])
    }
}

fn is_operator(text: &str) -> bool {
    ["::", "->", "=>", "..", "..=", "...", "==", "&&"].contains(&text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn one_line_of_a_signature_reads_as_written_by_hand() {
        for text in [
            "pub fn a<T: Into<String> + ?Sized>(self, b: &'a mut [T], c: impl TryInto<D, Error: Into<E>>) -> F<'a, G>",
            "pub async fn a(&self) -> Result<Vec<<O as Listing>::Item>, Error<()>>",
            "type A = Box<dyn Fn(&str, (A, B)) -> [u8; 4] + Send + 'static>",
            "fn a(a: *const u8, b: Option<&str>) where T: Copy, U: Copy",
        ] {
            let tokens: TokenStream = text.parse().unwrap();
            assert_eq!(one_line(&tokens), text);
        }
    }

    #[test]
    fn one_line_drops_the_comma_before_a_closing_bracket() {
        let tokens: TokenStream = "fn a(a: B<C, D,>, b: E,)".parse().unwrap();
        assert_eq!(one_line(&tokens), "fn a(a: B<C, D>, b: E)");
    }
}
