//! The kinds of names: one kind is one list in `data/names/`, and its name there.
//!
//! `build.rs` compiles this file as well, so it depends on nothing of the project but [`classes!`].

use super::set::classes;

classes! {
    /// A set of kinds of names. A kind is evidence, never a verdict.
    NameKinds {
        // In this order they are what the model of names sees, and the bits in the compiled table.
        /// Given names.
        GIVEN = "given";
        /// Family names.
        FAMILY = "family";
        /// Full names of public persons.
        PERSON = "people";
        /// States, present and past.
        COUNTRY = "country";
        /// Capitals.
        CAPITAL = "capital";
        /// Cities over 100,000 inhabitants and places often in the news.
        BIG_CITY = "bigcity";
        /// Other towns, and spellings of cities.
        CITY = "city";
        /// Provinces, continents, seas, rivers, sites.
        REGION = "region";
        /// Nationalities, peoples, religions, political groups.
        GROUP = "group";
        /// Bodies.
        ORG = "org";
        /// Companies.
        COMPANY = "company";
        /// Outlets and agencies.
        OUTLET = "outlet";
        /// Armed groups.
        ARMED = "armed";
        /// Weapons, vehicles, systems.
        PRODUCT = "product";
        /// Wars, operations, meetings, feasts.
        EVENT = "event";
        /// Laws, treaties, books.
        WORK = "work";
        /// Words that running text mostly writes in lower case.
        COMMON = "common";
    }
}

/// Any kind of place.
pub const ANY_PLACE: NameKinds = COUNTRY.or(CAPITAL).or(BIG_CITY).or(CITY).or(REGION);
/// Any kind of organisation.
pub const ANY_ORG: NameKinds = ORG.or(COMPANY).or(OUTLET).or(ARMED);
