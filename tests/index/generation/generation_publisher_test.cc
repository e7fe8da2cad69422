#include "index/generation/generation_publisher.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

storage::StatusNotice Retraction(const std::string& document) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(v1::DOCUMENT_STATUS_RETRACTED);
  notice.set_origin(storage::STATUS_ORIGIN_FEED);
  return notice;
}

class GenerationPublisherTest : public GenerationFixture {
 protected:
  GenerationPublisher publisher() { return GenerationPublisher(store_.get()); }

  // Publishes the n-th generation of the test.
  std::string PublishNext(size_t kept = 2) {
    return Publish({TextDocument("d", absl::StrCat("text number ", ++published_))}, kept).generation();
  }

  std::string Current() { return store_->manifests().Current("c")->value_or(""); }

  std::vector<std::string> Kept() {
    std::vector<std::string> names;
    const auto manifests = store_->manifests().Manifests("c");
    EXPECT_THAT(manifests, IsOk());
    for (const storage::Manifest& manifest : *manifests) {
      names.push_back(manifest.generation());
      EXPECT_THAT(Open(manifest), IsOk()) << "what is kept is whole";
    }
    EXPECT_THAT(*store_->segments().Segments(), SizeIs(names.size())) << "what is not kept is gone";
    return names;
  }

  int published_ = 0;
};

TEST_F(GenerationPublisherTest, MakesAGenerationServeTogetherWithItsNotices) {
  const storage::Manifest manifest = Build({TextDocument("d", "text")});
  ASSERT_THAT(publisher().Publish(manifest, {Retraction("d")}, 2, 1000), IsOk());
  Reopen();
  EXPECT_EQ(Current(), manifest.generation());
  EXPECT_THAT(*store_->manifests().Corpora(), ElementsAre("c"));
  EXPECT_THAT(*store_->changes().Notices("c"), SizeIs(1));
  EXPECT_EQ(store_->changes().last_sequence(), 2u) << "the notice and the activation";
}

TEST_F(GenerationPublisherTest, KeepsTheNewestBesideTheOneThatServes) {
  PublishNext();
  const std::string second = PublishNext();
  const std::string third = PublishNext();
  const std::string fourth = PublishNext();
  EXPECT_THAT(Kept(), ElementsAre(fourth, third, second));
  EXPECT_EQ(Current(), fourth);
}

// After a roll-back, what serves is not the newest; requests in flight and the operator's choice stand on it.
TEST_F(GenerationPublisherTest, KeepsWhatServedUntilNowHoweverOldItIs) {
  const std::string first = PublishNext();
  PublishNext();
  const std::string third = PublishNext();
  ASSERT_THAT(publisher().Activate("c", first, 1000), IsOk());
  const std::string fourth = PublishNext();
  EXPECT_THAT(Kept(), ElementsAre(fourth, third, first));
  ASSERT_THAT(publisher().Activate("c", first, 1000), IsOk());
  const std::string fifth = PublishNext(/*kept=*/1);
  EXPECT_THAT(Kept(), ElementsAre(fifth, first));
}

TEST_F(GenerationPublisherTest, KeepsOneToGoBackToWhenToldToKeepNone) {
  PublishNext();
  const std::string second = PublishNext(/*kept=*/0);
  const std::string third = PublishNext(/*kept=*/0);
  EXPECT_THAT(Kept(), ElementsAre(third, second));
}

TEST_F(GenerationPublisherTest, LeavesTheSegmentsOfAGenerationThatIsReadUntilItIsNot) {
  const storage::Manifest first = Publish({TextDocument("d", "the first text")});
  auto reader = Open(first);
  ASSERT_THAT(reader, IsOk());
  PublishNext(/*kept=*/1);
  PublishNext(/*kept=*/1);
  EXPECT_THAT(*store_->manifests().Manifests("c"), SizeIs(2)) << "it is listed no more";
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(3));
  EXPECT_THAT(store_->segments().GetPassages((*reader)->segments()[0]->number(), {PassageAt(0)}), IsOk());
  reader->reset();
  const std::string third = Current();
  const std::string fourth = PublishNext(/*kept=*/1);
  EXPECT_THAT(Kept(), ElementsAre(fourth, third));
}

