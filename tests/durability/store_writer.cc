// Changes the corpus of a store until it is killed. usage: store_writer STORE HISTORY SOURCES SEED
//
// Writes a byte to standard output after each step that was acknowledged. Exits only where something fails.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "tests/durability/corpus_workload.h"

namespace bedside {
namespace {

absl::Status Run(char** arguments) {
  auto store = EvidenceStore::Open(arguments[1], Database::Access::kReadWrite);
  if (!store.ok()) return store.status();
  CorpusHistory history(arguments[2]);
  const uint64_t seed = std::strtoull(arguments[4], nullptr, 10);
  auto workload = CorpusWorkload::Create(store->get(), &history, arguments[3], seed);
  if (!workload.ok()) return workload.status();
  for (;;) {
    const absl::Status status = (*workload)->Step();
    if (!status.ok()) return status;
    if (write(STDOUT_FILENO, ".", 1) != 1) return absl::UnavailableError("nobody reads what was acknowledged");
  }
}

}  // namespace
}  // namespace bedside

int main(int count, char** arguments) {
  if (count != 5) return 2;
  std::cerr << bedside::Run(arguments) << std::endl;
  return 1;
}
