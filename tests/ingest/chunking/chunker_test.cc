#include "ingest/chunking/chunker.h"

#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/text/passage_text.h"
#include "ingest/connectors/document_builder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/chunking/word_tokenizer.h"

namespace bedside {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// `words` words, the last with a full stop.
std::string Sentence(int words) {
  std::vector<std::string> all(words, "word");
  all[0] = "Word";
  return absl::StrJoin(all, " ") + ".";
}

class ChunkerTest : public testing::Test {
 protected:
  std::vector<storage::Passage> Chunk(const storage::Document& document, uint32_t target_tokens = 32) const {
    config::ChunkingConfig config;
    config.set_target_tokens(target_tokens);
    return (*Chunker::Create(config, tokenizer_.get()))->Chunk(document);
  }

  static std::vector<std::string> Texts(const storage::Document& document,
                                        const std::vector<storage::Passage>& passages) {
    std::vector<std::string> texts;
    for (const storage::Passage& p : passages) texts.push_back(document.text().substr(p.begin(), p.end() - p.begin()));
    return texts;
  }

  const std::unique_ptr<WordPieceTokenizer> tokenizer_ = MakeWordTokenizer();
};

TEST_F(ChunkerTest, RefusesTargetsOutOfRange) {
  config::ChunkingConfig config;
  for (uint32_t target : {1u, 31u, 513u}) {
    config.set_target_tokens(target);
    EXPECT_THAT(Chunker::Create(config, tokenizer_.get()),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("target_tokens"), HasSubstr(absl::StrCat("got ", target)))));
  }
  for (uint32_t target : {0u, 32u, 512u}) {
    config.set_target_tokens(target);
    EXPECT_THAT(Chunker::Create(config, tokenizer_.get()), IsOk());
  }
}

TEST_F(ChunkerTest, GivesNothingForADocumentWithoutText) { EXPECT_THAT(Chunk(storage::Document()), IsEmpty()); }

TEST_F(ChunkerTest, JoinsBlocksOfASectionUpToTheTarget) {
  DocumentBuilder builder;
  for (int i = 0; i < 3; ++i) builder.AddParagraph(Sentence(9));
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  EXPECT_THAT(Texts(document, passages), ElementsAre(Sentence(9) + "\n\n" + Sentence(9) + "\n\n" + Sentence(9)));
  EXPECT_EQ(passages[0].tokens(), 32u);
}

TEST_F(ChunkerTest, CountsTitleAndHeadings) {
  DocumentBuilder builder;
  builder.metadata().set_title("two words");
  builder.BeginSection("three more words");
  builder.AddParagraph(Sentence(9) + " " + Sentence(9) + " " + Sentence(9));
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  EXPECT_THAT(Texts(document, passages), ElementsAre(Sentence(9) + " " + Sentence(9) + " ", Sentence(9)));
  EXPECT_EQ(passages[0].tokens(), 2u + 2 + 3 + 20);
}

TEST_F(ChunkerTest, KeepsALongSentenceWhole) {
  DocumentBuilder builder;
  builder.AddParagraph("Short one. " + Sentence(60) + " Short two.");
  const storage::Document document = std::move(builder).Build();
  EXPECT_THAT(Texts(document, Chunk(document)), ElementsAre("Short one. ", Sentence(60) + " ", "Short two."));
}

TEST_F(ChunkerTest, NeverJoinsSections) {
  DocumentBuilder builder;
  builder.BeginSection("A", "methods");
  builder.AddParagraph("One.");
  builder.BeginSection("B");
  builder.AddParagraph("Two.");
  builder.EndSection();
  builder.AddParagraph("Three.");
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  ASSERT_THAT(Texts(document, passages), ElementsAre("One.", "Two.", "Three."));
  EXPECT_THAT(passages[1].heading_path(), ElementsAre("A", "B"));
  EXPECT_THAT(passages[2].heading_path(), ElementsAre("A"));
  EXPECT_EQ(passages[1].section(), 1u);
  EXPECT_EQ(passages[2].section(), 0u);
  EXPECT_EQ(passages[1].section_label(), "METHODS");
}

TEST_F(ChunkerTest, GivesTheContextThatAPassageDoesNotHold) {
  DocumentBuilder builder;
  builder.AddParagraph("Contraindications:");
  for (int i = 0; i < 4; ++i) builder.AddListItem(Sentence(12), "Contraindications:");
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(passages[0].context(), "");
  EXPECT_EQ(passages[1].context(), "Contraindications:");
}

