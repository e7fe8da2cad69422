#include "index/embedding/openvino_embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "index/hash/file_sha256.h"
#include "index/interaction/late_interaction.h"
#include "index/interaction/token_codes.h"
#include "proto/bedside/storage/encoder_adapter.pb.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/embedding/int8_cpu.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kAdapter[] = "index/embedding/bge-small-en-v1.5.adapter";
constexpr char kQuestionAdapter[] = "index/embedding/bge-small-en-v1.5.question_adapter";
constexpr char kPrefix[] = "Represent this sentence for searching relevant passages: ";

config::EmbedderConfig Config() {
  config::EmbedderConfig config;
  config.set_model_path("external/bge_small_en");
  return config;
}

// Of the configuration that everybody uses; a model takes a second to compile.
const OpenVinoEmbedder& Default() {
  static const auto& embedder = *OpenVinoEmbedder::Create(Config())->release();
  return embedder;
}

const OpenVinoEmbedder& Exact() {
  config::EmbedderConfig config = Config();
  config.set_precision(config::PRECISION_F32);
  static const auto& embedder = *OpenVinoEmbedder::Create(config)->release();
  return embedder;
}

// A folder with the model and these ranges.
std::string FolderWithRanges(const std::string& ranges) {
  const std::string folder = TempFolder();
  WriteFile(folder, "activation_ranges.json", ranges);
  for (const char* file : {"model.onnx", "tokenizer.json"}) {
    std::filesystem::create_symlink(std::filesystem::absolute(absl::StrCat("external/bge_small_en/", file)),
                                    absl::StrCat(folder, "/", file));
  }
  return folder;
}

// The model with the ranges that tools/setup puts beside it.
const OpenVinoEmbedder& Int8() {
  static const auto& embedder = *[] {
    std::ifstream ranges("third_party/bge-small-en-v1.5/activation_ranges.json");
    config::EmbedderConfig config = Config();
    config.set_model_path(FolderWithRanges(std::string(std::istreambuf_iterator<char>(ranges), {})));
    config.set_precision(config::PRECISION_INT8);
    return OpenVinoEmbedder::Create(config)->release();
  }();
  return embedder;
}

