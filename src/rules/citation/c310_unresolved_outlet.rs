//! C310: an outlet and a date in brackets, and no source note that they lead to.

use super::footnotes;
use crate::analysis::claims::{self, ProseCitation};
use crate::rules::time::dates;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;
use crate::workspace::library::Source;

crate::declare_rule! {
    /// Reports an outlet and date in brackets ("(Harbor Daily, May 2)") that no source of the library stands for.
    ///
    /// ## Why
    /// The reader can look it up, but the house has no copy: when the page is gone, so is the evidence.
    ///
    /// ## Reported
    /// ```note
    /// //- /sources/other.md
    /// ---
    /// type: source
    /// publisher: Meridia Herald
    /// date: 2031-05-02
    /// ---
    /// Output fell.
    /// //- /note.md
    /// Output fell (Harbor Daily, May 2).
    ///              ^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /sources/hd.md
    /// ---
    /// type: source
    /// publisher: Harbor Daily
    /// date: 2031-05-02
    /// ---
    /// Output fell.
    /// //- /note.md
    /// Output fell (Harbor Daily, May 2).
    /// ```
    /// ```note
    /// Output fell (Harbor Daily, May 2).
    /// ```
    ///
    /// ## Limits
    /// Only where the workspace has sources at all. A source within a day of the date counts; without a day in the
    /// brackets the outlet and the year decide. Where several fit, a fix offers each.
    pub(super) static UNRESOLVED_OUTLET = Rule {
        code: "C310",
        name: "parenthetical-source-unresolved",
        family: Citation,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            several(outlet): "Unresolved citation: several sources fit {outlet} on this day. Cite the one that is meant.",
            no_such_day(outlet): "Unresolved citation: no source from {outlet} has this date. Add a source note, or check the date.",
            no_outlet(outlet): "Unresolved citation: no source is from {outlet}. Add a source note for this piece.",
        },
        remedies: [CreateSourceNote],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut library: Option<bool> = None;
    for sentence in &facts.note.sentences {
        for cited in claims::prose_citations(context.text, facts.note.tokens_of(sentence)) {
            if !*library.get_or_insert_with(|| context.workspace.sources().next().is_some()) {
                return;
            }
            report(context, &cited, findings);
        }
    }
}

fn report(context: &RuleContext<'_>, cited: &ProseCitation, findings: &mut Findings) {
    let outlet = cited.outlet.of(context.text);
    let of_outlet = || {
        let same = |source: &Source| same_outlet(&source.publisher, outlet);
        context.workspace.sources().map(|(_, source)| source).filter(move |source| same(source))
    };
    let fits: Vec<_> = of_outlet().filter(|source| fits(context, cited, source)).take(4).collect();
    if fits.len() == 1 {
        return;
    }
    let shown = footnotes::excerpt(outlet);
    let message = match (fits.len(), of_outlet().next().is_some()) {
        (2.., _) => message::several(shown),
        (_, true) => message::no_such_day(shown),
        (_, false) => message::no_outlet(shown),
    };
    let finding = findings.add(&UNRESOLVED_OUTLET, cited.range, message);
    for source in fits {
        let edit = Edit { file: context.file, range: cited.brackets, text: format!("[@{}]", source.key) };
        finding.fixes.push(Fix { title: format!("Cite [@{}]", source.key), edits: vec![edit], safe: false });
    }
}

fn same_outlet(publisher: &str, outlet: &str) -> bool {
    let key = |name: &str| {
        let lower = name.trim().to_lowercase();
        lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
    };
    !publisher.is_empty() && key(publisher) == key(outlet)
}

/// True if a source's date is the one in the brackets, give or take a day.
fn fits(context: &RuleContext<'_>, cited: &ProseCitation, source: &Source) -> bool {
    let written = TextRange::new(cited.outlet.end, cited.range.end).of(context.text);
    let year = written.split(|c: char| !c.is_ascii_digit()).find(|d| d.len() == 4).and_then(|d| d.parse::<i16>().ok());
    let source_year = source.date.get(..4).and_then(|d| d.parse::<i16>().ok());
    if let (Some(one), Some(other)) = (year, source_year)
        && one != other
    {
        return false;
    }
    let Ok(day) = source.date.get(..10).unwrap_or(&source.date).parse::<jiff::civil::Date>() else {
        return year.is_some();
    };
    match dates::day_and_month(written) {
        None => year.is_some(),
        Some((number, month)) => {
            let Ok(wanted) = jiff::civil::Date::new(day.year(), month, number) else { return false };
            wanted.until(day).is_ok_and(|span| span.get_days().abs() <= 1)
        }
    }
}
