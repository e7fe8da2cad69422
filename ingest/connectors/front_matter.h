// YAML front matter of a Markdown file: what is known of the document, between a first line "---" and a line "---".
//
// Keys: id, title, organization, country, language, url, doi, pmid, pmcid, kind, guideline_type, evidence_system,
// publication_date, version, status, supersedes, superseded_by, conditions, tags; case does not matter, "-" and " " are
// "_", and organisation is organization. Where a list is meant, one value does, of ids also several with commas; null
// and "" say nothing; other keys are passed over. Of a key that stands several times the first counts, of lists all, of
// status the gravest. A value with a colon in it ("title: Asthma: a guideline") is read although YAML wants quotation
// marks around it.
#ifndef BEDSIDE_INGEST_CONNECTORS_FRONT_MATTER_H_
#define BEDSIDE_INGEST_CONNECTORS_FRONT_MATTER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

// A view of the two parts of a file. REQUIRES of the text: "\n" line ends.
struct FrontMatterSplit {
  // Unset when the file does not begin with front matter.
  absl::optional<absl::string_view> yaml;
  absl::string_view body;
};

// Front matter that has no end takes the whole file, and leaves an unset body (data() == nullptr).
FrontMatterSplit SplitFrontMatter(absl::string_view text);

// Something wrong in front matter. Lines count from 1 at the opening "---".
struct FrontMatterDefect {
  int line = 0;
  std::string reason;
};

// Sets what the front matter says in `document`; the id as DocumentId. An error means that nothing of it can be
// trusted, as where the status is not understood: the document may be out of force; `warnings` are values that were
// left out or stand several times.
absl::optional<FrontMatterDefect> ReadFrontMatter(absl::string_view yaml, storage::Document* document,
                                                  std::vector<FrontMatterDefect>* warnings);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_FRONT_MATTER_H_