TEST_F(ChunkerTest, JoinsTheContextsOfItsItems) {
  DocumentBuilder builder;
  builder.AddListItem("one", "L:\nfirst");
  builder.AddListItem("two", "L:\nsecond");
  EXPECT_EQ(Chunk(std::move(builder).Build()).at(0).context(), "L:\nfirst\nsecond");
}

TEST_F(ChunkerTest, KeepsALabelWithItsList) {
  DocumentBuilder builder;
  builder.AddParagraph(Sentence(20));
  builder.AddParagraph("Second drug:");
  builder.AddListItem(Sentence(15), "Second drug:");
  const storage::Document document = std::move(builder).Build();
  EXPECT_THAT(Texts(document, Chunk(document)), ElementsAre(Sentence(20), "Second drug:\n\n" + Sentence(15)));
}

TEST_F(ChunkerTest, LeavesALabelBehindThatDoesNotFit) {
  DocumentBuilder builder;
  builder.AddParagraph(Sentence(10));
  builder.AddParagraph("Second drug:");
  builder.AddListItem(Sentence(28), "Second drug:");
  const storage::Document document = std::move(builder).Build();
  EXPECT_THAT(Texts(document, Chunk(document)), ElementsAre(Sentence(10) + "\n\nSecond drug:", Sentence(28)));
}

TEST_F(ChunkerTest, KeepsATableWholeThatFitsTheWindow) {
  DocumentBuilder builder;
  builder.AddParagraph("Before.");
  builder.AddTable("Doses", {"Drug", "Dose"}, std::vector<std::vector<std::string>>(40, {"drug", "dose"}));
  builder.AddParagraph("After.");
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  ASSERT_THAT(passages, SizeIs(3));
  EXPECT_EQ(passages[1].context(), "Doses\nDrug | Dose");
  EXPECT_EQ(passages[1].tokens(), 2u + 4 + 40 * 3);
}

TEST_F(ChunkerTest, SplitsALongTableBetweenRowsUnderItsHeader) {
  DocumentBuilder builder;
  builder.AddTable("Doses", {"Drug", "Dose"}, std::vector<std::vector<std::string>>(200, {"drug", "dose"}));
  const storage::Document document = std::move(builder).Build();
  const std::vector<storage::Passage> passages = Chunk(document);
  ASSERT_THAT(passages, SizeIs(25));
  for (const storage::Passage& passage : passages) {
    EXPECT_EQ(passage.context(), "Doses\nDrug | Dose");
    EXPECT_EQ(document.text().substr(passage.begin(), 4), "drug");
  }
}

TEST_F(ChunkerTest, NamesThePage) {
  DocumentBuilder builder;
  builder.BeginPage();
  builder.AddParagraph(Sentence(25));
  builder.BeginPage();
  builder.BeginPage();
  builder.AddParagraph(Sentence(25));
  const std::vector<storage::Passage> passages = Chunk(std::move(builder).Build());
  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(passages[0].page(), 1u);
  EXPECT_EQ(passages[1].page(), 3u);
}

class RandomDocument {
 public:
  explicit RandomDocument(uint32_t seed) : random_(seed) {}

  storage::Document Make() {
    DocumentBuilder builder;
    if (Draw(2) == 0) builder.metadata().set_title(Words(Draw(12)));
    for (size_t i = Draw(30); i > 0; --i) Call(&builder);
    return std::move(builder).Build();
  }

 private:
  size_t Draw(size_t n) { return random_() % n; }

  std::string Words(size_t n) {
    std::string text;
    for (; n > 0; --n) {
      absl::StrAppend(&text, text.empty() ? "" : " ", Draw(9) == 0 ? "na\xc3\xafve" : Draw(5) == 0 ? "0.5" : "word");
      if (Draw(8) == 0) text += n % 2 == 0 ? ". Then" : ":";
    }
    return text;
  }

