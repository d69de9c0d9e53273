//! What somebody said, denied, left unsaid and wants, and what others say of him, as lines of a card.
//!
//! Nobody may be misquoted: only words that were uttered stand under "Said", a denial stands under "Denied", and what the
//! note says was not said stands under "Not said". Whatever is not plainly said keeps its reporting words as they are
//! written. What is only supposed ("may announce", "if Pell says"), and deeds, stand nowhere.

use super::card::Card;
use super::links::note_link;
use crate::analysis::facts::Speech;
use crate::text::TextRange;
use crate::workspace::brief::Statement;
use crate::workspace::entities::Place;

/// Headings, in order, each with the most lines that stand below it.
const HEADINGS: [(Speech, &str, usize); 4] = [
    (Speech::Said, "Said (latest)", 3),
    (Speech::Denied, "Denied (latest)", 2),
    (Speech::NotSaid, "Not said (latest)", 1),
    (Speech::Attitude, "Views and plans (latest)", 2),
];
/// Lines of what others say.
const BY_OTHERS: usize = 2;

/// Adds what the entity of the places said, denied, left unsaid and wants.
pub(super) fn by(card: &mut Card, places: &[Place<'_>]) {
    let mut lines: [Vec<(&Place<'_>, String, TextRange)>; HEADINGS.len()] = Default::default();
    for place in places {
        for statement in place.note.statements().filter(|statement| statement.speaker == place.at.local) {
            let section = HEADINGS.iter().zip(&mut lines).find(|((speech, ..), _)| *speech == statement.speech);
            let Some(((_, _, most), lines)) = section else { continue };
            let Some(content) = statement.content().next().filter(|_| tells(&statement)) else { continue };
            if lines.len() < *most {
                lines.push((place, words(&statement, place.entity.name), content));
            }
        }
    }
    for ((_, heading, _), lines) in HEADINGS.iter().zip(lines) {
        if !lines.is_empty() {
            card.line().text(*heading);
        }
        lines.iter().for_each(|(place, words, at)| line(card, place, words, *at));
    }
}

/// Adds what others say or deny about the entity of the places.
pub(super) fn about(card: &mut Card, places: &[Place<'_>]) {
    let mut shown = 0;
    for place in places {
        let mine: Vec<TextRange> = place.mentions().map(|m| m.range).collect();
        let others = place.note.statements().filter(|statement| statement.speaker != place.at.local);
        for statement in others.filter(|statement| statement.speech.is_statement()) {
            let about = statement.content().any(|content| mine.iter().any(|range| content.contains_range(*range)));
            let Some(content) = statement.content().next() else { continue };
            if !about || shown == BY_OTHERS || !tells(&statement) {
                continue;
            }
            let Some(speaker) = place.note.entity(statement.speaker) else { continue };
            if shown == 0 {
                card.line().text("Statements by others");
            }
            shown += 1;
            // "Ada Pell: that he lied", "Ada Pell denied that he lied"
            let words = words(&statement, speaker.name);
            let words = match statement.verb {
                _ if is_passive(&statement) => words,
                verb if verb.is_empty() || statement.verb_last => format!("{}: {words}", speaker.name),
                _ => format!("{} {words}", speaker.name),
            };
            line(card, place, &words, content);
        }
    }
}

/// Returns `true` if a statement says anything on a card: "Norvik denies it" does not.
fn tells(statement: &Statement<'_>) -> bool {
    let verb = if statement.verb_last { "" } else { statement.verb };
    let count = |words: &str| words.split_whitespace().count();
    count(statement.excerpt) >= 2 && count(verb) + count(statement.excerpt) >= 3
}

/// The content with the reporting words where these matter: "denied that he took bribes", "The gate is shut (warned)",
/// "The charge was denied by Doss".
fn words(statement: &Statement<'_>, speaker: &str) -> String {
    let verb = statement.verb.trim_end_matches(':');
    match verb {
        "" => statement.excerpt.to_owned(),
        _ if is_passive(statement) => format!("{} {verb} by {speaker}", statement.excerpt),
        _ if statement.verb_last => format!("{} ({verb})", statement.excerpt),
        _ if statement.verb.len() > verb.len() || statement.excerpt.starts_with(['"', '“', '‘', '«']) => {
            format!("{verb}: {}", statement.excerpt)
        }
        _ => format!("{verb} {}", statement.excerpt),
    }
}

/// "was denied" after what was denied.
fn is_passive(said: &Statement<'_>) -> bool {
    let be = |word: &str| matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being");
    said.verb_last && !said.verb.ends_with("ing") && said.verb.split_whitespace().any(be)
}

fn line(card: &mut Card, place: &Place<'_>, words: &str, at: TextRange) {
    let date = place.note.date().map(|date| format!("{date} ")).unwrap_or_default();
    card.line().text(format!(" – {date}{words} · "));
    note_link(card, place, at);
}

#[cfg(test)]
mod tests {
    use super::super::hover;
    use super::*;
    use crate::features::FilePosition;
    use crate::features::testing::analysed;
    use crate::workspace::FileId;

    /// The lines about statements on the card of the first name of the first note.
    #[track_caller]
    fn check(notes: &[(&str, &str)], expected: &[&str]) {
        let snapshot = analysed(notes);
        let card = hover(&snapshot, FilePosition { file: FileId(0), offset: 2 }, &[]).expect("a card").card;
        let shown = card.plain();
        let headings: Vec<&str> =
            HEADINGS.iter().map(|(_, heading, _)| *heading).chain(["Statements by others"]).collect();
        let lines: Vec<&str> =
            shown.lines().filter(|line| line.starts_with(" – ") || headings.contains(line)).collect();
        assert_eq!(lines, expected, "{shown}");
    }

    #[test]
    fn nobody_is_shown_as_having_said_what_he_denied_or_did_not_say() {
        check(
            &[("a.md", "Ada Pell did not say that the gate was safe. Ada Pell has denied that she took bribes.\n")],
            &[
                "Denied (latest)",
                " – has denied that she took bribes · [[a]]:1",
                "Not said (latest)",
                " – did not say that the gate was safe · [[a]]:1",
            ],
        );
    }

    #[test]
    fn each_line_keeps_its_verb_where_it_is_more_than_said() {
        check(
            &[(
                "a.md",
                "Ada Pell said that the gate was shut.\n\nAda Pell urged the board to open the gate.\n\nThe gate is not safe, Ada Pell warned.\n\nAda Pell wants the board to pay.\n",
            )],
            &[
                "Said (latest)",
                " – that the gate was shut · [[a]]:1",
                " – urged the board to open the gate · [[a]]:3",
                " – The gate is not safe (warned) · [[a]]:5",
                "Views and plans (latest)",
                " – wants the board to pay · [[a]]:7",
            ],
        );
    }

    #[test]
    fn a_divided_quotation_is_shown_with_all_its_parts() {
        let check_said =
            |text: &str, said: &str| check(&[("a.md", &format!("Ada Pell left.\n\n{text}"))], &["Said (latest)", said]);
        check_said(
            "“I took bribes,” Ada Pell said, “is what my enemies want to hear.”\n",
            " – “I took bribes,” … “is what my enemies want to hear.” · [[a]]:3",
        );
        check_said(
            "“I would resign,” Ada Pell said, “only if the gate failed.”\n",
            " – “I would resign,” … “only if the gate failed.” · [[a]]:3",
        );
        check_said("“The gate,” Ada Pell told reporters, “is safe.”\n", " – “The gate,” … “is safe.” · [[a]]:3");
        check_said("“The gate is safe,” Ada Pell said.\n", " – “The gate is safe,” · [[a]]:3");
    }

    #[test]
    fn what_is_only_supposed_or_done_stands_nowhere() {
        check(
            &[(
                "a.md",
                "Ada Pell may announce that the gate is open. Did Ada Pell say that the gate was safe? If Ada Pell says that the gate is safe, it opens. Ada Pell refused to sell the yard. Ada Pell could seek to acquire the yard.\n",
            )],
            &[],
        );
    }

    #[test]
    fn what_was_denied_by_somebody_is_told_in_order() {
        check(
            &[(
                "a.md",
                "Doss left early. The charge of the wardens was denied by Doss. Doss vowed not to sell the yard.\n",
            )],
            &[
                "Said (latest)",
                " – vowed not to sell the yard · [[a]]:1",
                "Denied (latest)",
                " – The charge of the wardens was denied by Doss · [[a]]:1",
            ],
        );
    }

    #[test]
    fn a_card_of_statements_of_all_kinds_has_room_for_the_rest() {
        let most: usize = HEADINGS.iter().map(|(_, _, lines)| lines + 1).sum::<usize>() + BY_OTHERS + 1;
        // Name, spellings, fields, counts, company; roles that differ, rivals, bearers, origin.
        assert!(most + 5 + 5 <= 25, "{most}");
    }

    #[test]
    fn others_say_and_deny() {
        check(
            &[(
                "a.md",
                "Ada Pell left. Lidia Marr denied that Ada Pell had lied. Nadim Haddad said that Ada Pell was late. Lidia Marr did not say that Ada Pell was wrong.\n",
            )],
            &[
                "Statements by others",
                " – Lidia Marr denied that Ada Pell had lied · [[a]]:1",
                " – Nadim Haddad: that Ada Pell was late · [[a]]:1",
            ],
        );
    }
}
