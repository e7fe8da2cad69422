#include "index/cluster/allowed_passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <roaring/roaring.hh>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

PassageBitmap BitmapOf(const std::vector<bool>& allowed) {
  PassageBitmap bitmap(allowed.size(), false);
  for (size_t i = 0; i < allowed.size(); ++i) {
    if (allowed[i]) bitmap.Add(PassageAt(i));
  }
  return bitmap;
}

// What a cluster makes of the clauses.
std::vector<bool> PassagesOf(const std::string& clauses, size_t passages) {
  if (clauses.empty()) return std::vector<bool>(passages, true);
  const Json parsed = Json::parse(absl::StrCat("{", clauses, "}"));
  EXPECT_EQ(parsed.size(), 1u);
  const bool is_filter = parsed.contains("filter");
  const Json& terms = parsed.at(is_filter ? "filter" : "must_not").at(0).at("terms");
  EXPECT_EQ(terms.at("value_type"), "bitmap");
  std::string bytes;
  EXPECT_TRUE(absl::Base64Unescape(terms.at("passage").at(0).get<std::string>(), &bytes));
  const Roaring said = Roaring::readSafe(bytes.data(), bytes.size());
  if (!said.isEmpty()) EXPECT_LT(said.maximum(), passages);
  std::vector<bool> allowed;
  for (size_t i = 0; i < passages; ++i) allowed.push_back(said.contains(static_cast<uint32_t>(i)) == is_filter);
  return allowed;
}

TEST(AllowedPassagesTest, SaysNothingWhereAllAreAllowed) {
  EXPECT_EQ(BoolClausesOf(PassageBitmap(100, true)), "");
  EXPECT_EQ(BoolClausesOf(PassageBitmap(1, true)), "");
}

TEST(AllowedPassagesTest, SaysTheShorterOfWhatIsAllowedAndWhatIsNot) {
  std::vector<bool> allowed(100, false);
  allowed[7] = true;
  EXPECT_THAT(BoolClausesOf(BitmapOf(allowed)), ::testing::StartsWith(R"("filter")"));
  allowed.flip();
  EXPECT_THAT(BoolClausesOf(BitmapOf(allowed)), ::testing::StartsWith(R"("must_not")"));
  EXPECT_LT(BoolClausesOf(BitmapOf(allowed)).size(), 100u);
}

TEST(AllowedPassagesTest, SaysAnySetOfPassages) {
  std::mt19937 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same sets in each run
  for (const size_t passages : {1, 2, 63, 64, 65, 1'000, 65'535, 65'536, 65'537, 200'000}) {
    for (const double share : {0.0001, 0.1, 0.5, 0.9, 0.9999}) {
      std::vector<bool> allowed;
      for (size_t i = 0; i < passages; ++i) allowed.push_back(std::bernoulli_distribution(share)(random));
      allowed[random() % passages] = true;
      EXPECT_EQ(PassagesOf(BoolClausesOf(BitmapOf(allowed)), passages), allowed) << passages << " " << share;
    }
  }
}

TEST(AllowedPassagesTest, SaysARunOfMillionsInAFewBytes) {
  std::vector<bool> allowed(3'000'000, true);
  allowed[2'000'000] = false;
  const std::string clauses = BoolClausesOf(BitmapOf(allowed));
  EXPECT_LT(clauses.size(), 200u);
  EXPECT_EQ(PassagesOf(clauses, allowed.size()), allowed);
}

}  // namespace
}  // namespace bedside
