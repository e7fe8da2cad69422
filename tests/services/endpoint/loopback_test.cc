#include "services/endpoint/loopback.h"

#include <gtest/gtest.h>

namespace bedside {
namespace {

TEST(LoopbackTest, IsThisMachine) {
  for (const char* host : {"localhost", "127.0.0.1", "127.8.9.10", "[::1]"}) EXPECT_TRUE(IsLoopback(host)) << host;
}

TEST(LoopbackTest, IsNoOther) {
  for (const char* host :
       {"", "10.0.0.1", "128.0.0.1", "0.0.0.0", "::1", "[::2]", "localhost.example", "127.0.0.1.x"}) {
    EXPECT_FALSE(IsLoopback(host)) << host;
  }
}

TEST(LoopbackTest, NamesAreThoseThatGrpcServesBy) {
  for (const char* host : {"localhost", "127.0.0.1", "[::1]"}) EXPECT_TRUE(IsLoopbackName(host)) << host;
  for (const char* host : {"", "127.0.0.2", "::1", "LOCALHOST"}) EXPECT_FALSE(IsLoopbackName(host)) << host;
}

}  // namespace
}  // namespace bedside
