#include "tools/bedside/doctor/store_checks.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "index/generation/generation_manifest.h"
#include "index/store/evidence_store.h"
#include "ingest/pipeline/report_text.h"

namespace bedside {
namespace {

constexpr char kSubject[] = "store";

// What the store says of an error: what is wrong, and the sentence after it, if any, which says what to do.
std::pair<absl::string_view, absl::string_view> CauseAndAdvice(const absl::Status& status) {
  const absl::string_view message = status.message();
  const size_t end = message.rfind(". ");
  if (end == absl::string_view::npos) return {message, {}};
  return {message.substr(0, end), message.substr(end + 2)};
}

Finding Failure(const absl::Status& status) {
  const auto [cause, advice] = CauseAndAdvice(status);
  return {FindingLevel::kFailure, kSubject, std::string(cause),
          advice.empty() ? "Look at the rights and the disk of the folder." : std::string(advice)};
}

// The first index piece that is not as it was written.
absl::Status CheckPieces(const storage::Manifest& manifest, EvidenceStore* store) {
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    for (const storage::PieceSet& pieces : segment.indexes()) {
      const auto bytes = store->segments().GetPieces(segment.segment(), pieces);
      if (!bytes.ok()) return bytes.status();
    }
  }
  return absl::OkStatus();
}

std::string Description(const storage::Manifest& manifest, bool active) {
  const GenerationCounts counts = CountsOf(manifest);
  return absl::StrCat("corpus ", manifest.corpus(), ", generation ", manifest.generation(),
                      active ? " (active): " : " (kept): ", Grouped(static_cast<int64_t>(counts.documents)),
                      " documents, ", Grouped(static_cast<int64_t>(counts.passages)), " passages");
}

Finding CheckGeneration(const storage::Manifest& manifest, bool active, const std::string& embedder_id,
                        EvidenceStore* store) {
  const std::string description = Description(manifest, active);
  const absl::Status pieces = CheckPieces(manifest, store);
  if (!pieces.ok()) {
    return {FindingLevel::kFailure, kSubject, absl::StrCat(description, "; ", CauseAndAdvice(pieces).first),
            active ? "Activate a kept generation, or reindex." : "Never activate it; reindex."};
  }
  if (active && !embedder_id.empty() && manifest.embedder().id() != embedder_id) {
    return {FindingLevel::kFailure, kSubject,
            absl::StrCat(description, "; embedded with ", manifest.embedder().id(), ", the configured model is ",
                         embedder_id),
            "Configure the model that it was embedded with, or run bedside_ingest again with the new one."};
  }
  return {FindingLevel::kOk, kSubject, absl::StrCat(description, "; all pieces are whole"), ""};
}

void CheckCorpus(const std::string& corpus, const std::string& embedder_id, EvidenceStore* store, Findings* findings) {
  const auto current = store->manifests().Current(corpus);
  const auto manifests = store->manifests().Manifests(corpus);
  for (const absl::Status& status : {current.status(), manifests.status()}) {
    if (!status.ok()) return findings->push_back(Failure(status));
  }
  bool active_found = false;
  for (const storage::Manifest& manifest : *manifests) {
    const bool active = *current == manifest.generation();
    active_found = active_found || active;
    findings->push_back(CheckGeneration(manifest, active, embedder_id, store));
  }
  if (!active_found) {
    findings->push_back({FindingLevel::kFailure, kSubject, absl::StrCat("corpus ", corpus, " has no active generation"),
                         "Run bedside_ingest, or activate a kept generation."});
  }
}

}  // namespace

Findings CheckStore(const std::string& path, const std::string& embedder_id) {
  const auto store = EvidenceStore::Open(path, Database::Access::kReadOnly);
  if (!store.ok()) return {Failure(store.status())};
  // What is damaged below would be noticed above, too, and each time with another next step.
  const absl::Status checksums = (*store)->database().VerifyChecksums();
  if (!checksums.ok()) return {Failure(checksums)};
  const auto corpora = (*store)->manifests().Corpora();
  if (!corpora.ok()) return {Failure(corpora.status())};
  if (corpora->empty()) {
    return {{FindingLevel::kFailure, kSubject, absl::StrCat(path, " opens, but holds no corpus"),
             "Run bedside_ingest --config=FILE SOURCE..., or import through the server."}};
  }
  Findings findings = {
      {FindingLevel::kOk, kSubject,
       absl::StrCat(path, " opens; its schema is this version's, and every block is as it was written"), ""}};
  for (const std::string& corpus : *corpora) CheckCorpus(corpus, embedder_id, store->get(), &findings);
  return findings;
}

}  // namespace bedside
