// Names in a cluster. All begin with the prefix of the configuration:
//
//   PREFIX.changes                     what happened to all corpora, in order
//   PREFIX.answers, PREFIX.feedback    answers that servers gave, and verdicts on them
//   PREFIX.CORPUS.segment.UID          the passages, documents and tables of a segment
//   PREFIX.CORPUS.generation.NAME      the manifest of a generation
//   PREFIX.CORPUS.active               the alias of the generation that serves
//   PREFIX.CORPUS.job.NAME             who builds which shard of a generation, and what came of it
//
// Neither a prefix nor a corpus has a dot, so that no name is read as another, nor as one of another prefix.
#ifndef BEDSIDE_INDEX_CLUSTER_INDEX_NAMES_H_
#define BEDSIDE_INDEX_CLUSTER_INDEX_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class IndexNames {
 public:
  explicit IndexNames(const config::ClusterConfig& config);

  std::string Changes() const { return prefix_ + ".changes"; }
  std::string Answers() const { return prefix_ + ".answers"; }
  std::string Feedback() const { return prefix_ + ".feedback"; }
  std::string Segment(absl::string_view corpus, absl::string_view uid) const;
  std::string Generation(absl::string_view corpus, absl::string_view generation) const;
  std::string Active(absl::string_view corpus) const;
  std::string Job(absl::string_view corpus, absl::string_view job) const;

  // Patterns that match all of their kind.
  std::string AllGenerations(absl::string_view corpus) const { return Generation(corpus, "*"); }
  std::string All() const { return prefix_ + ".*"; }
  std::string AllActive() const { return Active("*"); }
  std::string AllOf(absl::string_view corpus) const { return prefix_ + "." + std::string(corpus) + ".*"; }

  // What Active or Generation made the name of; unset where it is no such name.
  absl::optional<std::string> CorpusOfActive(absl::string_view name) const;
  absl::optional<std::string> GenerationOfIndex(absl::string_view corpus, absl::string_view name) const;

 private:
  const std::string prefix_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_INDEX_NAMES_H_
