#include "ingest/connectors/json_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Members {
  std::vector<std::string> entries;
  bool complete = false;
};

Members ReadMembers(absl::string_view text) {
  JsonMembers members(text);
  Members read;
  while (const absl::optional<JsonMembers::Member> member = members.Next()) {
    read.entries.push_back(member->key + "=" + std::string(member->value));
  }
  read.complete = members.complete();
  return read;
}

TEST(ParseJsonTest, ReadsJson) {
  const nlohmann::json value = ParseJson(R"( {"a": "b", "c": ["d", 1, "e"], "f": 2} )");
  EXPECT_EQ(JsonString(value, "a"), "b");
  EXPECT_THAT(JsonStrings(value, "c"), ElementsAre("d", "e"));
}

TEST(ParseJsonTest, DiscardsWhatIsNotJson) {
  for (absl::string_view text : {"", "{", "{\"a\":}", "nope", "{} {}", "\"\xff\"", "[1,]"}) {
    EXPECT_TRUE(ParseJson(text).is_discarded()) << text;
  }
}

TEST(ParseJsonTest, BoundsTheDepth) {
  EXPECT_FALSE(ParseJson(std::string(64, '[') + std::string(64, ']')).is_discarded());
  EXPECT_TRUE(ParseJson(std::string(65, '[') + std::string(65, ']')).is_discarded());
  EXPECT_TRUE(ParseJson(std::string(10000000, '[')).is_discarded());
  EXPECT_FALSE(ParseJson("[\"" + std::string(100, '[') + "\"]").is_discarded());
}

TEST(JsonStringTest, IsEmptyForWhatIsMissingOrOfAnotherType) {
  const nlohmann::json value = ParseJson(R"({"n": 1, "s": "x"})");
  EXPECT_EQ(JsonString(value, "n"), "");
  EXPECT_EQ(JsonString(value, "none"), "");
  EXPECT_EQ(JsonString(ParseJson("[]"), "a"), "");
  EXPECT_EQ(JsonString(ParseJson("broken"), "a"), "");
  EXPECT_THAT(JsonStrings(value, "s"), IsEmpty());
  EXPECT_THAT(JsonStrings(ParseJson("3"), "s"), IsEmpty());
}

TEST(JsonMembersTest, GivesEachMember) {
  const Members members = ReadMembers(" { \"a\" : {\"x\": \"}\"} , \"b\\n\":[1,[2]],\"c\": null , \"d\":\"\\\"\" } \n");
  EXPECT_THAT(members.entries, ElementsAre("a={\"x\": \"}\"}", "b\n=[1,[2]]", "c=null ", "d=\"\\\"\""));
  EXPECT_TRUE(members.complete);
}

TEST(JsonMembersTest, TakesAnEmptyObject) { EXPECT_TRUE(ReadMembers("{}").complete); }

TEST(JsonMembersTest, KeepsOneBrokenValueFromTheOthers) {
  const Members members = ReadMembers(R"({"a": {nope}, "b": 2})");
  EXPECT_THAT(members.entries, ElementsAre("a={nope}", "b=2"));
  EXPECT_TRUE(members.complete);
}

TEST(JsonMembersTest, StopsWhereTheStructureBreaks) {
  for (absl::string_view text :
       {"", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":[1}", "{\"a\":\"x}", "{a:1}", "{} x"}) {
    EXPECT_FALSE(ReadMembers(text).complete) << text;
  }
}

}  // namespace
}  // namespace bedside
