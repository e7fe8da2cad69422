// What a section is, from what its source says.
#ifndef BEDSIDE_INGEST_CONNECTORS_SECTION_LABEL_H_
#define BEDSIDE_INGEST_CONNECTORS_SECTION_LABEL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// `declared`: a type given by the source ("materials|methods", "NlmCategory"), or "". One of BACKGROUND, OBJECTIVE,
// METHODS, RESULTS, DISCUSSION, CONCLUSIONS, SUPPLEMENTARY when the type or, failing that, the heading
// ("2.1 Patients and methods") says so; otherwise the declared type in upper case, or "".
// A section that is both results and discussion is RESULTS.
std::string SectionLabel(absl::string_view declared, absl::string_view heading);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SECTION_LABEL_H_
