#include "index/generation/generation.h"

#include <gmock/gmock.h>

#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

class GenerationTest : public GenerationFixture {
 protected:
  storage::Manifest Three() {
    return Build({TextDocument("a", "aspirin lowers fever\naspirin thins blood"), TextDocument("b", ""),
                  TextDocument("c", "heparin is injected"), TextDocument("d", "")});
  }

  // What the manifest says of the index `name`.
  static storage::PieceSet& Index(const std::string& name, storage::Manifest* manifest) {
    for (storage::PieceSet& index : *manifest->mutable_segments(0)->mutable_indexes()) {
      if (index.name() == name) return index;
    }
    ADD_FAILURE() << "no index " << name;
    return *manifest->mutable_segments(0)->add_indexes();
  }

  // The manifest with another document table, whole in itself.
  storage::Manifest WithDocuments(storage::Manifest manifest, const std::string& bytes) {
    constexpr uint32_t kFreePiece = 1000;
    Index("documents", &manifest) =
        *store_->segments().PutPieces(manifest.segments(0).segment(), "documents", kFreePiece, bytes);
    return manifest;
  }
};

TEST_F(GenerationTest, OpensWhatWasBuilt) {
  const storage::Manifest manifest = Three();
  Reopen(Database::Access::kReadOnly);
  const auto generation = Open(manifest);
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->name(), manifest.generation());
  EXPECT_EQ((*generation)->segment(), manifest.segments(0).segment());
  EXPECT_EQ((*generation)->passages(), 3u);
  EXPECT_EQ((*generation)->documents().entries_size(), 4);
}

TEST_F(GenerationTest, KnowsTheDocumentOfAPassageBesideDocumentsWithoutAny) {
  const auto generation = Open(Three());
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->DocumentOf(PassageAt(0)), 0u);
  EXPECT_EQ((*generation)->DocumentOf(PassageAt(1)), 0u);
  EXPECT_EQ((*generation)->DocumentOf(PassageAt(2)), 2u);
}

TEST_F(GenerationTest, KnowsTheWordsOfItsPassagesTitlesAndTagsAndTheirAbbreviations) {
  storage::Document document = TextDocument("a", "deep vein thrombosis (DVT)");
  document.set_title("Warfarin");
  document.add_tags("Anticoagulants");
  const auto generation = Open(Build({document}));
  ASSERT_THAT(generation, IsOk());
  const CorpusLanguage language = (*generation)->language();
  for (const char* word : {"thrombosis", "warfarin", "anticoagulants"}) {
    EXPECT_TRUE(language.words->Find(word).has_value()) << word;
  }
  ASSERT_TRUE(language.abbreviations->LongFormOf("DVT").has_value());
  EXPECT_EQ(language.abbreviations->LongFormOf("DVT")->documents, 1u);
  EXPECT_EQ(language.lexical, &(*generation)->lexical());
}

// Earlier versions wrote none; a roll-back to what they wrote must serve.
TEST_F(GenerationTest, OpensWithoutTheTablesForQuestions) {
  storage::Manifest manifest = Three();
  for (const char* name : {"words", "abbreviations"}) Index(name, &manifest).set_name("another");
  const auto generation = Open(manifest);
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->language().words->size(), 0u);
  EXPECT_EQ((*generation)->language().abbreviations->size(), 0u);
}

TEST_F(GenerationTest, NoticesThatATableForQuestionsIsMissingOrAnother) {
  for (const char* name : {"words", "abbreviations"}) {
    storage::Manifest manifest = Three();
    storage::PieceSet& table = Index(name, &manifest);
    const storage::PieceSet whole = table;
    table.set_first_piece(2000);
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is missing"))) << name;
    table = *store_->segments().PutPieces(manifest.segments(0).segment(), name, 1000, "rot");
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a header takes"))) << name;
    table = whole;
    EXPECT_THAT(Open(manifest), IsOk());
  }
}

TEST_F(GenerationTest, FindsDocumentsByTheirExactId) {
  const auto generation = Open(Three());
  ASSERT_THAT(generation, IsOk());
  EXPECT_THAT((*generation)->FindDocument("a"), Optional(0u));
  EXPECT_THAT((*generation)->FindDocument("d"), Optional(3u));
  for (const char* unknown : {"", "A", "aa", "z"}) {
    EXPECT_EQ((*generation)->FindDocument(unknown), absl::nullopt) << unknown;
  }
}