double Cosine(absl::Span<const float> a, absl::Span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// With the adapter and its ranges that are shipped.
const OpenVinoEmbedder& AdaptedInt8() {
  static const auto& embedder = *[] {
    config::EmbedderConfig config = Config();
    config.set_adapter_path(kAdapter);
    config.set_precision(config::PRECISION_INT8);
    return OpenVinoEmbedder::Create(config)->release();
  }();
  return embedder;
}

const std::vector<std::string>& Texts() {
  static const auto& texts =
      *new std::vector<std::string>{"Aspirin reduces fever.", "", "Paracetamol lowers body temperature.",
                                    "The cat sat on the mat.", std::string(20000, 'x') + " a very long text"};
  return texts;
}

TEST(OpenVinoEmbedderTest, PutsLikeTextsNearEachOtherInTheOrderGiven) {
  const auto vectors = Default().EmbedPassages(Texts());
  ASSERT_THAT(vectors, IsOk());
  ASSERT_EQ(vectors->vectors.rows(), Texts().size());
  ASSERT_EQ(vectors->vectors.dimension(), 384u);
  for (size_t i = 0; i < vectors->vectors.rows(); ++i)
    EXPECT_NEAR(Cosine(vectors->vectors.row(i), vectors->vectors.row(i)), 1, 1e-3);
  EXPECT_GT(Cosine(vectors->vectors.row(0), vectors->vectors.row(2)),
            Cosine(vectors->vectors.row(0), vectors->vectors.row(3)) + 0.2);
}

TEST(OpenVinoEmbedderTest, GivesATextTheSameVectorAloneAndInCompany) {
  const auto together = Exact().EmbedPassages(Texts());
  ASSERT_THAT(together, IsOk());
  for (size_t i = 0; i < Texts().size(); ++i) {
    const auto passage = Exact().EmbedPassages({Texts()[i]});
    const auto query = Exact().EmbedQuery(Texts()[i]);
    ASSERT_THAT(passage, IsOk());
    ASSERT_THAT(query, IsOk());
    EXPECT_GT(Cosine(together->vectors.row(i), passage->vectors.row(0)), 0.99999) << i;
    EXPECT_GT(Cosine(together->vectors.row(i), query->vector), 0.99999) << i;
  }
}

TEST(OpenVinoEmbedderTest, TokensOfAQuestionAreClosestToThoseOfATextThatSaysTheSame) {
  const auto passages = Default().EmbedPassages(Texts());
  const auto query = Default().EmbedQuery("What reduces fever?");
  ASSERT_THAT(passages, IsOk());
  ASSERT_THAT(query, IsOk());
  EXPECT_EQ(query->tokens.tokens(), 4U);
  EXPECT_EQ(passages->token_codes[0].size(), 6 * CodeBytes(384)) << "as pi rin reduces fever .";
  EXPECT_EQ(passages->token_codes[1], "");
  EXPECT_EQ(passages->token_codes[4].size(), 5 * CodeBytes(384));
  const LateInteraction question(query->tokens);
  const double same = question.With(passages->token_codes[0]).mean;
  EXPECT_GT(same, question.With(passages->token_codes[2]).mean);
  EXPECT_GT(same, question.With(passages->token_codes[3]).mean + 0.1);
}

TEST(OpenVinoEmbedderTest, TokensOfATextAreTheSameAloneAndInCompany) {
  const auto together = Exact().EmbedPassages(Texts());
  for (size_t i = 0; i < Texts().size(); ++i) {
    EXPECT_EQ(Exact().EmbedPassages({Texts()[i]})->token_codes[0], together->token_codes[i]) << i;
  }
}

TEST(OpenVinoEmbedderTest, TokensOfATextAreWithoutThoseOfThePrefixAlsoWhereTheTextIsCut) {
  config::EmbedderConfig config = Config();
  config.set_query_prefix("query: ");
  config.set_passage_prefix("passage text: ");
  config.set_max_tokens(10);
  const auto embedder = OpenVinoEmbedder::Create(config);
  ASSERT_THAT(embedder, IsOk());
  const std::string longer = "fever fever fever fever fever fever fever fever fever";
  EXPECT_EQ((*embedder)->EmbedQuery("")->tokens.tokens(), 0U);
  EXPECT_EQ((*embedder)->EmbedQuery("What reduces fever?")->tokens.tokens(), 4U);
  EXPECT_EQ((*embedder)->EmbedQuery(longer)->tokens.tokens(), 10U - 2 - 2) << "of model and prefix two each";
  const auto passages = (*embedder)->EmbedPassages({"", "reduces fever", longer});
  ASSERT_THAT(passages, IsOk());
  EXPECT_EQ(passages->token_codes[0], "");
  EXPECT_EQ(passages->token_codes[1].size(), 2 * CodeBytes(384));
  EXPECT_EQ(passages->token_codes[2].size(), (10 - 2 - 3) * CodeBytes(384));
}

TEST(OpenVinoEmbedderTest, APrefixThatLeavesNoRoomLeavesNoTokens) {
  config::EmbedderConfig config = Config();
  config.set_query_prefix("one two three four five six seven eight nine ");
  config.set_max_tokens(8);
  const auto embedder = OpenVinoEmbedder::Create(config);
  ASSERT_THAT(embedder, IsOk());
  const auto query = (*embedder)->EmbedQuery("fever");
  ASSERT_THAT(query, IsOk());
  EXPECT_TRUE(query->tokens.empty());
}

TEST(OpenVinoEmbedderTest, LosesNothingThatMattersToBf16) {
  if (!absl::StrContains(Default().id(), "/bf16/")) GTEST_SKIP() << "this CPU has no bf16";
  for (const std::string& text : Texts()) {
    EXPECT_GT(Cosine(Default().EmbedQuery(text)->vector, Exact().EmbedQuery(text)->vector), 0.999);
  }
}

TEST(OpenVinoEmbedderTest, LosesLittleToInt8) {
  SKIP_WITHOUT_INT8();
  EXPECT_THAT(Int8().id(), HasSubstr("/int8-"));
  for (const std::string& text : Texts()) {
    EXPECT_GT(Cosine(Int8().EmbedQuery(text)->vector, Exact().EmbedQuery(text)->vector), 0.98);
  }
}

TEST(OpenVinoEmbedderTest, WhatStandsBehindTheLastTokenChangesNothing) {
  std::string text;
  for (int i = 0; i < 600; ++i) text += "aspirin ";
  EXPECT_EQ(Exact().EmbedQuery(text)->vector, Exact().EmbedQuery(text + "The cat sat on the mat.")->vector);
}

TEST(OpenVinoEmbedderTest, AnEmptyTextHasAVectorLikeAnyOther) {
  const auto vector = Exact().EmbedQuery("");
  ASSERT_THAT(vector, IsOk());
  EXPECT_NEAR(Cosine(vector->vector, vector->vector), 1, 1e-5);
  EXPECT_EQ(vector->vector, Exact().EmbedQuery(" \n")->vector);
}

TEST(OpenVinoEmbedderTest, EmbedsNothing) { EXPECT_EQ(Default().EmbedPassages({})->vectors.rows(), 0u); }

TEST(OpenVinoEmbedderTest, ThreadsEmbedAtTheSameTime) {
  const std::vector<float> query = Exact().EmbedQuery(Texts()[0])->vector;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      if (i % 2 == 0) {
        EXPECT_EQ(Exact().EmbedQuery(Texts()[0])->vector, query);
      } else {
        EXPECT_GT(Cosine(Exact().EmbedPassages(Texts())->vectors.row(0), query), 0.99999);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(OpenVinoEmbedderTest, QuestionsTogetherHaveTheVectorsThatTheyHaveAlone) {
  const auto together = Exact().EmbedQueries(Texts());
  ASSERT_THAT(together, IsOk());
  ASSERT_EQ(together->size(), Texts().size());
  for (size_t i = 0; i < Texts().size(); ++i) {
    EXPECT_EQ((*together)[i].vector, Exact().EmbedQuery(Texts()[i])->vector);
    EXPECT_EQ((*together)[i].tokens.tokens(), Exact().EmbedQuery(Texts()[i])->tokens.tokens());
  }
}

// Questions that wait run together; which they are with is chance, their vectors are not.
TEST(OpenVinoEmbedderTest, AQuestionHasTheSameVectorInWhateverCompanyItRuns) {
  for (const OpenVinoEmbedder* embedder : {&Default(), &Exact(), &Int8(), &AdaptedInt8()}) {
    std::vector<std::vector<float>> alone;
    for (const std::string& text : Texts()) alone.push_back(embedder->EmbedQuery(text)->vector);
    std::vector<std::thread> threads;
    for (size_t thread = 0; thread < 12; ++thread) {
      threads.emplace_back([&, thread] {
        for (size_t i = 0; i < 2 * Texts().size(); ++i) {
          const size_t text = (i + thread) % Texts().size();
          EXPECT_EQ(embedder->EmbedQuery(Texts()[text])->vector, alone[text]) << text;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
}

// A question adapter is not part of it: ModelsBesideTheEncoder names that.
TEST(OpenVinoEmbedderTest, HasAnIdOfEverythingThatChangesVectorsOfPassages) {
  const std::string f32 = Exact().id();
  EXPECT_THAT(f32, HasSubstr("/f32/512/"));
  config::EmbedderConfig same = Config();
  same.set_precision(config::PRECISION_F32);
  EXPECT_EQ((*OpenVinoEmbedder::Create(same))->id(), f32);
  config::EmbedderConfig others[4] = {same, same, same, same};
  others[0].set_query_prefix("query: ");
  others[1].set_passage_prefix("query: ");
  others[2].set_pooling(config::POOLING_MEAN);
  others[3].set_max_tokens(256);
  std::set<std::string> ids = {f32};
  for (const config::EmbedderConfig& other : others) ids.insert((*OpenVinoEmbedder::Create(other))->id());
  EXPECT_EQ(ids.size(), 5u);
}

TEST(OpenVinoEmbedderTest, NamesEveryFieldThatIsOutOfRange) {
  config::EmbedderConfig config;
  config.set_max_tokens(4);
  config.set_threads(1000);
  EXPECT_THAT(OpenVinoEmbedder::Create(config),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("model_path"), HasSubstr("max_tokens"), HasSubstr("threads"))));
}

// An adapter of the model that changes one tensor.
storage::EncoderAdapter AdapterOf(const std::string& name, const std::string& halves) {
  storage::EncoderAdapter adapter;
  adapter.set_model_sha256(*FileSha256Hex("external/bge_small_en/model.onnx"));
  storage::TensorChange& change = *adapter.add_changes();
  change.set_name(name);
  change.set_halves(halves);
  return adapter;
}

std::string Halves(absl::string_view half, size_t count) {
  std::string halves;
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&halves, half);
  return halves;
}

constexpr char kBias[] = "encoder.layer.11.output.dense.bias";
constexpr absl::string_view kZero("\x00\x00", 2);
constexpr absl::string_view kOne("\x00\x3c", 2);

config::EmbedderConfig Adapted(const storage::EncoderAdapter& adapter) {
  config::EmbedderConfig config = Config();
  config.set_adapter_path(WriteFile(TempFolder(), "model.adapter", adapter.SerializeAsString()));
  return config;
}

std::vector<float> VectorOf(const Embedder& embedder) { return embedder.EmbedQuery("What reduces fever?")->vector; }

TEST(OpenVinoEmbedderTest, AnAdapterThatAddsNothingGivesTheSameVectorsUnderAnotherId) {
  const auto adapted = OpenVinoEmbedder::Create(Adapted(AdapterOf(kBias, Halves(kZero, 384))));
  ASSERT_THAT(adapted, IsOk());
  EXPECT_EQ(VectorOf(**adapted), VectorOf(Default()));
  EXPECT_NE((*adapted)->id(), Default().id());
}

TEST(OpenVinoEmbedderTest, AnAdapterChangesTheVectorsOfQuestionsAndPassages) {
  std::string halves = Halves(kZero, 383);
  absl::StrAppend(&halves, kOne);
  const auto adapted = OpenVinoEmbedder::Create(Adapted(AdapterOf(kBias, halves)));
  ASSERT_THAT(adapted, IsOk());
  EXPECT_GT(VectorOf(**adapted).back(), VectorOf(Default()).back() + 0.01);
  EXPECT_GT((*adapted)->EmbedPassages({"Aspirin"})->vectors.row(0).back(),
            Default().EmbedPassages({"Aspirin"})->vectors.row(0).back() + 0.01);
}

TEST(OpenVinoEmbedderTest, TheShippedAdapterBelongsToTheShippedModelAndKeepsLikeTextsNear) {
  config::EmbedderConfig config = Config();
  config.set_adapter_path(kAdapter);
  const auto adapted = OpenVinoEmbedder::Create(config);
  ASSERT_THAT(adapted, IsOk());
  const auto passages = (*adapted)->EmbedPassages(Texts());
  const std::vector<float> question = VectorOf(**adapted);
  EXPECT_GT(Cosine(question, passages->vectors.row(0)), Cosine(question, passages->vectors.row(3)) + 0.2);
  EXPECT_LT(Cosine(question, VectorOf(Default())), 0.999);
}

TEST(OpenVinoEmbedderTest, RefusesAnAdapterThatIsMissingDoesNotFitOrBelongsToAnotherModel) {
  config::EmbedderConfig config = Config();
  config.set_adapter_path("no/such.adapter");
  EXPECT_THAT(OpenVinoEmbedder::Create(config),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such.adapter: no such file")));
  EXPECT_THAT(OpenVinoEmbedder::Create(Adapted(AdapterOf(kBias, Halves(kOne, 383)))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("has 766 bytes, and the model 384")));
  storage::EncoderAdapter other_model = AdapterOf(kBias, Halves(kOne, 384));
  other_model.set_model_sha256(std::string(64, '0'));
  EXPECT_THAT(OpenVinoEmbedder::Create(Adapted(other_model)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not to that of model_path")));
}

TEST(OpenVinoEmbedderTest, TheShippedRangesBelongToTheShippedAdapterAndLoseLittle) {
  SKIP_WITHOUT_INT8();
  config::EmbedderConfig config = Config();
  config.set_adapter_path(kAdapter);
  config.set_precision(config::PRECISION_F32);
  const auto exact = OpenVinoEmbedder::Create(config);
  ASSERT_THAT(exact, IsOk());
  EXPECT_THAT(AdaptedInt8().id(), HasSubstr("/int8-"));
  // Without the scales sentences like these lose 0.003 to 0.008.
  for (const char* text :
       {"Does aspirin reduce the risk of a second stroke in adults who smoke?",
        "Metformin is stopped when the eGFR falls below 30 mL/min, since lactate may accumulate.",
        "Children with asthma should receive an inhaled corticosteroid before a long-acting agonist.",
        "The incidence of deep vein thrombosis was lower with apixaban than with placebo."}) {
    EXPECT_GT(Cosine(AdaptedInt8().EmbedQuery(text)->vector, (*exact)->EmbedQuery(text)->vector), 0.997) << text;
  }
}

// As shipped, with `question_adapter` in the place of the prefix.
absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> AsShipped(config::Precision precision,
                                                            const std::string& question_adapter) {
  config::EmbedderConfig config = Config();
  config.set_adapter_path(kAdapter);
  config.set_query_prefix(kPrefix);
  config.set_question_adapter_path(question_adapter);
  config.set_precision(precision);
  return OpenVinoEmbedder::Create(config);
}

// Short ones, a question, and what is told of a patient, longer than most of what was learned on.
std::vector<std::string> Questions() {
  std::string told = "A man of 71 years with atrial fibrillation and an eGFR of 35 mL/min has taken ";
  for (int i = 0; i < 12; ++i)
    absl::StrAppend(&told, "apixaban in the morning, metformin at noon and ramipril at night, ");
  return {"asthma step 3", "Does aspirin reduce the risk of a second stroke in adults who smoke?",
          "What is the dose of amoxicillin for otitis media in children?",
          absl::StrCat(told, "and asks whether he should stop metformin.")};
}

TEST(OpenVinoEmbedderTest, TheShippedQuestionAdapterMakesOfQuestionsWhatTheyAreBehindThePrefix) {
  const auto prefixed = AsShipped(config::PRECISION_F32, ""),
             learned = AsShipped(config::PRECISION_F32, kQuestionAdapter);
  ASSERT_THAT(prefixed, IsOk());
  ASSERT_THAT(learned, IsOk());
  EXPECT_EQ((*learned)->id(), (*prefixed)->id());
  const auto passages = (*prefixed)->EmbedPassages(Texts());
  for (const std::string& text : Questions()) {
    const auto wanted = (*prefixed)->EmbedQuery(text), got = (*learned)->EmbedQuery(text);
    EXPECT_GT(Cosine(got->vector, wanted->vector), 0.99) << text;
    EXPECT_EQ(got->tokens.tokens(), wanted->tokens.tokens()) << text;
    for (const std::string& codes : passages->token_codes) {
      EXPECT_NEAR(LateInteraction(got->tokens).With(codes).mean, LateInteraction(wanted->tokens).With(codes).mean, 0.02)
          << text;
    }
  }
}

TEST(OpenVinoEmbedderTest, TheShippedRangesOfQuestionsLoseLittle) {
  SKIP_WITHOUT_INT8();
  const auto exact = AsShipped(config::PRECISION_F32, kQuestionAdapter);
  const auto int8 = AsShipped(config::PRECISION_INT8, kQuestionAdapter);
  ASSERT_THAT(exact, IsOk());
  ASSERT_THAT(int8, IsOk());
  for (const std::string& text : Questions()) {
    EXPECT_GT(Cosine((*int8)->EmbedQuery(text)->vector, (*exact)->EmbedQuery(text)->vector), 0.99) << text;
  }
}

// `ranges` beside an adapter that adds nothing; the adapter's digest takes the place of $ADAPTER.
config::EmbedderConfig WithRangesBesideAdapter(absl::string_view ranges) {
  config::EmbedderConfig config = Adapted(AdapterOf(kBias, Halves(kZero, 384)));
  config.set_precision(config::PRECISION_INT8);
  const std::string file = absl::StrReplaceAll(ranges, {{"$ADAPTER", *FileSha256Hex(config.adapter_path())}});
  std::ofstream(absl::StrCat(config.adapter_path(), ".ranges.json")) << file;
  return config;
}

TEST(OpenVinoEmbedderTest, RangesOfAnAdapterArePartOfTheId) {
  SKIP_WITHOUT_INT8();
  constexpr char kRanges[] = R"({"format": 1, "adapter": "$ADAPTER", "ranges": {"/embeddings/LayerNorm/Add_1": [-3, )";
  const auto seven = OpenVinoEmbedder::Create(WithRangesBesideAdapter(absl::StrCat(kRanges, "7]}}")));
  const auto same = OpenVinoEmbedder::Create(WithRangesBesideAdapter(absl::StrCat(kRanges, "7]}}")));
  const auto eight = OpenVinoEmbedder::Create(WithRangesBesideAdapter(absl::StrCat(kRanges, "8]}}")));
  ASSERT_THAT(seven, IsOk());
  ASSERT_THAT(eight, IsOk());
  EXPECT_EQ((*seven)->id(), (*same)->id());
  EXPECT_NE((*seven)->id(), (*eight)->id());
}

TEST(OpenVinoEmbedderTest, RefusesRangesThatAreMissingOrNotOfTheAdapter) {
  SKIP_WITHOUT_INT8();
  config::EmbedderConfig config = Adapted(AdapterOf(kBias, Halves(kZero, 384)));
  config.set_precision(config::PRECISION_INT8);
  EXPECT_THAT(OpenVinoEmbedder::Create(config),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("model.adapter.ranges.json: cannot be read")));
  EXPECT_THAT(OpenVinoEmbedder::Create(WithRangesBesideAdapter(R"({"format": 1, "ranges": {"a": [0, 1]}})")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("model.adapter.ranges.json"), HasSubstr("got those with no adapter"))));
  EXPECT_THAT(
      OpenVinoEmbedder::Create(WithRangesBesideAdapter(R"({"format": 1, "adapter": "abc", "ranges": {"a": [0, 1]}})")),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("got those with the adapter of SHA-256 abc")));
  EXPECT_THAT(OpenVinoEmbedder::Create(
                  WithRangesBesideAdapter(R"({"format": 1, "adapter": "$ADAPTER", "ranges": {"a": [0, 1]}})")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("none of its 1 ranges belongs to this model")));
}

TEST(OpenVinoEmbedderTest, RefusesRangesOfAnAdapterInTheFolderOfAModelAlone) {
  SKIP_WITHOUT_INT8();
  const std::string folder = FolderWithRanges(R"({"format": 1, "adapter": "abc", "ranges": {"a": [0, 1]}})");
  config::EmbedderConfig config = Config();
  config.set_model_path(folder);
  config.set_precision(config::PRECISION_INT8);
  EXPECT_THAT(
      OpenVinoEmbedder::Create(config),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("activation_ranges.json"), HasSubstr("wanted ranges of the model with no adapter"))));
}

}  // namespace
}  // namespace bedside
