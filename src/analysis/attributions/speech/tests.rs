//! What is reported as done with the words, over families of sentences: the first attribution of each.

use super::super::tests::facts;
use crate::analysis::facts::Speech;

#[track_caller]
fn all(expected: Speech, sentences: &[&str]) {
    let wrong: Vec<String> = sentences
        .iter()
        .filter_map(|text| {
            let facts = facts(text);
            let found = facts.attributions.first().map(|said| said.speech);
            (found != Some(expected)).then(|| format!("{found:?}: {text}"))
        })
        .collect();
    assert!(wrong.is_empty(), "not {expected:?}:\n{}", wrong.join("\n"));
}

#[test]
fn words_that_were_uttered_are_said() {
    all(
        Speech::Said,
        &[
            "Ada Pell said that the gate was safe.",
            "The gate is safe, Ada Pell said.",
            "“The gate is safe tonight,” said Ada Pell.",
            "According to Ada Pell, the gate is safe.",
            "Ada Pell was quoted as saying that the gate was safe.",
            "Ada Pell went on to say that the gate was safe.",
            "Ada Pell had to admit that the gate was not safe.",
            "Ada Pell was forced to admit that the gate was not safe.",
            "Ada Pell continues to insist that the gate is safe.",
            "Ada Pell used the speech to warn that the gate was not safe.",
            "Ada Pell did say that the gate was safe.",
            "Only then did Ada Pell say that the gate was safe.",
            "Ada Pell told the board that the gate was safe before she left.",
            "Ada Pell left, saying that the gate was safe.",
            "Ada Pell did not stay, saying that the gate was safe.",
            "Ada Pell would later say that the gate was safe.",
            "Ada Pell would only say that the gate was safe.",
            "Ada Pell went so far as to say that the gate was safe.",
            "Ada Pell took to the radio to say that the gate was safe.",
            "Ada Pell never tired of saying that the gate was safe.",
            "Ada Pell and Doss never seem to tire of saying that the gate was safe.",
            "Ada Pell almost immediately said that the gate was safe.",
            "Ada Pell could not help saying that the gate was safe.",
            "Ada Pell cannot stress enough that the gate is safe.",
            "Before Ada Pell said that the gate was safe, it was shut.",
            "“Is the gate safe tonight?” Ada Pell asked.",
        ],
    );
}

#[test]
fn a_negation_within_the_content_or_beside_the_verb_denies_nothing() {
    all(
        Speech::Said,
        &[
            "Ada Pell said that she did not take bribes.",
            "Ada Pell said she had never taken bribes.",
            "Ada Pell said that she would not close the gate.",
            "Ada Pell said no ships had left.",
            "Ada Pell said nothing had changed at the gate.",
            "Ada Pell not only said that the gate was safe.",
            "Ada Pell did not only say that the gate was safe but that it was new.",
            "Not only did Ada Pell say that the gate was safe.",
            "Ada Pell didn't hesitate to say that the gate was safe.",
            "Ada Pell did not fail to mention that the gate was safe.",
            "Ada Pell never stopped saying that the gate was safe.",
            "Ada Pell could not say more strongly that the gate was safe.",
            "Ada Pell, who is not a minister, said that the gate was safe.",
            "If the gate was safe, Ada Pell said, it could be opened.",
            "No. 10 said that the gate was safe.",
        ],
    );
}

#[test]
fn demands_and_proposals_are_speech() {
    all(
        Speech::Said,
        &[
            "Ada Pell urged the board to close the gate.",
            "Ada Pell demanded that the board close the gate.",
            "Ada Pell proposed a pause in the talks.",
            "Ada Pell has called for a pause in the talks.",
            "Ada Pell asked the board to close the gate.",
            "Ada Pell asked whether the gate was safe.",
        ],
    );
}

#[test]
fn denials_are_denied() {
    all(
        Speech::Denied,
        &[
            "Doss denied that he took bribes.",
            "Doss has repeatedly denied taking bribes.",
            "Doss denies the charge.",
            "Doss rejected claims that he took bribes.",
            "Doss dismissed the report as false.",
            "Doss disputed the account of the wardens.",
            "Doss refuted the allegation of the wardens.",
            "The charge was denied by Doss.",
            "Norvik Shipping's denial that it took bribes surprised the port.",
        ],
    );
}

#[test]
fn what_was_not_said_is_not_said() {
    all(
        Speech::NotSaid,
        &[
            "Ada Pell did not say that the gate was safe.",
            "Ada Pell didn’t say that the gate was safe.",
            "Ada Pell hasn't said that the gate is safe.",
            "Ada Pell never said that the gate was safe.",
            "Ada Pell has never once said that the gate was safe.",
            "Ada Pell no longer says that the gate is safe.",
            "Nor did Ada Pell say that the gate was safe.",
            "At no point did Ada Pell say that the gate was safe.",
            "Neither Ada Pell nor Doss said that the gate was safe.",
            "No minister said that the gate was safe.",
            "Never has Ada Pell said that the gate was safe.",
            "Nowhere does the report say that the gate was safe.",
            "None of the Norvik Shipping officials said that the gate was safe.",
            "Ada Pell would neither confirm nor deny that the gate was shut.",
            "Ada Pell did not respond to a request of the wardens.",
            "Ada Pell offered no proof that the gate was safe.",
            "“The gate is safe tonight,” Ada Pell did not say.",
            "Ada Pell did not deny that the gate was shut.",
            "Ada Pell did not confirm or deny that the gate was shut.",
        ],
    );
}

