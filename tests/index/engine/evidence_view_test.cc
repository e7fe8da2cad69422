#include "index/engine/evidence_view.h"

#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

storage::StatusNotice NoticeOn(const std::string& document, v1::DocumentStatus status) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

v1::EvidenceFilter Tagged(const std::string& tag) {
  v1::EvidenceFilter filter;
  filter.add_tags(tag);
  return filter;
}

class EvidenceViewTest : public GenerationFixture {
 protected:
  // Passages 0 and 1 are of `new`, 2 of `old`, which it supersedes, 3 of `other`; `empty` has none.
  void SetUp() override {
    GenerationFixture::SetUp();
    storage::Document newer = TextDocument("new", "one\ntwo");
    newer.add_supersedes("old");
    newer.add_tags("aspirin");
    storage::Document older = TextDocument("old", "three");
    older.add_tags("aspirin");
    generation_ = *Open(Build({TextDocument("empty", ""), newer, older, TextDocument("other", "four")}));
  }

  std::shared_ptr<const EvidenceView> View(const std::vector<storage::StatusNotice>& notices = {}) {
    return std::make_shared<const EvidenceView>(generation_, notices, 7);
  }

  static std::vector<size_t> Allowed(const EvidenceView& view, const v1::EvidenceFilter& filter) {
    std::vector<size_t> allowed;
    const std::shared_ptr<const SegmentBitmaps> bitmaps = view.Allowed(filter);
    for (size_t segment = 0; segment < bitmaps->size(); ++segment) {
      for (size_t i = 0; i < (*bitmaps)[segment].size(); ++i) {
        if (!(*bitmaps)[segment].Contains(PassageAt(i))) continue;
        allowed.push_back(IndexOf(view.generation().OrdinalOf({segment, PassageAt(i)})));
      }
    }
    return allowed;
  }

  std::shared_ptr<const Generation> generation_;
};

TEST_F(EvidenceViewTest, IsAGenerationAfterAChange) {
  const auto view = View();
  EXPECT_EQ(&view->generation(), generation_.get());
  EXPECT_EQ(view->change_sequence(), 7u);
}

TEST_F(EvidenceViewTest, EvidenceOfASetThatIsNotTrustedMustBeAskedFor) {
  storage::Document planted = TextDocument("planted", "five");
  planted.set_source_set("forum");
  generation_ = *Open(Build({TextDocument("own", "one"), planted}));
  const auto view = View();
  EXPECT_THAT(Allowed(*view, {}), ElementsAre(0));
  EXPECT_EQ(view->documents_in_force(), 1u);
  EXPECT_TRUE(view->trusted(0));
  EXPECT_FALSE(view->trusted(1));
  v1::EvidenceFilter filter;
  filter.add_source_sets("forum");
  EXPECT_THAT(Allowed(*view, filter), IsEmpty());
  filter.set_include_unreviewed(true);
  EXPECT_THAT(Allowed(*view, filter), ElementsAre(1));
  filter.add_source_sets("default");
  EXPECT_THAT(Allowed(*view, filter), ElementsAre(0, 1));
}

TEST_F(EvidenceViewTest, ListsSourceSetsAlsoThoseOfWhichOnlyTheWithdrawalIsKnown) {
  storage::Document planted = TextDocument("planted", "five");
  planted.set_source_set("forum");
  generation_ = *Open(Build({TextDocument("own", "one"), planted, TextDocument("second", "two")}));
  storage::StatusNotice gone;
  gone.set_source_set("gone");
  gone.set_status(v1::DOCUMENT_STATUS_WITHDRAWN);
  gone.set_reason("planted");
  const auto view = View({gone});
  ASSERT_EQ(view->source_sets().size(), 3u);
  EXPECT_EQ(view->source_sets()[0].name, "default");
  EXPECT_TRUE(view->source_sets()[0].trusted);
  EXPECT_EQ(view->source_sets()[0].documents, 2u);
  EXPECT_FALSE(view->source_sets()[0].withdrawal.has_value());
  EXPECT_EQ(view->source_sets()[1].name, "forum");
  EXPECT_FALSE(view->source_sets()[1].trusted);
  EXPECT_EQ(view->source_sets()[1].documents, 1u);
  EXPECT_EQ(view->source_sets()[2].name, "gone");
  EXPECT_EQ(view->source_sets()[2].documents, 0u);
  EXPECT_EQ(view->source_sets()[2].withdrawal->reason(), "planted");
}

