// A cluster of one node for all tests of a process, each of which has names of its own in it.
#ifndef BEDSIDE_TESTS_CLUSTER_SHARED_CLUSTER_H_
#define BEDSIDE_TESTS_CLUSTER_SHARED_CLUSTER_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/cluster/open_search_cluster.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {

// Started by the first call.
inline OpenSearchCluster& SharedCluster() {
  static const auto& cluster = *new absl::StatusOr<std::unique_ptr<OpenSearchCluster>>(OpenSearchCluster::Start(1));
  EXPECT_THAT(cluster, IsOk());
  return **cluster;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_CLUSTER_SHARED_CLUSTER_H_
