// Names that mean the same, from a MeSH descriptor file that a site has: the descriptor's and its terms.
//
// Format: https://www.nlm.nih.gov/mesh/xmlmesh.html; of each DescriptorRecord the DescriptorName and the String of
// every Term are read. A name that two descriptors share means neither.
//
// Immutable, thread-safe. Memory: some 100 bytes and twice the letters of each name, 60 MB for the whole of MeSH.
#ifndef BEDSIDE_INDEX_QUERY_THESAURUS_H_
#define BEDSIDE_INDEX_QUERY_THESAURUS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {

class Thesaurus {
 public:
  static constexpr size_t kMaxOtherNames = 4;

  // Holds no name.
  Thesaurus() = default;

  // NOT_FOUND: the file cannot be read. INVALID_ARGUMENT: it is not well-formed XML, with the line, or holds no
  // descriptor. `analyzer` is used during the call only.
  static absl::StatusOr<std::unique_ptr<Thesaurus>> Read(const std::string& path, const LexicalAnalyzer& analyzer);

  // Other names of what the name with this NameKey means, the descriptor's first, in the order of the file, without
  // those that have the same words. Empty where it is unknown.
  std::vector<std::string> OtherNamesOf(const std::string& key) const;

 private:
  friend class ThesaurusReader;

  static constexpr uint32_t kSeveral = ~uint32_t{0};

  struct Name {
    std::string text;
    std::string key;
  };

  // Number of the descriptor by key of a name; kSeveral where there is no telling.
  absl::flat_hash_map<std::string, uint32_t> descriptors_of_;
  // The names of each descriptor.
  std::vector<std::vector<Name>> names_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_THESAURUS_H_
