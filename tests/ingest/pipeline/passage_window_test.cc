#include "ingest/pipeline/passage_window.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/text/passage_text.h"
#include "index/text/wordpiece_tokenizer.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

storage::Document Document(const std::string& id, const std::string& text) {
  storage::Document document;
  document.set_id(id);
  document.set_title("A title");
  document.set_text(text);
  storage::Section& section = *document.add_sections();
  section.set_end(static_cast<uint32_t>(text.size()));
  storage::Block& block = *section.add_blocks();
  block.set_kind(storage::BLOCK_KIND_PARAGRAPH);
  block.set_end(static_cast<uint32_t>(text.size()));
  return document;
}

absl::Status GoOn(size_t) { return absl::OkStatus(); }

class PassageWindowTest : public testing::Test {
 protected:
  void SetUp() override {
    tokenizer_ = *WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json");
    chunker_ = *Chunker::Create({}, tokenizer_.get());
    auto database = Database::Open(path_, Database::Access::kReadWrite);
    ASSERT_THAT(database, IsOk());
    database_ = *std::move(database);
  }

  PassageWindow Window() { return PassageWindow(chunker_.get(), &embedder_, database_.get()); }

  std::unique_ptr<WordPieceTokenizer> tokenizer_;
  std::unique_ptr<Chunker> chunker_;
  const std::string path_ = TempFolder();
  std::unique_ptr<Database> database_;
  FakeEmbedder embedder_{16};
};

TEST_F(PassageWindowTest, EveryPassageGetsTheVectorOfItsTextInHalfPrecision) {
  PassageWindow window = Window();
  window.Add(Document("a", "Aspirin reduces fever."), "1");
  window.Add(Document("b", "Heparin is given by injection."), "2");
  EXPECT_EQ(window.passages(), 2u);
  const auto documents = window.Embed(GoOn);
  ASSERT_THAT(documents, IsOk());
  ASSERT_THAT(*documents, SizeIs(2));
  EXPECT_EQ(window.passages(), 0u);
  for (const PassageWindow::EmbeddedDocument& document : *documents) {
    ASSERT_THAT(document.passages, SizeIs(1));
    const std::vector<std::string> text = {EmbeddingText(document.document, document.passages[0].passage)};
    const PassageEmbeddings wanted = *embedder_.EmbedPassages(text);
    EXPECT_EQ(document.passages[0].vector, VectorCache::Rounded(wanted.vectors.row(0)));
    const std::vector<std::string> keys = {document.passages[0].passage.embedding_key()};
    const auto tokens = TokenStore(database_.get(), CodeBytes(embedder_.dimension())).Get(keys);
    ASSERT_THAT(tokens, IsOk());
    EXPECT_EQ((*tokens)[0], wanted.token_codes[0]);
  }
  EXPECT_EQ((*documents)[1].version, "2");
}

TEST_F(PassageWindowTest, ATextIsEmbeddedOnceHoweverManyPassagesHaveIt) {
  PassageWindow window = Window();
  for (int i = 0; i < 10; ++i) window.Add(Document(absl::StrCat("d", i), "The same."), "1");
  const auto documents = window.Embed(GoOn);
  ASSERT_THAT(documents, IsOk());
  EXPECT_EQ(window.embedded(), 1);
  EXPECT_EQ((*documents)[9].passages[0].vector, (*documents)[0].passages[0].vector);
}

TEST_F(PassageWindowTest, WhatIsKnownIsNotEmbeddedAndGivesTheSameVectors) {
  std::vector<std::vector<float>> vectors;
  for (int run = 0; run < 2; ++run) {
    PassageWindow window = Window();
    window.Add(Document("a", "Aspirin reduces fever."), "1");
    const auto documents = window.Embed(GoOn);
    ASSERT_THAT(documents, IsOk());
    vectors.push_back((*documents)[0].passages[0].vector);
    EXPECT_EQ(window.embedded(), run == 0 ? 1 : 0);
  }
  EXPECT_EQ(vectors[0], vectors[1]);
  EXPECT_EQ(embedder_.passages_embedded(), 1u);
}

