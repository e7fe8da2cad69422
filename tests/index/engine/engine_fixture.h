// An engine over what GenerationFixture has published, and how it is asked.
#ifndef BEDSIDE_TESTS_INDEX_ENGINE_ENGINE_FIXTURE_H_
#define BEDSIDE_TESTS_INDEX_ENGINE_ENGINE_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "index/engine/evidence_engine.h"
#include "tests/index/generation/generation_fixture.h"

namespace bedside {

constexpr char kRequest[] = "5f0d2a9c-request";

inline storage::StatusNotice NoticeOn(const std::string& document, v1::DocumentStatus status) {
  storage::StatusNotice notice;
  notice.set_document_id(document);
  notice.set_status(status);
  notice.set_origin(storage::STATUS_ORIGIN_OPERATOR);
  return notice;
}

template <typename Engine>
class EngineFixture : public GenerationFixture {
 protected:
  std::shared_ptr<const EvidenceView> View() {
    auto view = engine_->View("c");
    EXPECT_THAT(view, IsOk());
    return *view;
  }

  std::vector<size_t> Found(const CandidateQuery& query) {
    const auto candidates = engine_->Search(*View(), query);
    EXPECT_THAT(candidates, IsOk());
    std::vector<size_t> found;
    for (const ScoredPassage& passage : candidates->lexical) found.push_back(IndexOf(passage.passage));
    return found;
  }

  CandidateQuery Words(const std::string& text) {
    CandidateQuery query;
    for (const std::string& term : analyzer_->Terms(text)) query.terms.push_back({term, 1.0F});
    return query;
  }

  config::IndexConfig index_;
  storage::Manifest first_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_ENGINE_ENGINE_FIXTURE_H_
