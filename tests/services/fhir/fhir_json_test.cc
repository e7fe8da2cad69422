#include "services/fhir/fhir_json.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Kept(const std::string& text) {
  const auto tree = ParseFhirJson(text, FhirRoot::kResource);
  return tree.ok() ? tree->dump() : std::string(tree.status().message());
}

std::string Nested(int levels) {
  std::string text = R"({"resourceType":"Bundle")";
  for (int i = 1; i < levels; ++i) absl::StrAppend(&text, R"(,"component":{"status":"x")");
  return text + std::string(static_cast<size_t>(levels), '}');
}

TEST(FhirJsonTest, WhatSaysWhoThePatientIsIsNotKept) {
  const std::string kept = Kept(
      R"({"resourceType":"Patient","gender":"male","name":[{"family":"Schulist","text":"S"}],"telecom":[{"value":"555"}],
          "address":[{"line":["620 Abbott Spur"],"text":"A"}],"identifier":[{"system":"x","value":"999-15-7505"}],
          "text":{"status":"generated","div":"<div>Schulist</div>"},"contact":[{"name":{"text":"Mother"}}],
          "photo":[{"url":"x"}],"extension":[{"url":"u","valueString":"Renda Kessler","valueCode":"M"}]})");
  EXPECT_EQ(kept, R"({"extension":[{"url":"u","valueCode":"M"}],"gender":"male","resourceType":"Patient"})");
}

TEST(FhirJsonTest, DisplayIsKeptOfCodesAndNotOfPeople) {
  const std::string kept = Kept(
      R"({"resourceType":"Condition","subject":{"reference":"Patient/1","display":"Mr Schulist"},
          "code":{"coding":[{"code":"1","display":"Asthma"}],"text":"asthma"},"note":[{"text":"calls himself Bob"}]})");
  EXPECT_THAT(kept, HasSubstr("Asthma"));
  EXPECT_THAT(kept, HasSubstr("\"text\":\"asthma\""));
  EXPECT_THAT(kept, Not(HasSubstr("Schulist")));
  EXPECT_THAT(kept, Not(HasSubstr("Bob")));
}

TEST(FhirJsonTest, KeysOfAPrefetchAreItsOwn) {
  const auto tree = ParseFhirJson(R"({"drugs":{"resourceType":"Bundle"},"none":null})", FhirRoot::kPrefetch);
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->dump(), R"({"drugs":{"resourceType":"Bundle"},"none":null})");
}

TEST(FhirJsonTest, MalformedTextIsRefusedWithItsPlaceAndWithoutWhatStandsThere) {
  for (const char* text :
       {"", " ", "nothing", "{", R"({"resourceType":"Patient")", R"({"resourceType":"Patient"}x)",
        R"({"gender":"Schulist)", R"({"gender":Schulist})", "{\"gender\":\"Schulist\xff\"}", R"({"value":1e999})"}) {
    const auto tree = ParseFhirJson(text, FhirRoot::kResource);
    EXPECT_THAT(tree, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is no JSON in UTF-8 from byte"))) << text;
    EXPECT_THAT(std::string(tree.status().message()), Not(HasSubstr("Schulist"))) << text;
  }
  EXPECT_THAT(Kept(R"({"resourceType":"Bundle","entry":[{"resource":{"status":"a"}},{"resource":{"status":!}}]})"),
              HasSubstr("Bundle.entry[1].resource.status is no JSON"));
}

TEST(FhirJsonTest, OtherThanAnObjectIsRefused) {
  for (const char* text : {"[]", "1", "null", "\"x\"", "[{}]"}) {
    EXPECT_THAT(ParseFhirJson(text, FhirRoot::kResource),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted a JSON object, got ")))
        << text;
  }
}

TEST(FhirJsonTest, DepthHasALimit) {
  EXPECT_THAT(ParseFhirJson(Nested(kMaxFhirDepth), FhirRoot::kResource), IsOk());
  EXPECT_THAT(ParseFhirJson(Nested(kMaxFhirDepth + 1), FhirRoot::kResource),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nests too deep: wanted at most 40 levels")));
  // What is passed over counts, too.
  const std::string deep = R"({"note":)" + std::string(100000, '[');
  EXPECT_THAT(ParseFhirJson(deep, FhirRoot::kResource),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nests too deep")));
}

TEST(FhirJsonTest, SizeHasALimit) {
  const std::string huge = R"({"note":")" + std::string(kMaxFhirBytes, 'x') + "\"}";
  EXPECT_THAT(ParseFhirJson(huge, FhirRoot::kResource),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted at most 16 MiB of FHIR, got 16777227")));
}

TEST(FhirJsonTest, ElementThatIsReadAndStandsTwiceIsRefused) {
  EXPECT_THAT(Kept(R"({"resourceType":"Observation","valueQuantity":{"value":1,"value":2}})"),
              HasSubstr("Observation.valueQuantity.value has this element twice"));
  EXPECT_THAT(Kept(R"({"resourceType":"Patient","name":1,"name":2})"), Not(HasSubstr("twice"))) << "nobody reads it";
}

TEST(FhirJsonTest, PlaceNamesNoKeyThatMaySayAnything) {
  EXPECT_EQ(PlaceOfKey("medications_1-a"), "medications_1-a");
  EXPECT_EQ(PlaceOfKey("of Mr Schulist"), "?");
  EXPECT_EQ(PlaceOfKey(std::string(41, 'a')), "?");
}

}  // namespace
}  // namespace bedside
