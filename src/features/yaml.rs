//! Values of YAML as they are written into a front matter.

use crate::text::TextRange;

/// A name as a value: in quotation marks only where a sign in it means something.
pub(super) fn quoted(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '’' | '\''))
        && name.starts_with(char::is_alphabetic);
    if bare { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// The byte and the words of an insertion that adds values (each [`quoted`]) to the list whose last value is `last`, in the
/// way that the list is written. None where there is no list.
pub(super) fn appended(text: &str, last: TextRange, values: &[String]) -> Option<(u32, String)> {
    let end = with_quotes(text, last)?.end;
    let before = text.get(line_start(text, last.start) as usize..last.start as usize)?;
    if before.trim_start().starts_with("- ") {
        let indent = before.get(..before.len() - before.trim_start().len())?;
        return Some((end, values.iter().map(|value| format!("\n{indent}- {value}")).collect()));
    }
    let in_list = text.get(end as usize..)?.trim_start().starts_with([']', ',']);
    in_list.then(|| (end, values.iter().map(|value| format!(", {value}")).collect()))
}

/// A value with the quotation marks around it, if it has any.
pub(super) fn with_quotes(text: &str, value: TextRange) -> Option<TextRange> {
    let (before, after) = (text.get(..value.start as usize)?, text.get(value.end as usize..)?);
    let quotes = ['"', '\''];
    let (open, close) = (u32::from(before.ends_with(quotes)), u32::from(after.starts_with(quotes)));
    Some(TextRange::new(value.start - open, value.end + close))
}

/// The byte at which the line of byte `at` begins.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    text.get(..at as usize).and_then(|before| before.rfind('\n')).map_or(0, |end| end as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_added_as_the_list_is_written() {
        let after = |text: &str, last: &str| {
            let at = text.rfind(last).expect("the last value");
            let (at, words) = appended(text, TextRange::from_usize(at, at + last.len()), &["Abu Sarn".to_owned()])?;
            Some(format!("{}{words}{}", &text[..at as usize], &text[at as usize..]))
        };
        assert_eq!(after("a: [x, \"y\"]\n", "y").as_deref(), Some("a: [x, \"y\", Abu Sarn]\n"));
        assert_eq!(after("a:\n  - x\n", "x").as_deref(), Some("a:\n  - x\n  - Abu Sarn\n"));
        assert_eq!(after("a: 'x'\n", "x"), None, "one value is no list");
    }

    #[test]
    fn only_what_means_something_is_quoted() {
        assert_eq!(
            ["Al-Sarn", "A: b", "7 Up", "\"x\""].map(quoted),
            ["Al-Sarn", "\"A: b\"", "\"7 Up\"", "\"\\\"x\\\"\""]
        );
    }
}