TEST_F(GenerationPublisherTest, KeepsASegmentAsLongAsAGenerationHasIt) {
  const storage::Manifest first = Publish({TextDocument("a", "text"), TextDocument("b", "text")});
  storage::Manifest second = Join(first, {TextDocument("a", "another text")});
  second.set_generation("g00000002");
  ASSERT_THAT(publisher().Publish(second, {}, 1, 1000), IsOk());
  EXPECT_THAT(Open(*store_->manifests().Get("c", "g00000001")), IsOk());
  storage::Manifest third = Join(second, {TextDocument("a", "a third text")});
  third.set_generation("g00000003");
  ASSERT_THAT(publisher().Publish(third, {}, 1, 1000), IsOk());
  EXPECT_THAT(Open(second), IsOk());
  EXPECT_THAT(Open(third), IsOk());
  EXPECT_THAT(*store_->segments().Segments(), ElementsAre(1, 2, 3));
}

// Somebody builds beside, who holds what he builds.
TEST_F(GenerationPublisherTest, LeavesWhatIsBeingBuilt) {
  const auto builder = *Builder();
  ASSERT_THAT(Add(TextDocument("d", "text"), builder.get()), IsOk());
  PublishNext();
  const auto built = builder->Finish();
  ASSERT_THAT(built, IsOk());
  PublishNext();
  EXPECT_THAT(Segment::Open(store_->segments(), built->manifest, config_), IsOk());
}

// Brings every generation up to date with a document "late".
class LateDocument : public UpsertReplay {
 public:
  explicit LateDocument(std::function<storage::Manifest(const storage::Manifest&)> join) : join_(std::move(join)) {}

  absl::StatusOr<storage::Manifest> Replay(storage::Manifest manifest) override {
    if (!failure.ok()) return failure;
    return join_(manifest);
  }

  absl::Status failure;

 private:
  std::function<storage::Manifest(const storage::Manifest&)> join_;
};

TEST_F(GenerationPublisherTest, BringsWhatBecomesActiveUpToDate) {
  LateDocument late([this](const storage::Manifest& manifest) { return Join(manifest, {TextDocument("late", "t")}); });
  GenerationPublisher publisher(store_.get(), &late);
  const storage::Manifest first = Build({TextDocument("a", "text")});
  ASSERT_THAT(publisher.Publish(first, {}, 2, 1000), IsOk());
  EXPECT_THAT(store_->manifests().Get("c", first.generation())->segments(), SizeIs(2));
  const std::string second = PublishNext();
  ASSERT_THAT(publisher.Activate("c", first.generation(), 1000), IsOk());
  EXPECT_EQ(Current(), first.generation());
  const auto activated = Open(*store_->manifests().Get("c", first.generation()));
  ASSERT_THAT(activated, IsOk());
  EXPECT_TRUE((*activated)->documents().Find("late").has_value());
}