TEST_F(EvidenceViewTest, CountsThePassagesWithATermWhateverTheirStatus) {
  EXPECT_EQ(View()->passages(), 4u);
  EXPECT_EQ(View()->PassagesWith("three"), 1u);
  EXPECT_EQ(View()->PassagesWith("heparin"), 0u);
}

TEST_F(EvidenceViewTest, AllowsWhatIsInForceWhenNothingIsAskedFor) {
  EXPECT_THAT(Allowed(*View(), {}), ElementsAre(0, 1, 3));
  EXPECT_EQ(View()->documents_in_force(), 3u) << "the empty document among them";
}

TEST_F(EvidenceViewTest, AllowsSupersededDocumentsOnlyWhenAskedFor) {
  v1::EvidenceFilter filter;
  filter.set_include_superseded(true);
  EXPECT_THAT(Allowed(*View(), filter), ElementsAre(0, 1, 2, 3));
}

TEST_F(EvidenceViewTest, NeverAllowsWhatIsRetractedWithdrawnOrDeleted) {
  v1::EvidenceFilter filter;
  filter.set_include_superseded(true);
  for (v1::DocumentStatus status :
       {v1::DOCUMENT_STATUS_WITHDRAWN, v1::DOCUMENT_STATUS_RETRACTED, v1::DOCUMENT_STATUS_DELETED}) {
    const auto view = View({NoticeOn("other", status)});
    EXPECT_THAT(Allowed(*view, filter), ElementsAre(0, 1, 2)) << v1::DocumentStatus_Name(status);
    EXPECT_EQ(view->standing(3).status, status);
    EXPECT_EQ(view->documents_in_force(), 2u);
  }
}

// A view never changes: a request that took it before the retraction ends as it began.
TEST_F(EvidenceViewTest, DoesNotSeeChangesThatCameAfterIt) {
  const auto before = View();
  const auto after = View({NoticeOn("other", v1::DOCUMENT_STATUS_RETRACTED)});
  EXPECT_THAT(Allowed(*after, {}), ElementsAre(0, 1));
  EXPECT_THAT(Allowed(*before, {}), ElementsAre(0, 1, 3));
}

TEST_F(EvidenceViewTest, AllowsWhatMeetsTheFilterAndIsInForce) {
  EXPECT_THAT(Allowed(*View(), Tagged("aspirin")), ElementsAre(0, 1));
  EXPECT_THAT(Allowed(*View({NoticeOn("new", v1::DOCUMENT_STATUS_RETRACTED)}), Tagged("aspirin")), ElementsAre(2))
      << "what is retracted supersedes nothing";
  EXPECT_THAT(Allowed(*View(), Tagged("heparin")), IsEmpty());
}

TEST_F(EvidenceViewTest, ResolvesEqualFiltersOnce) {
  const auto view = View();
  EXPECT_EQ(view->Allowed(Tagged("aspirin")), view->Allowed(Tagged("aspirin")));
  EXPECT_NE(view->Allowed(Tagged("aspirin")), view->Allowed(Tagged("heparin")));
}

TEST_F(EvidenceViewTest, AnswersAlsoMoreFiltersThanItRemembers) {
  const auto view = View();
  for (int i = 0; i < 200; ++i) EXPECT_THAT(Allowed(*view, Tagged(absl::StrCat("tag", i))), IsEmpty());
  EXPECT_THAT(Allowed(*view, Tagged("aspirin")), ElementsAre(0, 1));
}

