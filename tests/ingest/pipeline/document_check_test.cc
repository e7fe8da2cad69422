#include "ingest/pipeline/document_check.h"

#include <functional>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

constexpr uint64_t kLimit = 1000;

// "Heading\n\nA β-blocker.\n" with a section, a block and two pages.
storage::Document Sound() {
  storage::Document document;
  document.set_id("guideline-1");
  document.set_text("Heading\n\nA \xce\xb2-blocker.\n");
  storage::Section& section = *document.add_sections();
  section.set_heading("Heading");
  section.set_begin(0);
  section.set_end(23);
  storage::Block& block = *section.add_blocks();
  block.set_begin(9);
  block.set_end(22);
  document.add_page_begins(0);
  document.add_page_begins(9);
  return document;
}

TEST(DocumentCheckTest, ASoundDocumentHasNoDefect) { EXPECT_EQ(FindDefect(Sound(), kLimit), absl::nullopt); }

TEST(DocumentCheckTest, ADocumentWithoutTextIsSound) {
  storage::Document document;
  document.set_id("title-only");
  EXPECT_EQ(FindDefect(document, kLimit), absl::nullopt);
}

TEST(DocumentCheckTest, IdsAreSafeInResourceNames) {
  storage::Document document = Sound();
  for (const std::string& id :
       {std::string("a"), std::string("PMC2528204"), std::string("10.1000%2Fx~y_z-1."), std::string(200, 'x')}) {
    document.set_id(id);
    EXPECT_EQ(FindDefect(document, kLimit), absl::nullopt) << id;
  }
  for (const std::string& id :
       {std::string(), std::string("a b"), std::string("a/b"), std::string("%2"), std::string("%zz"),
        std::string("caf\xc3\xa9"), std::string("a\0b", 3), std::string(201, 'x')}) {
    document.set_id(id);
    EXPECT_THAT(FindDefect(document, kLimit), Optional(HasSubstr("document id"))) << id;
  }
}

TEST(DocumentCheckTest, ATextOverTheLimitIsNamedWithTheSettingThatTakesIt) {
  EXPECT_EQ(FindDefect(Sound(), Sound().text().size()), absl::nullopt);
  EXPECT_THAT(FindDefect(Sound(), Sound().text().size() - 1), Optional(HasSubstr("limits.max_document_bytes")));
}

TEST(DocumentCheckTest, AFieldThatIsTooLongToBeHandedOnIsNamed) {
  storage::Document document = Sound();
  document.mutable_sections(0)->set_heading(std::string(size_t{1} << 20, 'x'));
  EXPECT_EQ(FindDefect(document, kLimit), absl::nullopt);
  document.mutable_sections(0)->mutable_heading()->push_back('x');
  EXPECT_THAT(FindDefect(document, kLimit), Optional(HasSubstr("field heading has 1048577 bytes")));
}

TEST(DocumentCheckTest, TextThatIsNotUtf8IsFoundInAnyField) {
  const std::string bad = "caf\xe9";
  const std::vector<std::function<void(storage::Document*)>> spoilers = {
      [&](storage::Document* d) { d->set_title(bad); },
      [&](storage::Document* d) { d->add_tags(bad); },
      [&](storage::Document* d) { d->add_external_ids()->set_value(bad); },
      [&](storage::Document* d) { d->mutable_rights()->set_licence(bad); },
      [&](storage::Document* d) { d->mutable_sections(0)->mutable_blocks(0)->set_context(bad); },
      [&](storage::Document* d) { d->mutable_text()->back() = '\xff'; },
  };
  for (size_t i = 0; i < spoilers.size(); ++i) {
    storage::Document document = Sound();
    spoilers[i](&document);
    EXPECT_THAT(FindDefect(document, kLimit), Optional(HasSubstr("UTF-8"))) << "spoiler " << i;
  }
}

TEST(DocumentCheckTest, SpansLieInTheTextInOrderAtCharacters) {
  const std::vector<std::function<void(storage::Document*)>> spoilers = {
      [](storage::Document* d) { d->mutable_sections(0)->set_end(99); },
      [](storage::Document* d) { d->mutable_sections(0)->set_begin(23), d->mutable_sections(0)->set_end(9); },
      // Inside the two bytes of beta.
      [](storage::Document* d) { d->mutable_sections(0)->mutable_blocks(0)->set_begin(12); },
      [](storage::Document* d) { d->mutable_sections(0)->set_begin(10); },
      [](storage::Document* d) { *d->mutable_sections(0)->add_blocks() = d->sections(0).blocks(0); },
      [](storage::Document* d) { d->mutable_sections(0)->set_parent(0); },
      [](storage::Document* d) { d->mutable_sections(0)->set_parent(7); },
      [](storage::Document* d) { d->add_page_begins(3); },
      [](storage::Document* d) { d->add_page_begins(12); },
      [](storage::Document* d) { d->add_page_begins(1000); },
  };
  for (size_t i = 0; i < spoilers.size(); ++i) {
    storage::Document document = Sound();
    spoilers[i](&document);
    EXPECT_NE(FindDefect(document, kLimit), absl::nullopt) << "spoiler " << i;
  }
}

// Whatever spans a document has: when it passes, every span can be cut out of the text without leaving it.
TEST(DocumentCheckTest, NoSpanOfADocumentThatPassesLeavesTheText) {
  std::mt19937 random(17);
  int passed = 0;
  for (int round = 0; round < 20000; ++round) {
    storage::Document document = Sound();
    storage::Section& section = *document.mutable_sections(0);
    section.set_begin(random() % 26);
    section.set_end(random() % 26);
    section.mutable_blocks(0)->set_begin(random() % 26);
    section.mutable_blocks(0)->set_end(random() % 26);
    if (FindDefect(document, kLimit).has_value()) continue;
    ++passed;
    EXPECT_LE(section.begin(), section.blocks(0).begin());
    EXPECT_LE(section.blocks(0).begin(), section.blocks(0).end());
    EXPECT_LE(section.blocks(0).end(), section.end());
    EXPECT_LE(section.end(), document.text().size());
  }
  EXPECT_GT(passed, 100);
}

}  // namespace
}  // namespace bedside