// A store of an earlier version has vectors only.
TEST_F(PassageWindowTest, ATextWhoseTokensAreNotKnownIsEmbeddedAgain) {
  const storage::Document document = Document("a", "Aspirin reduces fever.");
  PassageWindow first = Window();
  first.Add(document, "1");
  const auto documents = first.Embed(GoOn);
  ASSERT_THAT(documents, IsOk());
  WriteBatch forget;
  forget.Delete(Family::kTokenVectors, (*documents)[0].passages[0].passage.embedding_key());
  ASSERT_THAT(database_->Write(forget, Database::Durability::kBuffered), IsOk());
  PassageWindow second = Window();
  second.Add(document, "1");
  ASSERT_THAT(second.Embed(GoOn), IsOk());
  EXPECT_EQ(second.embedded(), 1);
}

TEST_F(PassageWindowTest, StoppedBetweenBatchesItKeepsWhatWasEmbedded) {
  const auto add_all = [](PassageWindow* window) {
    for (int i = 0; i < 400; ++i) {
      std::string text = absl::StrCat("Document ", i, " says");
      for (int word = 0; word < 100; ++word) absl::StrAppend(&text, " word", i);
      window->Add(Document(absl::StrCat("d", i), text + "."), "1");
    }
  };
  PassageWindow stopped = Window();
  add_all(&stopped);
  std::vector<size_t> told;
  EXPECT_THAT(stopped.Embed([&](size_t done) {
    told.push_back(done);
    return told.size() == 2 ? absl::CancelledError("") : absl::OkStatus();
  }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(told, ElementsAre(0, stopped.embedded()));
  EXPECT_GT(stopped.embedded(), 0);
  PassageWindow next = Window();
  add_all(&next);
  const auto passages = static_cast<int64_t>(next.passages());
  size_t last = 0;
  ASSERT_THAT(next.Embed([&](size_t done) {
    EXPECT_GE(done, last);
    last = done;
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_EQ(static_cast<int64_t>(last), passages);
  EXPECT_EQ(next.embedded(), passages - stopped.embedded());
}

TEST_F(PassageWindowTest, ADocumentWithoutTextHasNoPassage) {
  storage::Document title_only;
  title_only.set_id("a");
  title_only.set_title("A title");
  PassageWindow window = Window();
  window.Add(title_only, "1");
  const auto documents = window.Embed(GoOn);
  ASSERT_THAT(documents, IsOk());
  ASSERT_THAT(*documents, SizeIs(1));
  EXPECT_THAT((*documents)[0].passages, IsEmpty());
}

TEST_F(PassageWindowTest, AModelThatFailsIsNotHidden) {
  embedder_.FailWith(absl::InternalError("the model failed"));
  PassageWindow window = Window();
  window.Add(Document("a", "Aspirin reduces fever."), "1");
  EXPECT_THAT(window.Embed(GoOn), StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(window.embedded(), 0);
}

// Two embedders of one id with other dimensions cannot be: the cache is that of something else.
TEST_F(PassageWindowTest, AStoredVectorOfAnotherDimensionIsDataLoss) {
  PassageWindow window = Window();
  storage::Document document = Document("a", "Aspirin reduces fever.");
  const storage::Passage passage = chunker_->Chunk(document)[0];
  const VectorCache narrow(database_.get(), embedder_.id(), 4);
  WriteBatch batch;
  narrow.Put(narrow.KeyOf(EmbeddingText(document, passage)), std::vector<float>{1, 0, 0, 0}, &batch);
  ASSERT_THAT(database_->Write(batch, Database::Durability::kBuffered), IsOk());
  window.Add(document, "1");
  EXPECT_THAT(window.Embed(GoOn), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bedside
