// Which documents are literature, by their kind.
#ifndef BEDSIDE_SERVICES_ANSWER_LITERATURE_H_
#define BEDSIDE_SERVICES_ANSWER_LITERATURE_H_

#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// All but guidelines and what is written for patients, which report no studies and have lists of names.
bool IsLiterature(v1::DocumentKind kind);

// What its source calls a report of studies. A protocol of a hospital, or a page whose source does not say what it is,
// may have whatever it has in other words.
bool ReportsStudies(v1::DocumentKind kind);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_LITERATURE_H_
