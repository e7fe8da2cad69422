#include "index/engine/document_cache.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

// Of `bytes` bytes as it is stored, for 3 to 129.
std::shared_ptr<const storage::Document> Document(size_t bytes) {
  auto document = std::make_shared<storage::Document>();
  document->set_id(std::string(bytes - 2, 'x'));
  EXPECT_EQ(document->ByteSizeLong(), bytes);
  return document;
}

TEST(DocumentCacheTest, GivesBackWhatWasAdded) {
  DocumentCache cache(100);
  const auto document = Document(10);
  cache.Add("a", document);
  EXPECT_EQ(cache.Find("a"), document);
}

TEST(DocumentCacheTest, HasNothingThatWasNotAdded) {
  DocumentCache cache(100);
  cache.Add("a", Document(10));
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_EQ(cache.Find(""), nullptr);
}

TEST(DocumentCacheTest, HoldsUpToItsCapacity) {
  DocumentCache cache(30);
  for (const char* key : {"a", "b", "c"}) cache.Add(key, Document(10));
  for (const char* key : {"a", "b", "c"}) EXPECT_NE(cache.Find(key), nullptr) << key;
}

TEST(DocumentCacheTest, TheOneNotAskedForTheLongestMakesRoom) {
  DocumentCache cache(30);
  for (const char* key : {"a", "b", "c"}) cache.Add(key, Document(10));
  ASSERT_NE(cache.Find("a"), nullptr);
  cache.Add("d", Document(3));
  EXPECT_EQ(cache.Find("b"), nullptr);
  for (const char* key : {"a", "c", "d"}) EXPECT_NE(cache.Find(key), nullptr) << key;
}

TEST(DocumentCacheTest, ALargeOneDrivesOutSeveral) {
  DocumentCache cache(30);
  for (const char* key : {"a", "b", "c"}) cache.Add(key, Document(10));
  cache.Add("d", Document(15));
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_NE(cache.Find("c"), nullptr);
  EXPECT_NE(cache.Find("d"), nullptr);
}

TEST(DocumentCacheTest, OneOfMoreThanHalfTheCapacityIsNotKept) {
  DocumentCache cache(30);
  cache.Add("a", Document(10));
  cache.Add("large", Document(16));
  EXPECT_EQ(cache.Find("large"), nullptr);
  EXPECT_NE(cache.Find("a"), nullptr);
}

TEST(DocumentCacheTest, TheFirstOfAKeyStaysAndCountsOnce) {
  DocumentCache cache(30);
  const auto first = Document(10);
  cache.Add("b", Document(10));
  for (int i = 0; i < 5; ++i) cache.Add("a", i == 0 ? first : Document(10));
  EXPECT_EQ(cache.Find("a"), first);
  EXPECT_NE(cache.Find("b"), nullptr);
}

TEST(DocumentCacheTest, WhatIsDrivenOutStaysForItsReaders) {
  DocumentCache cache(10);
  cache.Add("a", Document(5));
  const auto held = cache.Find("a");
  for (const char* key : {"b", "c"}) cache.Add(key, Document(5));
  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(held->ByteSizeLong(), 5);
}

TEST(DocumentCacheTest, WithoutCapacityNothingIsKept) {
  DocumentCache cache(0);
  cache.Add("a", Document(3));
  EXPECT_EQ(cache.Find("a"), nullptr);
}

TEST(DocumentCacheTest, ManyThreadsFindWhatTheyAsk) {
  DocumentCache cache(200);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&cache, t] {
      for (int i = 0; i < 2000; ++i) {
        const size_t bytes = static_cast<size_t>(3 + (i * 7 + t) % 60);
        cache.Add(absl::StrCat(bytes), Document(bytes));
        const auto found = cache.Find(absl::StrCat(3 + i % 60));
        EXPECT_EQ(found == nullptr ? 3 + i % 60 : found->ByteSizeLong(), 3 + i % 60);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace bedside
