// The statements of a passage that could stand in an answer: each readable by itself, and cut from the document by
// span.
//
// A paragraph gives its sentences; one that refers to its predecessor brings it along or is not offered, and one that
// speaks of something as known that only that one has named brings it along where it may. A list item is one statement,
// a table row another. A list of which several items belong together ("Both required:") is one statement, or none where
// the passage does not have all of it, an inner list is in it, its words are counted, or they are more than 120 (of the
// line above it, 160 bytes). What negates is not brought behind another sentence, which would keep it from an answer.
// Headings are put before each statement, since a dose under "Not recommended" or "Children" is another one without
// them: every heading of the path that negates, forbids or names a population, and the outermost and the two innermost
// of all; those that only repeat the title or say nothing ("Key points") are left out. The label above a list, the
// caption and the names of the columns follow them. Questions, aims, hypotheses, methods and fragments of sentences are
// not offered, nor is anything that the rights of the source do not let be shown whole. A label inside a paragraph
// ("BACKGROUND: ...") counts like the section's own, up to the next one.
//
// Thread-safe. Linear in the passage.
#ifndef BEDSIDE_SERVICES_ANSWER_FINDING_EXTRACTOR_H_
#define BEDSIDE_SERVICES_ANSWER_FINDING_EXTRACTOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "index/text/sentence_splitter.h"
#include "index/text/span.h"
#include "services/answer/evidence_source.h"
#include "services/answer/section_role.h"

namespace bedside {

struct Finding {
  // For a reader: headings and label, if any, and the bytes of `span` with white space made single.
  std::string text;
  // In the text of the document, inside the passage.
  Span span;
  // kFinding or kNeutral.
  SectionRole role = SectionRole::kNeutral;
  // A list item, a table row or a sentence of a few words: even with its label it may not say what it is about.
  bool terse = false;
  // Of a row: the table, the same for all rows of one table of the document, how many rows that has, and its caption
  // and the names of its columns.
  struct Table {
    uint32_t begin = 0;
    size_t rows = 0;
    std::string columns;
  };
  absl::optional<Table> table;
};

// In the order of the text.
std::vector<Finding> ExtractFindings(const EvidencePassage& evidence, const SentenceSplitter& splitter);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_FINDING_EXTRACTOR_H_
