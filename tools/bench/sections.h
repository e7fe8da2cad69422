// The sections of the benchmark. Each adds what it measured to the report of the run, and its goals. Errors name the
// program that failed and its log.
#ifndef BEDSIDE_TOOLS_BENCH_SECTIONS_H_
#define BEDSIDE_TOOLS_BENCH_SECTIONS_H_

#include "absl/status/status.h"
#include "tools/bench/bench_run.h"

namespace bedside {

// "search": the corpus of the dataset is ingested, ingested again unchanged, served, searched by one client and by
// several, asked everything twice, and reindexed; before each of the `pairs` rounds the peer does what it does. Ratios
// are of the two measurements of one round, and the goals are about their medians.
absl::Status MeasureSearch(BenchRun* run);

// "indexes": the benchmarks of one part each, as far as they are built: lexical_bench, vector_bench, and encoder_bench
// with the model and in the precision of the configuration, on the texts of the dataset.
absl::Status MeasureIndexes(BenchRun* run);

// "scale": two synthetic stores, one ten times the other: search time without the encoder, and the memory of their
// servers: started, searched, at the peak of an import and after it.
absl::Status MeasureScale(BenchRun* run);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BENCH_SECTIONS_H_
