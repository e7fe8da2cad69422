// A store as lines of text, so that one of every schema that was released can be kept beside the tests.
#ifndef BEDSIDE_TESTS_DURABILITY_STORE_DUMP_H_
#define BEDSIDE_TESTS_DURABILITY_STORE_DUMP_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "index/store/database.h"

namespace bedside {

// A line for each key: the name of its family, the key and the value, both in hexadecimal ("-": empty).
absl::StatusOr<std::string> DumpStore(const Database& database);

// Makes a store at `path` of what DumpStore gave. INVALID_ARGUMENT: the number of the line that is none.
absl::Status MakeStore(const std::string& dump, const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DURABILITY_STORE_DUMP_H_
