// Which shards of its corpus a worker has built, or begun to, so that it takes them first in later jobs: their vectors
// are in its workshop. In a file of its own beside the database, a line "CORPUS SHARDS NUMBER" for each.
//
// It saves work and no more: a file that cannot be read or written remembers nothing. Not thread-safe.
#ifndef BEDSIDE_INGEST_BUILT_SHARDS_H_
#define BEDSIDE_INGEST_BUILT_SHARDS_H_

#include <cstdint>
#include <set>
#include <string>

namespace bedside {

class BuiltShards {
 public:
  static constexpr char kFileName[] = "BUILT_SHARDS";

  // Of jobs of `corpus` with as many shards. `folder`, the workshop's, exists.
  BuiltShards(const std::string& folder, const std::string& corpus, uint32_t shards);

  // Those that the file had when this was made.
  const std::set<uint32_t>& before() const { return before_; }

  // Writes it down for later jobs.
  void Add(uint32_t number) const;

 private:
  const std::string path_;
  // What a line begins with, up to the number.
  const std::string begin_;
  std::set<uint32_t> before_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_BUILT_SHARDS_H_