TEST_F(GenerationPublisherTest, ActivatesNothingThatCannotBeBroughtUpToDate) {
  const std::string first = PublishNext();
  const std::string second = PublishNext();
  LateDocument late([](const storage::Manifest& manifest) { return manifest; });
  late.failure = absl::FailedPreconditionError("another model");
  GenerationPublisher publisher(store_.get(), &late);
  EXPECT_THAT(publisher.Activate("c", first, 1000), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(publisher.Publish(Build({TextDocument("d", "text")}), {}, 2, 1000),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Current(), second);
}

TEST_F(GenerationPublisherTest, PublishesAnUpsertUnderTheSameName) {
  const storage::Manifest first = Publish({TextDocument("a", "text")});
  const storage::Manifest upserted = Join(first, {TextDocument("b", "text")});
  {
    absl::MutexLock lock(&store_->publishing());
    ASSERT_THAT(publisher().PublishUpserts(upserted, {UpsertChange("c", "b", std::string(32, 'v'), 1000)}), IsOk());
  }
  Reopen();
  EXPECT_EQ(Current(), first.generation());
  EXPECT_THAT(store_->manifests().Get("c", Current())->segments(), SizeIs(2));
  const auto upserts = store_->changes().UpsertsAfter("c", 0);
  ASSERT_THAT(upserts, IsOk());
  ASSERT_THAT(*upserts, SizeIs(1));
  EXPECT_EQ((*upserts)[0].document_id(), "b");
}

TEST_F(GenerationPublisherTest, DoesNotRetireWhatItPublishesAgain) {
  const storage::Manifest first = Publish({TextDocument("d", "text")});
  const std::string second = PublishNext();
  const std::string third = PublishNext();
  ASSERT_THAT(publisher().Publish(first, {}, 1, 1000), IsOk());
  EXPECT_EQ(Current(), first.generation());
  EXPECT_THAT(Kept(), ElementsAre(third, first.generation()));
}

TEST_F(GenerationPublisherTest, LeavesOtherCorporaAlone) {
  const storage::Manifest other = Publish({TextDocument("d", "text")}, 1, "other");
  for (int i = 0; i < 3; ++i) PublishNext(/*kept=*/1);
  EXPECT_THAT(store_->manifests().Get("other", other.generation()), IsOk());
  EXPECT_THAT(Open(other), IsOk());
}

TEST_F(GenerationPublisherTest, ActivatesAnEarlierGenerationAndKeepsTheOthers) {
  const std::string first = PublishNext();
  const std::string second = PublishNext();
  ASSERT_THAT(publisher().Activate("c", first, 1000), IsOk());
  Reopen();
  EXPECT_EQ(Current(), first);
  EXPECT_THAT(Kept(), ElementsAre(second, first));
}

TEST_F(GenerationPublisherTest, ActivatesOnlyWhatIsKept) {
  const std::string retired = PublishNext();
  PublishNext(/*kept=*/1);
  const std::string third = PublishNext(/*kept=*/1);
  const uint64_t changes = store_->changes().last_sequence();
  for (const std::string& name : {retired, std::string("g99999999"), std::string()}) {
    EXPECT_THAT(publisher().Activate("c", name, 1000), StatusIs(absl::StatusCode::kNotFound)) << name;
  }
  EXPECT_THAT(publisher().Activate("other", third, 1000), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Current(), third);
  EXPECT_EQ(store_->changes().last_sequence(), changes);
}

TEST_F(GenerationPublisherTest, ChangesNothingWhenItCannotWrite) {
  const std::string first = PublishNext();
  const storage::Manifest second = Build({TextDocument("d", "text")});
  Reopen(Database::Access::kReadOnly);
  EXPECT_THAT(publisher().Publish(second, {Retraction("d")}, 2, 1000), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(publisher().Activate("c", first, 1000), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(Current(), first);
  EXPECT_THAT(*store_->changes().Notices("c"), IsEmpty());
}

// One publishes while another activates what is about to go: whatever the order, what serves is kept.
TEST_F(GenerationPublisherTest, NeverLetsThatServeWhichIsRetiredAtTheSameTime) {
  for (int round = 0; round < 10; ++round) {
    const std::string first = PublishNext(/*kept=*/1);
    PublishNext(/*kept=*/1);
    const storage::Manifest third = Build({TextDocument("d", "text")});
    std::thread activating([&] {
      EXPECT_THAT(publisher().Activate("c", first, 1000).code(),
                  AnyOf(absl::StatusCode::kOk, absl::StatusCode::kNotFound));
    });
    EXPECT_THAT(publisher().Publish(third, {}, 1, 1000), IsOk());
    activating.join();
    EXPECT_THAT(store_->manifests().Get("c", Current()), IsOk());
  }
}

// What a process leaves behind when it dies at each of its steps: the folder as it is at that moment.
class CrashTest : public GenerationPublisherTest {
 protected:
  // What serves after the process that was here has died, and what else is kept.
  std::vector<std::string> KeptAfterACrash() {
    const std::string left = TempFolder();
    std::filesystem::copy(path_, left, std::filesystem::copy_options::recursive);
    const auto store = EvidenceStore::Open(left, Database::Access::kReadWrite);
    EXPECT_THAT(store, IsOk());
    std::vector<std::string> names = {(*store)->manifests().Current("c")->value_or("")};
    const auto manifests = (*store)->manifests().Manifests("c");
    for (const storage::Manifest& manifest : *manifests) {
      EXPECT_THAT(Generation::Open((*store)->segments(), manifest, config_), IsOk());
      if (manifest.generation() != names[0]) names.push_back(manifest.generation());
    }
    EXPECT_THAT(*(*store)->segments().Segments(), SizeIs(manifests->size())) << "the rest is reclaimed";
    return names;
  }
};

TEST_F(CrashTest, LeavesTheOldGenerationServingUntilTheNewOneIsPublished) {
  const std::string first = PublishNext();
  const auto builder = Builder();
  ASSERT_THAT(builder, IsOk());
  EXPECT_THAT(KeptAfterACrash(), ElementsAre(first)) << "after the segment was numbered";
  ASSERT_THAT(Add(TextDocument("d", "text"), builder->get()), IsOk());
  EXPECT_THAT(KeptAfterACrash(), ElementsAre(first)) << "after passages were written";
  const auto built = (*builder)->Finish();
  ASSERT_THAT(built, IsOk());
  EXPECT_THAT(KeptAfterACrash(), ElementsAre(first)) << "after the indexes were written";
  const storage::Manifest manifest = GenerationOf("c", Embedder(), built->manifest);
  ASSERT_THAT(publisher().Publish(manifest, {}, 2, 1000), IsOk());
  EXPECT_THAT(KeptAfterACrash(), ElementsAre(manifest.generation(), first)) << "after it was published";
  ASSERT_THAT(publisher().Activate("c", first, 1000), IsOk());
  EXPECT_THAT(KeptAfterACrash(), ElementsAre(first, manifest.generation())) << "after the roll-back";
}

TEST_F(CrashTest, DoesNotOpenWhatHasLostASyncedWrite) {
  PublishNext();
  const std::string left = TempFolder();
  std::filesystem::copy(path_, left, std::filesystem::copy_options::recursive);
  for (const auto& file : std::filesystem::directory_iterator(left)) {
    if (file.path().extension() == ".log") std::filesystem::resize_file(file.path(), file.file_size() / 2);
  }
  EXPECT_THAT(EvidenceStore::Open(left, Database::Access::kReadWrite),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("went back in time")));
}

// The last file that was written is cut off at any length, and its witness is gone as well: what an operator goes on
// with who has read that the store went back in time.
TEST_F(CrashTest, LeavesAWholeGenerationWhereverTheWritingStopped) {
  const std::string first = PublishNext();
  const std::string second = PublishNext();
  std::filesystem::path log;
  for (const auto& file : std::filesystem::directory_iterator(path_)) {
    if (file.path().extension() == ".log" && file.path() > log) log = file.path();
  }
  ASSERT_FALSE(log.empty());
  ASSERT_TRUE(std::filesystem::remove(std::filesystem::path(path_) / "LAST_SYNCED"));
  const auto whole = std::filesystem::file_size(log);
  std::vector<std::string> serving;
  for (uintmax_t missing = 0; missing < whole; missing += whole / 23 + 1) {
    std::filesystem::resize_file(log, whole - missing);
    serving.push_back(KeptAfterACrash().front());
    EXPECT_THAT(serving.back(), AnyOf(second, first, std::string()));
  }
  EXPECT_EQ(serving.front(), second);
  EXPECT_THAT(serving, ::testing::Contains(first)) << "some cut fell between the two";
}

TEST_F(GenerationPublisherTest, KeepsAGenerationThatDoesNotServeTogetherWithItsNotices) {
  const std::string first = PublishNext();
  const storage::Manifest manifest = Build({TextDocument("d", "text")});
  ASSERT_THAT(publisher().Keep(manifest, {Retraction("d")}, 2, 1000), IsOk());
  EXPECT_EQ(Current(), first);
  EXPECT_THAT(Kept(), ElementsAre(manifest.generation(), first));
  EXPECT_THAT(*store_->changes().Notices("c"), SizeIs(1));
  const std::string third = PublishNext(1);
  EXPECT_THAT(Kept(), ElementsAre(third, first)) << "what served is kept before what never did";
}

TEST_F(GenerationPublisherTest, RetiresAKeptGenerationForGood) {
  const std::string first = PublishNext();
  const std::string second = PublishNext();
  ASSERT_THAT(publisher().RetireKept("c", first), IsOk());
  Reopen();
  EXPECT_THAT(Kept(), ElementsAre(second));
  EXPECT_EQ(Current(), second);
  EXPECT_THAT(publisher().RetireKept("c", first), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(GenerationPublisherTest, NeverRetiresTheActiveOne) {
  const std::string first = PublishNext();
  EXPECT_THAT(publisher().RetireKept("c", first),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("Activate another")));
  EXPECT_THAT(publisher().RetireKept("another", first), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Kept(), ElementsAre(first));
}

TEST_F(GenerationPublisherTest, RetiresAGenerationThatIsReadAndItsSegmentsOnceItIsNot) {
  const std::string first = PublishNext();
  PublishNext();
  auto opened = Open(*store_->manifests().Get("c", first));
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT(publisher().RetireKept("c", first), IsOk());
  EXPECT_THAT(*store_->manifests().Manifests("c"), SizeIs(1));
  EXPECT_THAT(store_->segments().GetPassages((*opened)->segments()[0]->number(), {PassageAt(0)}), IsOk());
  opened->reset();
  PublishNext();
  EXPECT_THAT(*store_->segments().Segments(), SizeIs(2));
}

}  // namespace
}  // namespace bedside
