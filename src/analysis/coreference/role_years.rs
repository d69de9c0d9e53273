//! The years of a role: "from 2019 to 2021", "between 2019 and 2021", "since 2018", "until 2021", "in 2018", "(2019–2021)".

use crate::analysis::facts::RoleTime;
use crate::structure::{Token, TokenKind};

/// Reads the years that stand at token `at`, where `token` gives the tokens counted from there; with where they end, which is
/// `at` if there are none. One year alone ("in 2018") is first and last at once.
pub(super) fn read<'t>(token: impl Fn(u32) -> Option<&'t Token>, at: u32, text: &str) -> (RoleTime, u32) {
    let word = |n: u32| token(n).map_or("", |token| token.text(text));
    let is = |n: u32, words: &[&str]| words.iter().any(|known| word(n).eq_ignore_ascii_case(known));
    // A month may stand before its year.
    let year = |n: u32| -> Option<(u16, u32)> {
        let at = |n: u32| token(n).filter(|token| token.kind == TokenKind::Number).and_then(|_| as_year(word(n)));
        at(n).map(|year| (year, n + 1)).or_else(|| {
            let month = token(n).is_some_and(|token| token.capital && token.kind == TokenKind::Word);
            at(n + 1).filter(|_| month).map(|year| (year, n + 2))
        })
    };
    let none = (RoleTime::default(), at);
    let time = |from, to, end: u32| (RoleTime { from, to, past: false }, at + end);
    let bracket = is(0, &["("]);
    if bracket || is(0, &["from", "between"]) {
        let Some((from, end)) = year(1) else { return none };
        let link: &[&str] =
            if bracket { &["-", "–", "—", "to"] } else { &["to", "until", "till", "through", "and", "-", "–"] };
        let until = is(end, link).then(|| year(end + 1)).flatten();
        return match until {
            Some((to, end)) if from <= to => time(Some(from), Some(to), end + u32::from(bracket && is(end, &[")"]))),
            Some(_) => none,
            None if bracket => none,
            None => time(Some(from), None, end),
        };
    }
    let Some((only, end)) = year(1) else { return none };
    if is(0, &["since"]) {
        time(Some(only), None, end)
    } else if is(0, &["until", "till", "through"]) {
        time(None, Some(only), end)
    } else if is(0, &["in"]) {
        time(Some(only), Some(only), end)
    } else {
        none
    }
}

fn as_year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1500..2200).contains(year))
}

#[cfg(test)]
mod tests {
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::structure::Format;

    /// The roles of the first person: words, first year, last year, whether it is called past.
    fn roles(text: &str) -> Vec<(String, Option<u16>, Option<u16>, bool)> {
        let facts = analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default());
        let person = facts.entities.iter().find(|entity| entity.name == "Lidia Marr").expect("she is named");
        let shown =
            |role: &crate::analysis::facts::Role| (role.text.clone(), role.time.from, role.time.to, role.time.past);
        person.roles.iter().map(shown).collect()
    }

    fn one(text: &str, role: &str, from: Option<u16>, to: Option<u16>, past: bool) {
        assert_eq!(roles(text), [(role.to_owned(), from, to, past)], "{text}");
    }

    #[test]
    fn a_role_has_the_years_that_the_note_gives_it() {
        let (a, b) = (Some(2019), Some(2021));
        one("Lidia Marr, foreign minister from 2019 to 2021, left the talks.", "foreign minister", a, b, false);
        one("Lidia Marr, the foreign minister (2019–2021), left the talks.", "foreign minister", a, b, false);
        one("Lidia Marr, who became president in 2019, left the talks.", "president", a, None, false);
        one("Lidia Marr became president in March 2019.", "president", a, None, false);
        one("Lidia Marr was foreign minister until 2021.", "foreign minister", None, b, false);
        one("Lidia Marr served as governor between 2019 and 2021.", "governor", a, b, false);
        one("Lidia Marr has been the governor since 2019.", "governor", a, None, false);
        one("Lidia Marr resigned as governor in 2021.", "governor", None, b, false);
        one("Lidia Marr, a former judge, left the talks.", "former judge", None, None, true);
    }

    #[test]
    fn what_gives_no_office_or_no_years_is_no_dated_role() {
        for text in [
            "Lidia Marr was in office from 2019 to 2021.",
            "Lidia Marr met the foreign minister in 2019.",
            "Lidia Marr was happy until 2021.",
        ] {
            assert_eq!(roles(text), [], "{text}");
        }
        one(
            "Lidia Marr, foreign minister from 2021 to 2019, left.",
            "foreign minister from 2021 to 2019",
            None,
            None,
            false,
        );
    }

    #[test]
    fn who_held_a_role_once_is_not_described_by_it() {
        let text = "Lidia Marr, foreign minister from 2019 to 2021, met Nadim Haddad. The foreign minister was late.";
        let facts = analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default());
        let second = text.rfind("foreign minister").expect("it stands there twice") as u32;
        assert!(facts.mentions.iter().all(|mention| !mention.range.contains(second)), "{:?}", facts.mentions);
    }

    #[test]
    fn a_role_holds_in_its_years() {
        let time = |from, to, past| super::RoleTime { from, to, past };
        assert!(time(Some(2019), Some(2021), false).holds_in(2020));
        assert!(!time(Some(2019), Some(2021), false).holds_in(2022));
        assert!(time(Some(2019), None, false).holds_in(2030) && !time(Some(2019), None, false).holds_in(2018));
        assert!(!time(None, None, true).holds_in(2020) && time(None, None, false).holds_in(2020));
    }
}
