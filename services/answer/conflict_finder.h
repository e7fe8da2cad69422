// Guidelines that disagree: recommendations of different bodies about the same matter, for the same people, of which
// one is for what another is against, or which state other values of the same measure.
//
// Alarms that are not true teach readers to ignore all of them, so a conflict is reported only where words leave little
// doubt: both statements hold mostly the same terms, name the same drugs and the same people, their documents are about
// the same condition, neither names a condition that the other lacks while it lacks one of the other's, and values that
// differ have the same terms beside them and are the same kind of value ("target", "maximum"). Conflicts in other words
// are missed. Statements of one document, and of one body, are never in conflict: the newer one of a body is an edition
// that replaces the older. Only documents of kind GUIDELINE which are current or corrected have a say.
//
// Thread-safe. Under a millisecond for a passage; next to nothing where no two guidelines of different bodies are
// among the evidence.
#ifndef BEDSIDE_SERVICES_ANSWER_CONFLICT_FINDER_H_
#define BEDSIDE_SERVICES_ANSWER_CONFLICT_FINDER_H_

#include <string>
#include <vector>

#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "index/text/span.h"
#include "proto/bedside/v1/conflict.pb.h"
#include "services/answer/evidence_source.h"
#include "services/answer/recommendation.h"

namespace bedside {

struct FoundConflict {
  v1::EvidenceConflict message;
  // What each side says, for a reader: see Finding.text.
  std::vector<std::string> texts;
};

class ConflictFinder {
 public:
  // Both must outlive it.
  ConflictFinder(const LexicalAnalyzer* analyzer, const SentenceSplitter* splitter)
      : splitter_(splitter), reader_(analyzer) {}

  // In the order of their first sides; no statement is a side of two. `evidence` is numbered from 1.
  std::vector<FoundConflict> Find(const std::vector<EvidencePassage>& evidence) const;

 private:
  const SentenceSplitter* splitter_;
  RecommendationReader reader_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_CONFLICT_FINDER_H_