TEST_F(EvidenceViewTest, RemembersAFilterThatIsUsedAmongManyThatAreUsedOnce) {
  const auto view = View();
  const auto everyday = view->Allowed(Tagged("aspirin"));
  for (int i = 0; i < 200; ++i) {
    view->Allowed(Tagged(absl::StrCat("tag", i)));
    EXPECT_EQ(view->Allowed(Tagged("aspirin")), everyday);
  }
}

TEST_F(EvidenceViewTest, AnswersManyThreadsAtOnce) {
  const auto view = View();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&view] {
      for (int i = 0; i < 100; ++i) EXPECT_THAT(Allowed(*view, Tagged("aspirin")), ElementsAre(0, 1));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(EvidenceViewTest, HasNothingInAnEmptyGeneration) {
  generation_ = *Open(Build({}));
  EXPECT_EQ(View()->documents_in_force(), 0u);
  EXPECT_THAT(Allowed(*View(), {}), IsEmpty());
}

class LabelledViewTest : public GenerationFixture {
 protected:
  // `secret` is of the set `trials`, replaces `open`, and has the passage 1.
  void SetUp() override {
    GenerationFixture::SetUp();
    storage::Document secret = TextDocument("secret", "two");
    secret.add_supersedes("open");
    secret.set_source_set("trials");
    config::IndexConfig config;
    config.add_trusted_source_sets("default");
    config.add_trusted_source_sets("trials");
    config.add_source_set_labels()->set_source_set("trials");
    config.mutable_source_set_labels(0)->add_labels("a");
    config.mutable_source_set_labels(0)->add_labels("b");
    view_ = std::make_shared<const EvidenceView>(*Open(Build({TextDocument("open", "one"), secret})),
                                                 std::vector<storage::StatusNotice>(), 7, absl::InfinitePast(),
                                                 SourceTrust(config));
  }

  std::shared_ptr<const EvidenceView> VisibleTo(const std::vector<std::string>& held) const {
    return EvidenceView::VisibleTo({/*all=*/false, {held.begin(), held.end()}}, view_);
  }
  static size_t Find(const EvidenceView& view, const std::string& document) {
    return *view.generation().documents().Find(document);
  }

  std::shared_ptr<const EvidenceView> view_;
};

TEST_F(LabelledViewTest, IsTheSameForWhoHoldsAllLabels) {
  EXPECT_EQ(EvidenceView::VisibleTo(AccessLabels(), view_), view_);
  EXPECT_EQ(VisibleTo({"a", "b", "c"}), view_);
  EXPECT_FALSE(view_->hides_anything());
}

TEST_F(LabelledViewTest, HasNoDocumentOfALabelThatIsNotHeld) {
  for (const std::vector<std::string>& held : std::vector<std::vector<std::string>>{{}, {"a"}, {"b"}, {"trials"}}) {
    const std::shared_ptr<const EvidenceView> view = VisibleTo(held);
    EXPECT_TRUE(view->hides(Find(*view, "secret")));
    EXPECT_FALSE(view->hides(Find(*view, "open")));
    EXPECT_EQ(view->standing(Find(*view, "secret")).status, v1::DOCUMENT_STATUS_DELETED);
    EXPECT_EQ(view->standing(Find(*view, "open")).status, v1::DOCUMENT_STATUS_CURRENT);
    EXPECT_EQ(view->documents_in_force(), 1u);
    ASSERT_EQ(view->source_sets().size(), 1u);
    EXPECT_EQ(view->source_sets()[0].name, "default");
    EXPECT_EQ(view->change_sequence(), 7u);
    EXPECT_EQ(view->language().words->size(), 0u);
    EXPECT_FALSE(view->is_empty());
  }
  EXPECT_EQ(view_->standing(Find(*view_, "open")).status, v1::DOCUMENT_STATUS_SUPERSEDED);
}

TEST_F(LabelledViewTest, IsMadeOnceAndOutlivesTheOneThatItIsOf) {
  std::shared_ptr<const EvidenceView> view = VisibleTo({"a"});
  EXPECT_EQ(VisibleTo({"b"}).get(), view.get()) << "they hide the same";
  view_.reset();
  EXPECT_EQ(view->documents_in_force(), 1u);
}

}  // namespace
}  // namespace bedside
