// How manifests of generations come of each other: by one more segment.
//
// A segment replaces what earlier ones have of its documents. One of which nothing is left leaves the manifest: so the
// documents of several segments are merged by writing them again, as one.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_MANIFEST_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_MANIFEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/generation/live_documents.h"
#include "index/lexical/bm25f.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

// Of a generation that is named after its segment and has no other; change sequence, time and settings are the
// caller's to set.
storage::Manifest GenerationOf(absl::string_view corpus, const storage::EmbedderIdentity& embedder,
                               const storage::SegmentManifest& segment);

// The generation with `segment` behind its others, under the same name, and without the documents `removed`.
// `documents`: those that `manifest` has; `table`: those of `segment`. REQUIRES: `removed` are none of `table`
storage::Manifest WithSegment(storage::Manifest manifest, const LiveDocuments& documents,
                              const storage::SegmentManifest& segment, const storage::DocumentTable& table,
                              const std::vector<std::string>& removed);

// The generation with `segment`, which has documents of its segments again, in the place of the first that it spends.
// Where a document is of another version by now, or gone, the segment gives way.
storage::Manifest WithMerged(storage::Manifest manifest, const LiveDocuments& documents,
                             const storage::SegmentManifest& segment, const storage::DocumentTable& table);

// The generation with `rewritten`, which has what the segment at `place` has without the document at `entry`, in its
// place; without either where nothing is left. `table`: that of the segment at `place`.
storage::Manifest WithoutDocument(storage::Manifest manifest, int place, uint32_t entry,
                                  const storage::DocumentTable& table, const storage::SegmentManifest& rewritten);

// The generation without the documents at these places, none of which is replaced yet, and without segments of which
// nothing is left, be that all. `tables`: one a segment.
storage::Manifest WithoutDocuments(storage::Manifest manifest, const std::vector<DocumentPlace>& places,
                                   const LiveDocuments::Tables& tables);

// What a generation has, without what is replaced.
struct GenerationCounts {
  uint64_t documents = 0;
  uint64_t passages = 0;
};
GenerationCounts CountsOf(const storage::Manifest& manifest);

// The name of a generation whose last segment is `segment`.
std::string NameAfter(const storage::SegmentManifest& segment);

// What a segment compares its lengths with; all 0 where that is not known.
MeanFieldLengths MeanFieldLengthsOf(const storage::SegmentManifest& segment);
// The same of one that joins the generation.
MeanFieldLengths MeanFieldLengthsOf(const storage::Manifest& manifest);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_MANIFEST_H_
