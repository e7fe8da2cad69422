// Whether a word looks like the name of a drug: where two such names are alike, a wrong guess may harm, so that none is
// made.
//
// Sources: the stems of WHO, The use of stems in the selection of International Nonproprietary Names (2018), as far as
// they end or begin a name; and names without a stem, brands among them, that are in wide use or that lists of confused
// drug names hold (ISMP, FDA).
#ifndef BEDSIDE_INDEX_QUERY_DRUG_NAMES_H_
#define BEDSIDE_INDEX_QUERY_DRUG_NAMES_H_

#include "absl/strings/string_view.h"

namespace bedside {

// A name of the list. `word`: folded, a to z.
bool IsListedDrug(absl::string_view word);

// A name of the list, or a word of at least six letters with a stem. `word`: folded, a to z.
bool LooksLikeDrug(absl::string_view word);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_DRUG_NAMES_H_
