#include "index/query/abbreviation_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "index/query/word_key.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

class AbbreviationTableTest : public testing::Test {
 protected:
  std::string BytesOf(const std::vector<std::string>& documents) const {
    AbbreviationTableBuilder builder(analyzer_.get());
    for (const std::string& document : documents) {
      builder.Add(document);
      builder.NextDocument();
    }
    return builder.Finish();
  }

  std::unique_ptr<AbbreviationTable> TableOf(const std::vector<std::string>& documents) const {
    return *AbbreviationTable::Open(BytesOf(documents));
  }

  static std::string LongFormOf(const AbbreviationTable& table, const std::string& short_form) {
    const auto found = table.LongFormOf(short_form);
    return found.has_value() ? std::string(found->long_form) : "";
  }

  std::string ShortFormOf(const AbbreviationTable& table, const std::string& long_form) const {
    const auto found = table.ShortFormOf(NameKey(*analyzer_, long_form));
    return found.has_value() ? std::string(found->short_form) : "";
  }

  template <typename T>
  static std::string With(std::string bytes, size_t offset, T value) {
    std::memcpy(&bytes[offset], &value, sizeof(value));
    return bytes;
  }

  static void ExpectDamaged(std::string bytes) {
    EXPECT_THAT(AbbreviationTable::Open(std::move(bytes)), StatusIs(absl::StatusCode::kDataLoss));
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
};

TEST_F(AbbreviationTableTest, FindsALongFormAndBack) {
  const auto table = TableOf({"acute myocardial infarction (AMI)"});
  EXPECT_EQ(LongFormOf(*table, "AMI"), "acute myocardial infarction");
  EXPECT_EQ(ShortFormOf(*table, "Acute myocardial infarctions"), "AMI");
}

TEST_F(AbbreviationTableTest, KnowsNothingElse) {
  const auto table = TableOf({"acute myocardial infarction (AMI)"});
  for (const char* word : {"", "ami", "AM", "AMIX", "Z"}) EXPECT_EQ(LongFormOf(*table, word), "") << word;
  for (const char* name : {"", "myocardial infarction", "chronic myocardial infarction"}) {
    EXPECT_EQ(ShortFormOf(*table, name), "") << name;
  }
}

TEST_F(AbbreviationTableTest, CountsEachDocumentOnce) {
  const auto table =
      TableOf({"deep vein thrombosis (DVT); a deep vein thrombosis (DVT)", "Deep-vein thrombosis (DVT)"});
  ASSERT_EQ(table->size(), 1u);
  EXPECT_EQ(table->entry(0).documents, 2u);
  EXPECT_EQ(table->entry(0).long_form, "deep vein thrombosis") << "as the first document writes it";
}

TEST_F(AbbreviationTableTest, ExpandsOnlyWhatIsClear) {
  const std::string sclerosis = "multiple sclerosis (MS)", stenosis = "mitral stenosis (MS)";
  const auto unclear = TableOf({sclerosis, stenosis});
  EXPECT_EQ(LongFormOf(*unclear, "MS"), "");
  EXPECT_EQ(ShortFormOf(*unclear, "multiple sclerosis"), "");
  const auto clear = TableOf({sclerosis, sclerosis, stenosis, sclerosis});
  EXPECT_EQ(LongFormOf(*clear, "MS"), "multiple sclerosis");
  EXPECT_EQ(ShortFormOf(*clear, "multiple sclerosis"), "MS");
  EXPECT_EQ(ShortFormOf(*clear, "mitral stenosis"), "") << "here MS means something else";
}

TEST_F(AbbreviationTableTest, PrefersTheShortFormThatMoreDocumentsUse) {
  const auto table =
      TableOf({"epidermal growth factor (EGF)", "epidermal growth factor (EG)", "epidermal growth factor (EGF)"});
  EXPECT_EQ(ShortFormOf(*table, "epidermal growth factor"), "EGF");
}

TEST_F(AbbreviationTableTest, IsEmptyWithoutDefinitionsAndByDefault) {
  EXPECT_EQ(TableOf({"nothing here"})->size(), 0u);
  const AbbreviationTable table;
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(LongFormOf(table, "AMI"), "");
  EXPECT_EQ(ShortFormOf(table, "acute myocardial infarction"), "");
}

TEST_F(AbbreviationTableTest, EveryTruncationAndAddedBytesAreDataLoss) {
  const std::string bytes = BytesOf({"acute myocardial infarction (AMI)", "deep vein thrombosis (DVT)"});
  for (size_t size = 0; size < bytes.size(); ++size) ExpectDamaged(bytes.substr(0, size));
  ExpectDamaged(bytes + '\0');
  ExpectDamaged(std::string(100, 'x'));
}

TEST_F(AbbreviationTableTest, AnotherVersionIsRefused) {
  const std::string bytes = BytesOf({"acute myocardial infarction (AMI)"});
  EXPECT_THAT(AbbreviationTable::Open(With<uint32_t>(bytes, 8, 7)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("format version 7")));
  EXPECT_THAT(AbbreviationTable::Open(With<uint32_t>(bytes, 12, 8)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("analyser version 8")));
}

// Every number of the table but the count of documents, replaced by one that is too large, or by its neighbour's.
TEST_F(AbbreviationTableTest, NumbersThatCannotBeAreDataLoss) {
  const std::string bytes = BytesOf({"acute myocardial infarction (AMI)", "deep vein thrombosis (DVT)"});
  constexpr size_t kEntriesAt = 24, kEntryBytes = 16, kByKeyAt = kEntriesAt + 2 * kEntryBytes;
  for (size_t offset = 16; offset < kByKeyAt + 8; offset += 4) {
    const bool is_count = offset >= kEntriesAt && offset < kByKeyAt && (offset - kEntriesAt) % kEntryBytes == 12;
    if (!is_count) ExpectDamaged(With<uint32_t>(bytes, offset, ~uint32_t{0}));
    if (is_count) ExpectDamaged(With<uint32_t>(bytes, offset, 0));
  }
  ExpectDamaged(With<uint32_t>(bytes, kByKeyAt, 1));
  ExpectDamaged(With<char>(bytes, kByKeyAt + 8, 'Z'));
}

// It goes into messages, which hold UTF-8 only.
TEST_F(AbbreviationTableTest, TextThatIsNotUtf8IsDataLoss) {
  const std::string bytes = BytesOf({"acute myocardial infarction (AMI)"});
  ExpectDamaged(With<char>(bytes, bytes.find("infarction"), '\xFF'));
}

}  // namespace
}  // namespace bedside
