#include "index/store/schema_migration.h"

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "index/status/status_macros.h"
#include "index/store/schema_version.h"

namespace bedside {
namespace {

absl::StatusOr<uint32_t> SchemaNow(const Database& database) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> stored, database.Get(Family::kMeta, kSchemaKey));
  uint32_t schema = 0;
  if (stored.has_value() && absl::SimpleAtoi(*stored, &schema)) return schema;
  return absl::DataLossError(absl::StrCat("the store at ", database.path(), " does not say which schema it has"));
}

const SchemaStep* StepFrom(uint32_t schema, const std::vector<SchemaStep>& steps) {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [schema](const SchemaStep& step) { return step.from == schema; });
  return found == steps.end() ? nullptr : &*found;
}

absl::Status TakeStep(Database* database, const SchemaStep& step) {
  RETURN_IF_ERROR(step.run(database));
  // The log is in order: with this, what the step has written is on disk as well.
  WriteBatch batch;
  batch.Put(Family::kMeta, kSchemaKey, absl::StrCat(step.from + 1));
  return database->Write(batch, Database::Durability::kSynced);
}

}  // namespace

const std::vector<SchemaStep>& SchemaSteps() {
  static const auto* const kSteps = new std::vector<SchemaStep>();
  return *kSteps;
}

absl::Status Migrate(Database* database, uint32_t wanted, const std::vector<SchemaStep>& steps) {
  ASSIGN_OR_RETURN(const uint32_t begin, SchemaNow(*database));
  for (uint32_t schema = begin; schema < wanted; ++schema) {
    if (StepFrom(schema, steps) != nullptr) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "the store at ", database->path(), " has schema ", begin, ", and this version cannot bring schema ", schema,
        " to ", schema + 1, ". Open it with a version in between, or ingest again."));
  }
  for (uint32_t schema = begin; schema < wanted; ++schema)
    RETURN_IF_ERROR(TakeStep(database, *StepFrom(schema, steps)));
  return absl::OkStatus();
}

absl::Status CheckMigrated(const Database& database, uint32_t wanted) {
  if (database.schema() >= wanted) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the store at ", database.path(), " has schema ", database.schema(), ", wanted ", wanted,
                   ". Back it up, and let the server or job of this version that writes it open it first."));
}

}  // namespace bedside