  void Call(DocumentBuilder* builder) {
    switch (Draw(8)) {
      case 0:
        return builder->BeginSection(Words(Draw(4)), Words(Draw(2)));
      case 1:
        return builder->depth() > 0 ? builder->EndSection() : builder->BeginPage();
      case 2:
        return builder->AddTable(Words(Draw(4)), {Words(1), Words(1)},
                                 std::vector<std::vector<std::string>>(Draw(120), {Words(2), Words(Draw(9))}));
      case 3:
      case 4:
        label_ = Words(2) + ":";
        builder->AddParagraph(label_);
        return builder->AddListItem(Words(Draw(30)), label_);
      case 5:
        return builder->AddListItem(Words(Draw(30)), label_ + "\n" + Words(2));
      default:
        return builder->AddParagraph(Words(Draw(200)));
    }
  }

  std::mt19937 random_;
  std::string label_;
};

// Offsets at which a passage may begin or end although its block goes on.
bool IsCut(const storage::Document& document, uint32_t at) {
  return at == 0 || document.text()[at - 1] == ' ' || document.text()[at - 1] == '\n';
}

TEST_F(ChunkerTest, CoversEveryBlockOnceAndNeverLeavesASection) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const storage::Document document = RandomDocument(seed).Make();
    const std::vector<storage::Passage> passages = Chunk(document, 32 + seed % 100);
    std::vector<int> covered(document.text().size());
    uint32_t last_end = 0;
    for (const storage::Passage& passage : passages) {
      ASSERT_LT(passage.begin(), passage.end());
      ASSERT_LE(last_end, passage.begin());
      last_end = passage.end();
      for (uint32_t i = passage.begin(); i < passage.end(); ++i) ++covered[i];
    }
    for (int i = 0; i < document.sections_size(); ++i) {
      for (const storage::Block& block : document.sections(i).blocks()) {
        for (uint32_t at = block.begin(); at < block.end(); ++at) ASSERT_EQ(covered[at], 1) << "seed " << seed;
        for (const storage::Passage& passage : passages) {
          const bool overlaps = passage.begin() < block.end() && block.begin() < passage.end();
          if (!overlaps) continue;
          ASSERT_EQ(passage.section(), static_cast<uint32_t>(i));
          if (passage.begin() > block.begin()) ASSERT_TRUE(IsCut(document, passage.begin()));
          const bool cut = passage.begin() > block.begin() || passage.end() < block.end();
          if (cut) ASSERT_NE(block.kind(), storage::BLOCK_KIND_LIST_ITEM);
        }
      }
    }
  }
}

TEST_F(ChunkerTest, ExceedsTheTargetOnlyWithWhatIsNeverCut) {
  const std::unique_ptr<SentenceSplitter> splitter = *SentenceSplitter::Create();
  int long_passages = 0;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const uint32_t target = 32 + seed % 100;
    const storage::Document document = RandomDocument(seed).Make();
    for (const storage::Passage& passage : Chunk(document, target)) {
      ASSERT_EQ(passage.tokens(), tokenizer_->CountPieces(EmbeddingText(document, passage)) + 2);
      if (passage.tokens() <= target) continue;
      ++long_passages;
      const std::string text = document.text().substr(passage.begin(), passage.end() - passage.begin());
      const bool one_line = text.find('\n', 0) >= text.size() - 1;
      bool allowed = one_line && splitter->Split(text).size() == 1;
      for (const storage::Block& block : document.sections(passage.section()).blocks()) {
        if (passage.begin() < block.begin() || block.end() < passage.end()) continue;
        const bool whole = block.begin() == passage.begin() && block.end() == passage.end();
        if (block.kind() == storage::BLOCK_KIND_LIST_ITEM) allowed = whole;
        if (block.kind() == storage::BLOCK_KIND_TABLE) allowed = one_line || (whole && passage.tokens() <= 512);
      }
      ASSERT_TRUE(allowed) << "seed " << seed << ": " << text;
    }
  }
  EXPECT_GT(long_passages, 0);
}

TEST_F(ChunkerTest, GivesTheSamePassagesOnEveryRun) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const storage::Document document = RandomDocument(seed).Make();
    const std::vector<storage::Passage> first = Chunk(document);
    const std::vector<storage::Passage> second = Chunk(document);
    ASSERT_EQ(first.size(), second.size());
    for (size_t i = 0; i < first.size(); ++i) {
      ASSERT_EQ(first[i].SerializeAsString(), second[i].SerializeAsString());
    }
  }
}

}  // namespace
}  // namespace bedside
