// For tests of int8: on a CPU without VNNI its products lose more, and an embedder runs in another precision instead.
#ifndef BEDSIDE_TESTS_INDEX_EMBEDDING_INT8_CPU_H_
#define BEDSIDE_TESTS_INDEX_EMBEDDING_INT8_CPU_H_

#include <gtest/gtest.h>

#include "index/embedding/cpu_precision.h"

#define SKIP_WITHOUT_INT8() \
  if (!CpuAddsBytesWithoutLoss()) GTEST_SKIP() << "this CPU has no VNNI, and runs nothing in int8"

#endif  // BEDSIDE_TESTS_INDEX_EMBEDDING_INT8_CPU_H_
