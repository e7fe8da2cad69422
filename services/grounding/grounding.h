// Whether claims are what the sources that they cite say. Each is checked, whoever wrote it, for
//   - numbers, units and comparisons, and what they are of (measure_check.h),
//   - names of drugs, diseases and other things (name_check.h),
//   - negation and direction (polarity_check.h), also that of a heading above the text,
//   - support: it is a sentence of a source, or up to three places of one sentence or two neighbours hold all of its
//     words but connecting ones ("recommended", "patients") and at least half of its terms, or, where there is an
//     embedder, it is near enough to a sentence in meaning and words,
// and it must be more than a repetition of the name of a source.
//
// The first three find contradictions where a claim keeps the words of its source; of loose paraphrases they miss many.
// The last one finds what is not stated at all. tools/eval:grounding_eval measures them.
#ifndef BEDSIDE_SERVICES_GROUNDING_GROUNDING_H_
#define BEDSIDE_SERVICES_GROUNDING_GROUNDING_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "index/embedding/embedder.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/sentence_splitter.h"
#include "services/grounding/grounding_verdict.h"
#include "services/grounding/meaning.h"
#include "services/grounding/source_reading.h"
#include "services/grounding/word_support.h"

namespace bedside {

struct Claim {
  // A sentence; valid UTF-8.
  std::string text;
  // Of the sources that it cites, from 1; at least one.
  std::vector<int> sources;
};

// Not thread-safe. Sources are read once, by the constructor. Cost: see docs/performance.md.
class Grounding {
 public:
  // `analyzer` and `embedder` must outlive it; the others need not. Without an embedder (null) claims are supported by
  // words alone.
  Grounding(const LexicalAnalyzer* analyzer, const SentenceSplitter& splitter, const Embedder* embedder,
            const std::vector<GroundingSource>& sources);

  // One verdict a claim, in order. Those that words neither support nor contradict share one batch of the encoder.
  // REQUIRES: 1 <= number <= size of the sources, for each of those of a claim
  std::vector<GroundingVerdict> Check(absl::Span<const Claim> claims);

  // The last error of the embedder, for which claims were judged by words alone; OK: none.
  const absl::Status& embedder_status() const { return embedder_status_; }

 private:
  struct Judged {
    ReadText claim;
    CitedText cited;
    WordSupport words;
    GroundingVerdict verdict;
    bool needs_meaning = false;
  };

  Judged Judge(const Claim& claim) const;
  CitedText Cited(const Claim& claim) const;
  bool IsCopied(Judged* judged) const;
  void FindContradictions(Judged* judged) const;
  bool HoldsItsWords(const Judged& judged) const;
  bool HoldsWord(absl::string_view word, const TermSet& held) const;
  void JudgeMeaning(std::vector<Judged>* judged);

  const LexicalAnalyzer* analyzer_;
  const TermSet& connecting_;
  std::vector<SourceReading> sources_;
  // Unset: no embedder.
  std::unique_ptr<Meaning> meaning_;
  absl::Status embedder_status_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_GROUNDING_H_
