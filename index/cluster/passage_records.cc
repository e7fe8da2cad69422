#include "index/cluster/passage_records.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "index/cluster/segment_schema.h"
#include "index/interaction/token_codes.h"
#include "index/status/status_macros.h"
#include "index/store/token_store.h"

namespace bedside {
namespace {

std::string VectorJson(const std::vector<float>& values) {
  std::string json = "[";
  for (const float value : values) absl::StrAppendFormat(&json, "%s%.9g", json.size() > 1 ? "," : "", value);
  return json + "]";
}

std::string BytesOf(const std::vector<float>& values) {
  return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

}  // namespace

absl::Status PassageRecords::ForEach(
    const std::function<absl::Status(size_t passage, absl::string_view record)>& visit) const {
  for (size_t begin = 0; begin < segment_->passages(); begin += kBatch) {
    RETURN_IF_ERROR(ForEachOf(begin, std::min(begin + kBatch, segment_->passages()), visit));
  }
  return absl::OkStatus();
}

absl::Status PassageRecords::ForEachOf(
    size_t begin, size_t end,
    const std::function<absl::Status(size_t passage, absl::string_view record)>& visit) const {
  std::vector<PassageOrdinal> ordinals;
  for (size_t i = begin; i < end; ++i) ordinals.push_back(PassageAt(i));
  ASSIGN_OR_RETURN(const auto passages, store_->segments().GetPassages(segment_->number(), ordinals));
  std::vector<std::string> keys;
  for (const storage::Passage& passage : passages) keys.push_back(passage.embedding_key());
  ASSIGN_OR_RETURN(const auto codes, TokenStore(&store_->database(), CodeBytes(dimension_)).Get(keys));
  const std::vector<std::vector<Posting>> postings = PostingsOf(begin, end);
  for (size_t i = begin; i < end; ++i) {
    const auto& code = codes[i - begin];
    RETURN_IF_ERROR(
        visit(i, RecordOf(i, passages[i - begin], code.has_value() ? &*code : nullptr, postings[i - begin])));
  }
  return absl::OkStatus();
}

std::vector<std::vector<PassageRecords::Posting>> PassageRecords::PostingsOf(size_t begin, size_t end) const {
  std::vector<std::vector<Posting>> postings(end - begin);
  segment_->lexical().ForEachPosting(
      PassageAt(begin), PassageAt(end), [&](size_t term, PassageOrdinal passage, uint8_t impact) {
        postings[IndexOf(passage) - begin].push_back({static_cast<uint32_t>(term), impact});
      });
  return postings;
}

std::string PassageRecords::RecordOf(size_t ordinal, const storage::Passage& passage, const std::string* codes,
                                     const std::vector<Posting>& postings) const {
  std::vector<float> vector(dimension_);
  segment_->vectors().Read(PassageAt(ordinal), vector.data());
  storage::PassageSignals signals;
  signals.set_vector(BytesOf(vector));
  if (codes != nullptr) signals.set_token_codes(*codes);
  std::string terms;
  for (const Posting& posting : postings) {
    const absl::string_view term = segment_->lexical().term(posting.term);
    signals.add_terms(term.data(), term.size());
    signals.mutable_impacts()->push_back(static_cast<char>(posting.impact));
    absl::StrAppend(&terms, terms.empty() ? "" : ",", nlohmann::json(FeatureName(term)).dump(), ":",
                    static_cast<int>(posting.impact));
  }
  return absl::StrCat(R"({"passage":)", ordinal, R"(,"document":)", passage.document(), R"(,"begin":)", passage.begin(),
                      R"(,"end":)", passage.end(), R"(,"terms":{)", terms, R"(},"vector":)", VectorJson(vector),
                      R"(,"text":")", absl::Base64Escape(passage.SerializeAsString()), R"(","signals":")",
                      absl::Base64Escape(signals.SerializeAsString()), "\"}");
}

}  // namespace bedside