#[test]
fn who_declined_failed_or_could_not_say_has_not_said() {
    all(
        Speech::NotSaid,
        &[
            "Ada Pell declined to comment on the gate.",
            "Ada Pell declined to say whether the gate was safe.",
            "Ada Pell refused to say that the gate was safe.",
            "Ada Pell refused to confirm that the gate was safe.",
            "Ada Pell refused to give details of the sale.",
            "Ada Pell has yet to say that the gate is safe.",
            "Ada Pell would not say whether the gate was safe.",
            "Ada Pell would not confirm that the gate was safe.",
            "Ada Pell could not confirm that the gate was safe.",
            "Ada Pell was unable to say whether the gate was safe.",
            "Ada Pell was not able to say whether the gate was safe.",
            "Ada Pell was too tired to say whether the gate was safe.",
            "Ada Pell failed to mention that the gate was shut.",
            "Ada Pell forgot to mention that the gate was shut.",
            "Ada Pell left without saying that the gate was safe.",
            "Ada Pell stopped short of saying that the gate was safe.",
            "Ada Pell refrained from saying that the gate was safe.",
            "Ada Pell stopped saying that the gate was safe.",
        ],
    );
}

#[test]
fn questions_conditions_and_possibilities_are_supposed() {
    all(
        Speech::Supposed,
        &[
            "Did Ada Pell say that the gate was safe?",
            "Has Ada Pell denied that the gate was shut?",
            "Why did Ada Pell say that the gate was safe?",
            "If Ada Pell says that the gate is safe, the board will open it.",
            "The board will open it if Ada Pell says that the gate is safe.",
            "Unless Ada Pell says that the gate is safe, it stays shut.",
            "Should Ada Pell say that the gate is safe, the board will open it.",
            "Had Ada Pell said that the gate was safe, the board would have opened it.",
            "It is unclear whether Ada Pell said that the gate was safe.",
            "There is no evidence that Ada Pell said that the gate was safe.",
            "Whether or not Ada Pell said that the gate was safe, it was shut.",
            "Ada Pell could say that the gate is safe.",
            "Ada Pell may announce that the gate is safe.",
            "Ada Pell might not say that the gate is safe.",
            "Ada Pell would have said that the gate was safe.",
            "Ada Pell will announce that the gate is safe.",
            "Ada Pell is due to announce that the gate is safe.",
            "Ada Pell was about to say that the gate was safe.",
            "Once Ada Pell confirms that the gate is safe, it opens.",
            "Ada Pell says the gate is safe?",
            "Ada Pell returned to Lusk to say that the gate was safe.",
            "Ada Pell tried to explain that the gate was safe.",
            "Ada Pell has all but said that the gate was shut.",
            "Ada Pell almost said that the gate was safe.",
            "Meridia could seek to acquire these weapons.",
        ],
    );
}

#[test]
fn wishes_views_and_deeds_are_not_speech() {
    all(
        Speech::Attitude,
        &[
            "Ada Pell wants the board to close the gate.",
            "Ada Pell believes that the gate is safe.",
            "Ada Pell plans to announce that the gate is safe.",
            "Ada Pell rejected the offer.",
            "Ada Pell is confident that the gate is safe.",
            "Norvik Shipping sought to acquire these weapons.",
        ],
    );
    all(
        Speech::Deed,
        &[
            "Norvik Shipping refused to sell the yard.",
            "Norvik Shipping agreed to sell the yard.",
            "The council vetoed the bill of the wardens.",
            "The council denied them entry to the port.",
            "Doss dismissed the minister.",
            "Meridia attacked the port of Lusk.",
            "Meridia found the ledger in May.",
        ],
    );
}

#[test]
fn the_phrase_has_all_that_denies_the_saying() {
    let phrase = |text: &str| facts(text).attributions.first().map(|said| said.phrase.of(text).to_owned());
    for (text, expected) in [
        ("Ada Pell has yet to say that it was shut.", "has yet to say"),
        ("Ada Pell would neither confirm nor deny that it was shut.", "would neither confirm nor deny"),
        ("Nor did Ada Pell say that it was shut.", "Nor did Ada Pell say"),
        ("No minister said that it was shut.", "No minister said"),
        ("Ada Pell left without saying that it was shut.", "without saying"),
        ("Ada Pell vowed not to close the gate.", "vowed not"),
        ("Ada Pell said not that it was shut but that it was new.", "said not"),
        ("Doss denied that it was shut.", "denied"),
    ] {
        assert_eq!(phrase(text).as_deref().map(str::trim_end), Some(expected), "{text}");
    }
}

#[test]
fn who_is_said_not_to_be_the_speaker_is_none() {
    let facts = facts("It was not Ada Pell who said that the gate was safe.");
    assert!(facts.attributions.iter().all(|said| said.speaker.is_none()));
}

#[test]
fn what_was_not_said_stands_behind_no_claim() {
    let strong = |text: &str| facts(text).attributions.first().map(|said| said.strong);
    assert_eq!(strong("Ada Pell said that 40 ships had left."), Some(true));
    assert_eq!(strong("Doss denied that 40 ships had left."), Some(true));
    assert_eq!(strong("Did Ada Pell say that 40 ships had left?"), Some(false));
    assert_eq!(strong("No minister said that 40 ships had left."), Some(false));
}

#[test]
fn a_plain_cue_says_no_more_than_that_it_was_said() {
    let plain = |text: &str| facts(text).attributions.first().map(|said| said.plain);
    for text in
        ["Ada Pell has also said that it was shut.", "Ada Pell told the board that it was shut.", "PELL: It is shut."]
    {
        assert_eq!(plain(text), Some(true), "{text}");
    }
    for text in [
        "Ada Pell puts the value at 640 million crowns.",
        "Ada Pell warned that it was shut.",
        "Ada Pell falsely said that it was shut.",
        "Doss denied that it was shut.",
    ] {
        assert_eq!(plain(text), Some(false), "{text}");
    }
}
