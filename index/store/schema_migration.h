// Brings a store of an earlier schema to that of this version, step by step, when a writer opens it.
#ifndef BEDSIDE_INDEX_STORE_SCHEMA_MIGRATION_H_
#define BEDSIDE_INDEX_STORE_SCHEMA_MIGRATION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "index/store/database.h"

namespace bedside {

struct SchemaStep {
  // The version that it leads away from, to the next one.
  uint32_t from = 0;
  // May write any number of batches. One that was stopped is run again from its beginning, over what it has written,
  // and must come to the same.
  std::function<absl::Status(Database*)> run;
};

// The steps of this version of the code, in ascending order: one for every schema before kSchemaVersion.
const std::vector<SchemaStep>& SchemaSteps();

// Runs the steps from the schema that the store has to `wanted`. Each is on disk before the next begins, and noted in
// the store. FAILED_PRECONDITION: there is no step from a schema on the way; nothing was run. Other errors are those of
// the steps and of Database; the next call goes on with the step that failed.
absl::Status Migrate(Database* database, uint32_t wanted, const std::vector<SchemaStep>& steps);

// For readers. FAILED_PRECONDITION: a writer must open the store first.
absl::Status CheckMigrated(const Database& database, uint32_t wanted);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_SCHEMA_MIGRATION_H_
