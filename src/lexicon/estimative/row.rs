//! The rows of terms of the yardsticks: ICD 203 has two, every other yardstick one.

use crate::lexicon::set::classes;

classes! {
    /// A set of rows of terms.
    Rows {
        /// The first row of ICD 203: "very likely".
        ICD_A = "icd203-a";
        /// The second row of ICD 203: "highly probable".
        ICD_B = "icd203-b";
        /// The British yardstick.
        PHIA = "phia";
        /// NATO's.
        NATO = "nato";
        /// The climate panel's.
        IPCC = "ipcc";
    }
}
