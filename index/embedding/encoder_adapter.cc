#include "index/embedding/encoder_adapter.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/hash/file_sha256.h"
#include "index/status/status_macros.h"
#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

using Constant = ov::opset13::Constant;

constexpr size_t kHalfBytes = 2;

absl::Status Refused(const std::string& path, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat("adapter ", path, ": ", reason, "."));
}

absl::Status NoAdapter(const std::string& path, absl::string_view reason) {
  return Refused(path, absl::StrCat(reason, ". Name one that tools/adapter made for this model, or none"));
}

constexpr char kMakeAnother[] = "; make one for this with tools/adapter/distil.py, or leave question_adapter_path out";

// In words. `digest`: of its file, empty: there is none.
std::string AdapterOf(absl::string_view digest) {
  return digest.empty() ? "no adapter" : absl::StrCat("the adapter of SHA-256 ", digest);
}

float HalfAt(const std::string& halves, size_t i) {
  const auto byte = [&](size_t at) { return static_cast<uint16_t>(static_cast<unsigned char>(halves[at])); };
  const size_t at = kHalfBytes * i;
  return ov::float16::from_bits(static_cast<uint16_t>(byte(at) | byte(at + 1) << 8));
}

// The constants that are vectors of floats, by name: weights of products are matrices, epsilons are single numbers.
std::map<std::string, std::shared_ptr<Constant>> VectorsOf(const ov::Model& model) {
  std::map<std::string, std::shared_ptr<Constant>> vectors;
  for (const auto& node : model.get_ops()) {
    const auto constant = ov::as_type_ptr<Constant>(node);
    if (constant == nullptr || constant->get_element_type() != ov::element::f32) continue;
    if (constant->get_shape().size() == 1) vectors[node->get_friendly_name()] = constant;
  }
  return vectors;
}

// Nothing where a sum is not finite.
std::shared_ptr<Constant> Sum(const Constant& constant, const std::string& halves) {
  std::vector<float> values = constant.cast_vector<float>();
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] += HalfAt(halves, i);
    if (!std::isfinite(values[i])) return nullptr;
  }
  return std::make_shared<Constant>(ov::element::f32, constant.get_shape(), values);
}

}  // namespace

absl::StatusOr<EncoderAdapter> EncoderAdapter::Load(const std::string& path) {
  absl::StatusOr<std::string> digest = FileSha256Hex(path);
  if (!digest.ok()) {
    return absl::Status(digest.status().code(),
                        absl::StrCat("adapter ", digest.status().message(), "; correct the path, or leave it out"));
  }
  std::ifstream file(path, std::ios::binary);
  storage::EncoderAdapter adapter;
  if (!adapter.ParseFromIstream(&file)) return NoAdapter(path, "not an EncoderAdapter");
  if (adapter.changes().empty()) return NoAdapter(path, "wanted a change, got none");
  return EncoderAdapter(path, *std::move(digest), std::move(adapter));
}

absl::StatusOr<EncoderAdapter> EncoderAdapter::LoadFor(absl::string_view model_digest, const std::string& path) {
  ASSIGN_OR_RETURN(EncoderAdapter adapter, Load(path));
  if (adapter.model_digest() == model_digest) return adapter;
  return absl::InvalidArgumentError(absl::StrCat("adapter ", path, ": belongs to the model.onnx of SHA-256 ",
                                                 adapter.model_digest(), ", not to that of model_path; name the ",
                                                 "adapter of this model, or none"));
}

absl::Status EncoderAdapter::CheckIsForAllTexts() const {
  if (!adapter_.has_questions_of()) return absl::OkStatus();
  return Refused(path_,
                 "is for questions alone; name it as question_adapter_path, and as adapter_path the one that it "
                 "belongs to");
}

absl::Status EncoderAdapter::CheckIsForQuestionsOf(absl::string_view adapter_digest,
                                                   absl::string_view query_prefix) const {
  if (!adapter_.has_questions_of()) return Refused(path_, "is not for questions alone; name it as adapter_path");
  const storage::QuestionsOf& learned = adapter_.questions_of();
  if (learned.adapter_sha256() != adapter_digest) {
    return Refused(path_, absl::StrCat("has learned the questions of ", AdapterOf(learned.adapter_sha256()),
                                       ", adapter_path names ", AdapterOf(adapter_digest), kMakeAnother));
  }
  if (learned.query_prefix() == query_prefix) return absl::OkStatus();
  return Refused(path_, absl::StrCat("has learned questions behind \"", absl::CHexEscape(learned.query_prefix()),
                                     "\", query_prefix is \"", absl::CHexEscape(query_prefix), "\"", kMakeAnother));
}

absl::Status EncoderAdapter::AddTo(ov::Model& model) const {
  auto vectors = VectorsOf(model);
  for (const storage::TensorChange& change : adapter_.changes()) {
    const auto found = vectors.find(change.name());
    if (found == vectors.end()) {
      return NoAdapter(path_,
                       absl::StrCat(change.name(), ": the model has no vector of floats of this name that is not ",
                                    "changed already"));
    }
    const size_t wanted = ov::shape_size(found->second->get_shape());
    if (change.halves().size() != kHalfBytes * wanted) {
      return NoAdapter(path_, absl::StrCat(change.name(), ": has ", change.halves().size(), " bytes, and the model ",
                                           wanted, " values of two bytes of this name"));
    }
    const auto sum = Sum(*found->second, change.halves());
    if (sum == nullptr) return NoAdapter(path_, absl::StrCat(change.name(), ": not all finite"));
    sum->set_friendly_name(change.name());
    ov::replace_node(found->second, sum);
    vectors.erase(found);
  }
  return absl::OkStatus();
}

}  // namespace bedside
