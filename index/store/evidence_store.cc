#include "index/store/evidence_store.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "index/status/status_macros.h"
#include "index/store/schema_migration.h"
#include "index/store/schema_version.h"

namespace bedside {

EvidenceStore::EvidenceStore(std::unique_ptr<Database> database, std::unique_ptr<ChangeLog> changes,
                             std::unique_ptr<AnswerStore> answers, std::unique_ptr<CardStore> cards)
    : database_(std::move(database)),
      documents_(database_.get()),
      segments_(database_.get()),
      manifests_(database_.get()),
      changes_(std::move(changes)),
      answers_(std::move(answers)),
      feedback_(database_.get()),
      cards_(std::move(cards)) {}

absl::StatusOr<std::unique_ptr<EvidenceStore>> EvidenceStore::Open(const std::string& path, Database::Access access,
                                                                   rocksdb::Env* env) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Database::Open(path, access, env));
  RETURN_IF_ERROR(access == Database::Access::kReadWrite ? Migrate(database.get(), kSchemaVersion, SchemaSteps())
                                                         : CheckMigrated(*database, kSchemaVersion));
  ASSIGN_OR_RETURN(std::unique_ptr<ChangeLog> changes, ChangeLog::Create(database.get()));
  ASSIGN_OR_RETURN(std::unique_ptr<AnswerStore> answers, AnswerStore::Create(database.get()));
  ASSIGN_OR_RETURN(std::unique_ptr<CardStore> cards, CardStore::Create(database.get()));
  auto store = std::unique_ptr<EvidenceStore>(
      new EvidenceStore(std::move(database), std::move(changes), std::move(answers), std::move(cards)));
  if (access == Database::Access::kReadWrite) RETURN_IF_ERROR(store->ReclaimSegments());
  return store;
}

absl::Status EvidenceStore::ReclaimSegments() {
  absl::flat_hash_set<uint64_t> published;
  ASSIGN_OR_RETURN(const std::vector<storage::Manifest> manifests, manifests_.AllManifests());
  for (const storage::Manifest& manifest : manifests) {
    for (const storage::SegmentManifest& segment : manifest.segments()) published.insert(segment.segment());
  }
  WriteBatch batch;
  ASSIGN_OR_RETURN(const std::vector<uint64_t> stored, segments_.Segments());
  for (uint64_t segment : stored) {
    if (!published.contains(segment) && !segments_.IsHeld(segment)) SegmentStore::Delete(segment, &batch);
  }
  return batch.operations().empty() ? absl::OkStatus() : database_->Write(batch, Database::Durability::kSynced);
}

}  // namespace bedside
