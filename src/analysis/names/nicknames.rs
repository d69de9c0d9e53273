//! Short forms of English given names that are not simply their beginning.

/// A short form and the names that it is short for. Sorted; beginnings of the full name (`Dan`) need no entry.
const SHORT: &[(&str, &[&str])] = &[
    ("abby", &["abigail"]),
    ("andy", &["andrew"]),
    ("becky", &["rebecca"]),
    ("beth", &["elizabeth"]),
    ("betty", &["elizabeth"]),
    ("bill", &["william"]),
    ("billy", &["william"]),
    ("bob", &["robert"]),
    ("bobby", &["robert"]),
    ("cathy", &["catherine"]),
    ("charlie", &["charles"]),
    ("chuck", &["charles"]),
    ("danny", &["daniel"]),
    ("dave", &["david"]),
    ("debbie", &["deborah"]),
    ("dick", &["richard"]),
    ("drew", &["andrew"]),
    ("eddie", &["edward", "edgar", "edwin"]),
    ("fred", &["alfred"]),
    ("gerry", &["gerald", "gerard"]),
    ("hank", &["henry"]),
    ("harry", &["harold", "henry"]),
    ("jack", &["john"]),
    ("jerry", &["gerald", "jeremy", "jerome"]),
    ("jim", &["james"]),
    ("jimmy", &["james"]),
    ("joe", &["joseph"]),
    ("kate", &["catherine", "katherine"]),
    ("kathy", &["katherine", "kathleen"]),
    ("larry", &["laurence", "lawrence"]),
    ("liz", &["elizabeth"]),
    ("maggie", &["margaret"]),
    ("marty", &["martin"]),
    ("mick", &["michael"]),
    ("mike", &["michael"]),
    ("ned", &["edward"]),
    ("nick", &["nicholas"]),
    ("peggy", &["margaret"]),
    ("rick", &["frederick", "richard"]),
    ("ronnie", &["ronald"]),
    ("steve", &["stephen"]),
    ("sue", &["susan"]),
    ("ted", &["edward", "theodore"]),
    ("terry", &["terence", "theresa"]),
    ("tom", &["thomas"]),
    ("tony", &["anthony", "antony"]),
    ("vicky", &["victoria"]),
    ("vince", &["vincent"]),
];

/// Whether one given name is the short form of another, both as [`super::plain_word`] makes them.
#[must_use]
pub fn is_short_for(short: &str, full: &str) -> bool {
    let found = SHORT.binary_search_by_key(&short, |(short, _)| short).ok();
    found.and_then(|at| SHORT.get(at)).is_some_and(|(_, names)| names.contains(&full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_known_one_way() {
        assert!(is_short_for("bill", "william") && is_short_for("ted", "theodore"));
        assert!(!is_short_for("william", "bill") && !is_short_for("bill", "robert"));
        assert!(SHORT.is_sorted(), "or they are not found");
    }
}
