// The version of what is written to the store, beyond what protobuf lets be added: docs/formats/store.md.
#ifndef BEDSIDE_INDEX_STORE_SCHEMA_VERSION_H_
#define BEDSIDE_INDEX_STORE_SCHEMA_VERSION_H_

#include <cstdint>

namespace bedside {

// What this version of the code writes; its key in `meta`, where it stands in decimal. Each change of it comes with a
// step in schema_migration.cc.
constexpr uint32_t kSchemaVersion = 1;
constexpr char kSchemaKey[] = "schema";

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_SCHEMA_VERSION_H_
