#include "index/generation/generation.h"

#include <gmock/gmock.h>

#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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
  EXPECT_EQ((*generation)->segments()[0]->number(), manifest.segments(0).segment());
  EXPECT_EQ((*generation)->passages(), 3u);
  EXPECT_EQ((*generation)->documents().size(), 4u);
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
  EXPECT_THAT((*generation)->documents().Find("a"), Optional(0u));
  EXPECT_THAT((*generation)->documents().Find("d"), Optional(3u));
  for (const char* unknown : {"", "A", "aa", "z"}) {
    EXPECT_EQ((*generation)->documents().Find(unknown), absl::nullopt) << unknown;
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
  EXPECT_THAT(Open(dimension), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("says 17 dimensions")));
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
  storage::DocumentTable documents = *(*Open(manifest))->documents().tables()[0];
  documents.mutable_entries(0)->set_first_passage(1);
  EXPECT_THAT(Open(WithDocuments(manifest, documents.SerializeAsString())),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document a after a gap")));
}

// Documents are found by bisection: out of order, one would be there and not be found.
TEST_F(GenerationTest, NoticesDocumentsThatAreOutOfOrderOrThereTwice) {
  const storage::Manifest manifest = Three();
  for (const char* second : {"a", "A"}) {
    storage::DocumentTable documents = *(*Open(manifest))->documents().tables()[0];
    documents.mutable_entries(1)->set_id(second);
    EXPECT_THAT(Open(WithDocuments(manifest, documents.SerializeAsString())),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("out of order")));
  }
}

TEST_F(GenerationTest, NeedsASegment) {
  storage::Manifest manifest = Three();
  manifest.clear_segments();
  EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no segment")));
}

class SegmentedGenerationTest : public GenerationTest {
 protected:
  // "a" in a later version, and "bb" beside it.
  storage::Manifest Joined() {
    return Join(Three(), {TextDocument("a", "aspirin is not for children"), TextDocument("bb", "warfarin (VKA)")});
  }

  // Ids of the documents of the best passages, and whether each is in force.
  std::vector<std::string> Found(const Generation& generation, const std::string& question) {
    std::vector<std::string> ids;
    for (const ScoredPassage& found : Lexical(generation, question)) {
      ids.push_back(generation.documents().entry(generation.DocumentOf(found.passage)).id());
    }
    return ids;
  }

  std::vector<ScoredPassage> Lexical(const Generation& generation, const std::string& question) {
    std::vector<WeightedTerm> terms;
    for (const std::string& term : analyzer_->Terms(question)) terms.push_back({term, 1});
    return generation.lexical().Search(terms, InForce(generation), 10);
  }

  static std::vector<PassageBitmap> InForce(const Generation& generation) {
    std::vector<PassageBitmap> bitmaps;
    for (const auto& segment : generation.segments()) bitmaps.emplace_back(segment->passages(), false);
    for (size_t i = 0; i < generation.documents().size(); ++i) {
      const storage::DocumentEntry& entry = generation.documents().entry(i);
      for (uint32_t p = 0; p < entry.passages(); ++p) {
        bitmaps[generation.documents().place(i).segment].Add(PassageAt(entry.first_passage() + p));
      }
    }
    return bitmaps;
  }
};

TEST_F(SegmentedGenerationTest, HasTheLastVersionOfEachDocument) {
  const auto generation = Open(Joined());
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->passages(), 5u) << "with those that are replaced";
  std::vector<std::string> ids;
  for (const storage::DocumentEntry* entry : (*generation)->documents().entries()) ids.push_back(entry->id());
  EXPECT_THAT(ids, ElementsAre("a", "b", "bb", "c", "d"));
  EXPECT_EQ((*generation)->documents().place(0).segment, 1u);
  EXPECT_EQ((*generation)->documents().place(1).segment, 0u);
  EXPECT_THAT(Found(**generation, "aspirin"), ElementsAre("a"));
  EXPECT_THAT(Found(**generation, "fever"), IsEmpty()) << "only the version before spoke of it";
  EXPECT_THAT(Found(**generation, "heparin warfarin"), UnorderedElementsAre("c", "bb"));
}

TEST_F(SegmentedGenerationTest, FindsTheNearestOfAllSegments) {
  const auto generation = Open(Joined());
  ASSERT_THAT(generation, IsOk());
  for (const auto& [text, id] : std::vector<std::pair<std::string, std::string>>{
           {"heparin is injected", "c"}, {"aspirin is not for children", "a"}}) {
    const auto found = (*generation)->vectors().Search(embedder_.EmbedQuery(text)->vector, InForce(**generation), 10);
    ASSERT_THAT(found, IsOk());
    ASSERT_THAT(*found, SizeIs(3));
    EXPECT_EQ((*generation)->documents().entry((*generation)->DocumentOf((*found)[0].passage)).id(), id);
    std::vector<float> read(embedder_.dimension());
    (*generation)->vectors().Read((*found)[0].passage, read.data());
    EXPECT_EQ(read, embedder_.EmbedQuery(text)->vector);
  }
}

TEST_F(SegmentedGenerationTest, KnowsTheWordsOfAllSegments) {
  const auto generation = Open(Joined());
  ASSERT_THAT(generation, IsOk());
  const CorpusLanguage language = (*generation)->language();
  for (const char* word : {"heparin", "warfarin"}) EXPECT_TRUE(language.words->Find(word).has_value()) << word;
  EXPECT_EQ(language.lexical->DocumentFrequency("heparin"), 1u);
}

TEST_F(SegmentedGenerationTest, TakesTheSegmentsThatAreOpenAlready) {
  const storage::Manifest before = Three();
  const auto open = *Open(before);
  const storage::Manifest after = Join(before, {TextDocument("e", "warfarin")});
  const auto generation = Generation::Open(store_->segments(), after, config_, open.get());
  ASSERT_THAT(generation, IsOk());
  EXPECT_EQ((*generation)->segments()[0], open->segments()[0]);
  EXPECT_NE((*generation)->segments()[1], nullptr);
}

TEST_F(SegmentedGenerationTest, NoticesADocumentThatStandsInTwoSegments) {
  storage::Manifest manifest = Joined();
  manifest.mutable_segments(0)->clear_replaced();
  EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("document a stands in two segments")));
}

TEST_F(SegmentedGenerationTest, NoticesThatWhatIsReplacedIsNotThereOrOutOfOrder) {
  for (const std::vector<uint32_t>& replaced : std::vector<std::vector<uint32_t>>{{4}, {1, 0}, {0, 0}}) {
    storage::Manifest manifest = Joined();
    manifest.mutable_segments(0)->mutable_replaced()->Assign(replaced.begin(), replaced.end());
    EXPECT_THAT(Open(manifest), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("replaced")));
  }
}

}  // namespace
}  // namespace bedside
