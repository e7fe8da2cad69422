#include "services/grounding/meaning.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Vector = std::vector<float>;

double Product(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

double Cosine(const Vector& claim, const Vector& first, const Vector& second) {
  const double length = std::sqrt(2 + 2 * Product(first, second));
  return length == 0 ? 0 : (Product(claim, first) + Product(claim, second)) / length;
}

}  // namespace

absl::StatusOr<std::vector<double>> Meaning::Nearness(const std::vector<Pair>& pairs) {
  RETURN_IF_ERROR(Embed(pairs));
  std::vector<double> nearness;
  for (size_t i = 0; i < pairs.size(); ++i) nearness.push_back(Nearest(claims_[i], pairs[i].sentences));
  return nearness;
}

absl::Status Meaning::Embed(const std::vector<Pair>& pairs) {
  std::vector<std::string> texts;
  std::vector<const HeldSentence*> fresh;
  for (const Pair& pair : pairs) texts.push_back(pair.claim->text);
  for (const Pair& pair : pairs) {
    for (const HeldSentence* sentence : pair.sentences) {
      if (!sentences_.try_emplace(sentence).second) continue;
      fresh.push_back(sentence);
      texts.push_back(sentence->read.text);
    }
  }
  const auto embedded = embedder_->EmbedPassages(texts);
  if (!embedded.ok()) {
    for (const HeldSentence* sentence : fresh) sentences_.erase(sentence);
    return embedded.status();
  }
  const auto row = [&](size_t i) { return Vector(embedded->vectors.row(i).begin(), embedded->vectors.row(i).end()); };
  claims_.clear();
  for (size_t i = 0; i < pairs.size(); ++i) claims_.push_back(row(i));
  for (size_t i = 0; i < fresh.size(); ++i) sentences_[fresh[i]] = row(pairs.size() + i);
  return absl::OkStatus();
}

double Meaning::Nearest(const Vector& claim, const std::vector<const HeldSentence*>& sentences) const {
  double nearest = -1;
  for (const HeldSentence* sentence : sentences) {
    const Vector& vector = sentences_.at(sentence);
    nearest = std::max(nearest, Product(claim, vector));
    for (const HeldSentence* other : sentences) {
      if (other != sentence && other->source == sentence->source && other->span.begin > sentence->span.begin) {
        nearest = std::max(nearest, Cosine(claim, vector, sentences_.at(other)));
      }
    }
  }
  return nearest;
}

}  // namespace bedside
