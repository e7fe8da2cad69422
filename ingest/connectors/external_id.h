// Identifiers in one spelling, so that the same publication is recognised whatever source names it.
#ifndef BEDSIDE_INGEST_CONNECTORS_EXTERNAL_ID_H_
#define BEDSIDE_INGEST_CONNECTORS_EXTERNAL_ID_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// "pmid": digits. "pmcid": "PMC" and digits; the prefix may be missing in `value`. "doi": lower case, as DOIs are
// compared without case, without "doi:" or resolver; must begin with "10.". Other schemes: the value, trimmed.
// Nothing when `value` is not one of the scheme.
absl::optional<v1::ExternalId> MakeExternalId(absl::string_view scheme, absl::string_view value);

// The scheme by one of its names, in any letter case: "pmid" of "PubMed", "pmcid" of "PMC", "doi", "url"; "" for
// others.
absl::string_view SchemeOf(absl::string_view name);

// The first DOI in a citation: "10.1000/182" of "J Inv. 2018;3:1. doi: 10.1000/182." What may be a volume and a page
// counts only after "doi".
absl::optional<v1::ExternalId> FindDoi(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_EXTERNAL_ID_H_
