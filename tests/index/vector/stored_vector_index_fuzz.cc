#include <glog/logging.h>

#include <vector>

#include "index/vector/stored_vector_index.h"
#include "tests/fuzz/input.h"

namespace {

void Search(const bedside::VectorIndex& index) {
  const bedside::PassageBitmap all(index.passages(), true);
  std::vector<float> row(index.dimension(), 0.5F);
  for (const size_t k : {size_t{1}, size_t{10}}) {
    const auto found = index.Search(row, all, k);
    CHECK(found.ok()) << found.status();
    for (const bedside::ScoredPassage& passage : *found) {
      CHECK_LT(bedside::IndexOf(passage.passage), index.passages());
      index.Read(passage.passage, row.data());
    }
    row.assign(row.size(), 0.5F);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Narrow, so that a graph is searched along its links.
  bedside::config::VectorIndexConfig config;
  config.set_hnsw_search_beam(16);
  const auto index = bedside::StoredVectorIndex::Open(std::string(bedside::TextOf(data, size)), config);
  if (index.ok()) Search(**index);
  return 0;
}
