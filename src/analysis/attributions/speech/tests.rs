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

/// Each is read as `expected`, whoever else is told of.
#[track_caller]
fn all_are(expected: Option<Speech>, texts: &[&str]) {
    for text in texts {
        let facts = facts(text);
        let pell = facts.entities.iter().position(|entity| entity.name == "Ada Pell").map(|n| n as u32);
        let told = facts.attributions.iter().filter(|said| said.speaker == pell && pell.is_some());
        let told: Vec<Speech> = told.map(|said| said.speech).collect();
        match expected {
            Some(speech) => assert!(told.contains(&speech), "{text}: {told:?}"),
            None => assert!(!told.contains(&Speech::Said) && !told.contains(&Speech::Denied), "{text}: {told:?}"),
        }
    }
}

#[test]
fn words_that_were_not_passed_on_as_they_were_are_nobodys() {
    all_are(
        None,
        &[
            "Ada Pell was misquoted as saying that the gate was shut.",
            "Ada Pell was falsely quoted as saying that the gate was shut.",
            "Ada Pell was never quoted as saying that the gate was shut.",
            "Ada Pell is quoted in a forged letter as saying that the gate was shut.",
        ],
    );
    all_are(
        Some(Speech::Said),
        &[
            "Ada Pell was quoted as saying that the gate was shut.",
            "Ada Pell was quoted by the Gazette as saying that the gate was shut.",
            "Ada Pell was heard to say that the gate was shut.",
        ],
    );
}

#[test]
fn what_was_avoided_is_not_said() {
    all_are(
        Some(Speech::NotSaid),
        &[
            "Ada Pell took care not to say that the gate was shut.",
            "Ada Pell held off on saying that the gate was shut.",
            "Ada Pell by no means said that the gate was shut.",
            "Ada Pell in no way said that the gate was shut.",
        ],
    );
    all_are(Some(Speech::Said), &["Ada Pell in a speech said that the gate was shut."]);
}

#[test]
fn a_clause_that_is_left_open_tells_of_no_words() {
    all_are(
        None,
        &[
            "Nothing suggests that Ada Pell said that the gate was shut.",
            "It is not clear that Ada Pell said that the gate was shut.",
            "It was not the case that Ada Pell said that the gate was shut.",
            "It is conceivable that Ada Pell said that the gate was shut.",
            "Rumour has it that Ada Pell said that the gate was shut.",
            "The story that Ada Pell told the board the gate was safe is false.",
            "Suppose Ada Pell said that the gate was shut.",
            "Imagine Ada Pell said that the gate was shut.",
            "Assuming Ada Pell said that the gate was shut, ships will wait.",
            "Provided that Ada Pell said that the gate was shut, ships will wait.",
            "Perhaps Ada Pell said that the gate was shut.",
            "When Ada Pell says that the gate is shut, ships will wait.",
            "As soon as Ada Pell says that the gate is shut, ships will wait.",
        ],
    );
    all_are(
        Some(Speech::Said),
        &[
            "It is true that Ada Pell said that the gate was shut.",
            "When Ada Pell said that the gate was shut, the ships left.",
        ],
    );
}

#[test]
fn what_is_still_to_be_said_is_not_said() {
    all_are(
        None,
        &[
            "Ada Pell is going to say that the gate is shut.",
            "Ada Pell promised to say that the gate is shut.",
            "Ada Pell threatened to tell the board that the gate is shut.",
            "Ada Pell seems to have said that the gate is shut.",
            "Ada Pell possibly told the board that the gate is shut.",
        ],
    );
    all_are(
        Some(Speech::Said),
        &[
            "Ada Pell went on to say that the gate is shut.",
            "Ada Pell promised to close the gate.",
            "Ada Pell would repeatedly say that the gate is shut.",
        ],
    );
}

#[test]
fn a_thing_recalled_written_or_claimed_is_no_speech() {
    all_are(
        None,
        &[
            "Ada Pell recalled the ambassador.",
            "Ada Pell wrote two books.",
            "Ada Pell claimed a refund.",
            "Ada Pell repeated the exercise.",
        ],
    );
    all_are(
        Some(Speech::Said),
        &[
            "Ada Pell recalled that the gate was shut.",
            "Ada Pell wrote that the gate was shut.",
            "Ada Pell claimed responsibility for the fire.",
            "Ada Pell repeated the warning.",
        ],
    );
}

#[test]
fn what_stands_around_a_plain_statement_does_not_hide_it() {
    all_are(
        Some(Speech::Said),
        &[
            "It was Ada Pell who said that the gate was shut.",
            "Ada Pell is the one who said that the gate was shut.",
            "Ada Pell, not Doss, said that the gate was shut.",
            "Ada Pell said on Monday, as ships waited, that the gate was shut.",
            "Ada Pell, expected to resign, said that the gate was shut.",
        ],
    );
    all_are(
        Some(Speech::Denied),
        &[
            "Ada Pell rubbished the claim that she took bribes.",
            "Ada Pell shot down the claim that she took bribes.",
            "Ada Pell laughed off the claim that she took bribes.",
            "Ada Pell brushed aside the claim that she took bribes.",
            "Ada Pell ruled out that the gate would close.",
        ],
    );
}