TEST_F(GenerationTest, HoldsItsSegmentAsLongAsItLives) {
  const storage::Manifest manifest = Three();
  const uint64_t segment = manifest.segments(0).segment();
  EXPECT_FALSE(store_->segments().IsHeld(segment));
  auto generation = Open(manifest);
  ASSERT_THAT(generation, IsOk());
  EXPECT_TRUE(store_->segments().IsHeld(segment));
  generation->reset();
  EXPECT_FALSE(store_->segments().IsHeld(segment));
}

TEST_F(GenerationTest, NeedsEachOfItsIndexes) {
  for (const char* name : {"lexical", "vector", "documents"}) {
    storage::Manifest manifest = Three();
    Index(name, &manifest).set_name("another");
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(name)));
    EXPECT_FALSE(store_->segments().IsHeld(manifest.segments(0).segment())) << "what did not open holds nothing";
  }
}

TEST_F(GenerationTest, NoticesAPieceThatIsMissing) {
  for (const char* name : {"lexical", "vector", "documents"}) {
    storage::Manifest manifest = Three();
    Index(name, &manifest).set_first_piece(2000);
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is missing")));
  }
}

TEST_F(GenerationTest, NoticesAPieceThatWasChanged) {
  for (const char* name : {"lexical", "vector", "documents"}) {
    storage::Manifest manifest = Three();
    const uint32_t piece = Index(name, &manifest).first_piece();
    ASSERT_THAT(store_->segments().PutPieces(manifest.segments(0).segment(), name, piece, "rot"), IsOk());
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("wrong SHA-256")));
  }
}

TEST_F(GenerationTest, NoticesCountsThatAreNotTheManifests) {
  const storage::Manifest manifest = Three();
  storage::Manifest passages = manifest;
  passages.mutable_segments(0)->set_passages(4);
  EXPECT_THAT(Open(passages), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("the manifest says 4 passages")));
  storage::Manifest documents = manifest;
  documents.mutable_segments(0)->set_documents(5);
  EXPECT_THAT(Open(documents), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("of 5 documents")));
  storage::Manifest dimension = manifest;
  dimension.mutable_embedder()->set_dimension(17);
  EXPECT_THAT(Open(dimension), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("in 17 dimensions")));
}

// Each piece is whole, but they are not of one generation.
TEST_F(GenerationTest, NoticesAnIndexOfAnotherGeneration) {
  storage::Manifest manifest = Three();
  storage::Manifest other = Build({TextDocument("a", "warfarin")});
  const uint64_t segment = manifest.segments(0).segment();
  const auto bytes = store_->segments().GetIndex(other.segments(0), "lexical");
  ASSERT_THAT(bytes, IsOk());
  Index("lexical", &manifest) = *store_->segments().PutPieces(segment, "lexical", 1000, *bytes);
  EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("lexical 1")));
}

TEST_F(GenerationTest, NoticesADocumentTableThatIsNone) {
  const storage::Manifest manifest = Three();
  EXPECT_THAT(Open(WithDocuments(manifest, "\xff\xff")), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("parse")));
  storage::DocumentTable documents = (*Open(manifest))->documents();
  documents.mutable_entries(0)->set_first_passage(1);
  EXPECT_THAT(Open(WithDocuments(manifest, documents.SerializeAsString())),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document a after a gap")));
}

// Documents are found by bisection: out of order, one would be there and not be found.
TEST_F(GenerationTest, NoticesDocumentsThatAreOutOfOrderOrThereTwice) {
  const storage::Manifest manifest = Three();
  for (const char* second : {"a", "A"}) {
    storage::DocumentTable documents = (*Open(manifest))->documents();
    documents.mutable_entries(1)->set_id(second);
    EXPECT_THAT(Open(WithDocuments(manifest, documents.SerializeAsString())),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("out of order")));
  }
}

TEST_F(GenerationTest, ReadsGenerationsOfOneSegmentOnly) {
  storage::Manifest manifest = Three();
  *manifest.add_segments() = manifest.segments(0);
  EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("2 segments")));
  manifest.clear_segments();
  EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("0 segments")));
}

}  // namespace
}  // namespace bedside
