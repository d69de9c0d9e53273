//! What "expand selection" takes in, from the inside out: word, name, quotation, claim, sentence, paragraph, section, item, note.

use crate::analysis::NoteFacts;
use crate::structure::BlockKind;
use crate::text::TextRange;

/// The ranges around byte `at`, each strictly inside the next. `length` is the note's length in bytes.
#[must_use]
pub fn selection_ranges(facts: &NoteFacts, at: u32, length: u32) -> Vec<TextRange> {
    let note = &facts.note;
    let mut around = vec![TextRange::new(0, length)];
    let mut take = |range: TextRange| {
        if range.touches(at) && !range.is_empty() {
            around.push(range);
        }
    };
    for item in &note.items {
        take(item.range);
    }
    if let Some((index, block)) = note.block_at(at).and_then(|index| Some((index, note.blocks.get(index)?))) {
        let heading = if matches!(block.kind, BlockKind::Heading(_)) { Some(index as u32) } else { block.heading };
        if let Some(range) = heading.and_then(|heading| section(facts, heading)) {
            take(range);
        }
        take(block.range);
    }
    if let Some(sentence) = note.sentence_at(at).and_then(|index| note.sentences.get(index)) {
        take(sentence.range);
        note.tokens_of(sentence).iter().for_each(|token| take(token.range));
    }
    facts.claims.iter().for_each(|claim| {
        take(claim.range);
        take(claim.span);
    });
    facts.quotations.iter().for_each(|quotation| {
        take(quotation.range);
        take(quotation.inner);
    });
    facts.attributions.iter().flat_map(|a| a.source.iter().chain(&a.content)).for_each(|&range| take(range));
    facts.mentions.iter().for_each(|mention| take(mention.range));

    around.sort_by_key(|range| range.len());
    let mut chain: Vec<TextRange> = Vec::new();
    for range in around {
        // Two ranges may overlap without nesting (a quotation over two sentences): the smaller one came first and stays.
        if chain.last().is_none_or(|last| range.contains_range(*last) && range != *last) {
            chain.push(range);
        }
    }
    chain
}

/// From a heading to the block before the next heading of its level or above.
fn section(facts: &NoteFacts, heading: u32) -> Option<TextRange> {
    let blocks = facts.note.blocks.get(heading as usize..)?;
    let first = blocks.first()?;
    let BlockKind::Heading(level) = first.kind else { return None };
    let rest =
        blocks.iter().skip(1).take_while(|block| !matches!(block.kind, BlockKind::Heading(next) if next <= level));
    Some(first.range.cover(rest.last().unwrap_or(first).range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::structure::Format;

    #[test]
    fn from_the_word_to_the_note() {
        let text = "# Port\n\nThe gates stay shut. Pell left.\n\nEnd.\n";
        let facts = analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let at = text.find("gates").unwrap_or_default() as u32 + 2;
        let chain = selection_ranges(&facts, at, text.len() as u32);
        let shown: Vec<&str> = chain.iter().map(|range| range.of(text)).collect();
        assert_eq!(shown.first(), Some(&"gates"));
        assert!(shown.contains(&"The gates stay shut."), "{shown:?}");
        assert!(shown.contains(&"The gates stay shut. Pell left."), "{shown:?}");
        assert_eq!(shown.last(), Some(&text));
        assert!(chain.windows(2).all(|pair| pair[1].contains_range(pair[0]) && pair[0] != pair[1]));
    }

    #[test]
    fn a_claim_stands_between_its_clause_and_its_paragraph_and_an_item_below_the_note() {
        let text = "Port counts its ships\n\nBy Ada Pell\n\nNadim Haddad said that the port, which is old, handled 38 million tonnes in 2030. It closed.\n\nYard waits for steel\n\nBy Orr Vale\n\nLidia Marr left.\n";
        let facts = analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default());
        assert_eq!(facts.note.items.len(), 2);
        let at = text.find("million").unwrap_or_default() as u32 + 2;
        let chain = selection_ranges(&facts, at, text.len() as u32);
        let place = |wanted: TextRange| chain.iter().position(|range| *range == wanted);
        let claim = facts.claims.iter().find(|claim| claim.range.touches(at)).expect("a claim");
        let said = facts.attributions.first().expect("an attribution").content[0];
        let item = facts.note.items[0].range;
        let steps = [place(claim.span), place(said), place(claim.range), place(item)];
        assert!(steps.iter().all(Option::is_some) && steps.is_sorted(), "{steps:?} {chain:?}");
        assert!(item.len() < text.len() as u32 && place(item).is_some_and(|at| at + 2 == chain.len()));
    }
}
