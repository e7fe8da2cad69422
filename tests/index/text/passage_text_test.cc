#include "index/text/passage_text.h"

#include "gtest/gtest.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

storage::Document MakeDocument(const std::string& title) {
  storage::Document document;
  document.set_title(title);
  document.set_text("One. Two.");
  return document;
}

storage::Passage MakePassage() {
  storage::Passage passage;
  passage.set_begin(5);
  passage.set_end(9);
  return passage;
}

TEST(PassageTextTest, IsTheBytesAloneWithoutAnythingAround) {
  EXPECT_EQ(EmbeddingText(MakeDocument(""), MakePassage()), "Two.");
  EXPECT_EQ(PassagePrefix(MakeDocument(""), MakePassage()), "");
}

TEST(PassageTextTest, PutsTitleHeadingsAndContextBefore) {
  storage::Passage passage = MakePassage();
  passage.add_heading_path("A");
  passage.add_heading_path("B");
  passage.set_context("L:\nitem");
  EXPECT_EQ(EmbeddingText(MakeDocument("T"), passage), "T\nA > B\nL:\nitem\nTwo.");
  EXPECT_EQ(PassagePrefix(MakeDocument("T"), passage), "T\nA > B\nL:\nitem\n");
}

TEST(PassageTextTest, CutsLongPartsAfterAWord) {
  storage::Passage passage = MakePassage();
  passage.set_context("L:");
  std::string title;
  for (int i = 0; i < 100; ++i) title += "word ";
  const std::string prefix = PassagePrefix(MakeDocument(title), passage);
  EXPECT_EQ(prefix.substr(prefix.size() - 8), "word\nL:\n");
  EXPECT_LE(prefix.size(), 304u);
}

TEST(PassageTextTest, NeverCutsInsideACharacter) {
  for (size_t shift = 0; shift < 4; ++shift) {
    std::string title(shift, 'a');
    for (int i = 0; i < 200; ++i) title += "\xe2\x89\xa5";
    const std::string prefix = PassagePrefix(MakeDocument(title), MakePassage());
    EXPECT_TRUE(IsValidUtf8(prefix));
    EXPECT_LE(prefix.size(), 301u);
    EXPECT_GE(prefix.size(), 298u);
  }
}

}  // namespace
}  // namespace bedside
