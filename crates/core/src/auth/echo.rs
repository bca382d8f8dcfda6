//! Finds a secret that a server repeats in another form: in capitals, or encoded as in a URL, in HTML or in JSON.

/// The longest name of an HTML entity that is read, with `&` and `;`.
const LONGEST_ENTITY: usize = 12;

/// How many bytes at the start of a text repeat a secret; `None` when the text doesn't start with it.
pub(super) fn length(text: &str, secret: &str) -> Option<usize> {
    // The places that can be reached with what is read of the secret: one, but for secrets with backslashes and the like.
    let mut places = Vec::new();
    let mut next = Vec::new();
    for (index, wanted) in secret.chars().enumerate() {
        next.clear();
        let from = if index == 0 { &[0][..] } else { &places };
        for place in from {
            for end in ends(text, *place, wanted).into_iter().flatten() {
                if let Err(index) = next.binary_search(&end) {
                    next.insert(index, end);
                }
            }
        }
        if next.is_empty() {
            return None;
        }
        std::mem::swap(&mut places, &mut next);
    }
    Some(places.pop().unwrap_or_default())
}

/// Where a character of a secret can end that begins at a place of a text. What looks like an encoded character may be one of
/// the secret, so both are tried.
fn ends(text: &str, place: usize, wanted: char) -> [Option<usize>; 2] {
    let rest = text.get(place..).unwrap_or_default();
    let encoded = match rest.as_bytes().first() {
        Some(b'%' | b'+') => in_url(rest),
        Some(b'&') => in_html(rest),
        Some(b'\\') => in_json(rest),
        _ => None,
    };
    [raw(rest), encoded].map(|form| match form {
        Some((found, used)) if same(found, wanted) => Some(place + used),
        _ => None,
    })
}

/// Whether two characters are the same but for capitals.
fn same(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(&b);
    }
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// The first character, and how many bytes it takes.
fn raw(text: &str) -> Option<(char, usize)> {
    text.chars().next().map(|c| (c, c.len_utf8()))
}

/// The character that the text begins with in percent-encoding: `%C3%A9`, and `+` for a space.
fn in_url(text: &str) -> Option<(char, usize)> {
    if text.starts_with('+') {
        return Some((' ', 1));
    }
    let byte = |index: usize| {
        let digits = text.get(index * 3..index * 3 + 3)?.strip_prefix('%')?;
        u8::from_str_radix(digits, 16).ok()
    };
    let mut bytes = [0; 4];
    let length = match byte(0)? {
        0..=0x7f => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    for (index, place) in bytes.iter_mut().enumerate().take(length) {
        *place = byte(index)?;
    }
    let found = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some((found, length * 3))
}

/// The character that the text begins with as an HTML entity: `&quot;`, `&#34;`, `&#x22;`.
fn in_html(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let name = text.get(..end)?.strip_prefix('&')?;
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let found = match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(digits) => code(digits, 16)?,
            None => code(name.strip_prefix('#')?, 10)?,
        },
    };
    Some((found, name.len() + 2))
}

/// The character that the text begins with as an escape of JSON: `\"`, `\u0022`.
fn in_json(text: &str) -> Option<(char, usize)> {
    let escape = text.strip_prefix('\\')?;
    let unit = |digits: Option<&str>| u16::from_str_radix(digits?, 16).ok();
    let found = match escape.chars().next()? {
        c @ ('"' | '\\' | '/') => c,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let first = unit(escape.get(1..5))?;
            let second = escape.get(5..11).and_then(|more| more.strip_prefix("\\u"));
            let pair = [first, unit(second).unwrap_or_default()];
            let found = char::decode_utf16(pair).next()?.ok()?;
            return Some((found, if found.len_utf16() == 2 { 12 } else { 6 }));
        }
        _ => return None,
    };
    Some((found, 2))
}
