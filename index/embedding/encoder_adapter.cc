#include "index/embedding/encoder_adapter.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"
#include "openvino/opsets/opset13.hpp"

namespace bedside {
namespace {

using Constant = ov::opset13::Constant;

constexpr size_t kHalfBytes = 2;

absl::Status NoAdapter(const std::string& path, absl::string_view reason) {
  return absl::InvalidArgumentError(
      absl::StrCat("adapter ", path, ": ", reason, ". Name one that tools/adapter made for this model, or none."));
}

float HalfAt(const std::string& halves, size_t i) {
  const auto byte = [&](size_t at) { return static_cast<uint16_t>(static_cast<unsigned char>(halves[at])); };
  const size_t at = kHalfBytes * i;
  return ov::float16::from_bits(static_cast<uint16_t>(byte(at) | byte(at + 1) << 8));
}

// The constants of floats, by name.
std::map<std::string, std::shared_ptr<Constant>> FloatsOf(const ov::Model& model) {
  std::map<std::string, std::shared_ptr<Constant>> floats;
  for (const auto& node : model.get_ops()) {
    const auto constant = ov::as_type_ptr<Constant>(node);
    if (constant != nullptr && constant->get_element_type() == ov::element::f32) {
      floats[node->get_friendly_name()] = constant;
    }
  }
  return floats;
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
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("adapter ", path, ": no such file"));
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  storage::EncoderAdapter adapter;
  if (!adapter.ParseFromString(bytes)) return NoAdapter(path, "not an EncoderAdapter");
  if (adapter.changes().empty()) return NoAdapter(path, "wanted a change, got none");
  return EncoderAdapter(path, Sha256Hex(bytes), std::move(adapter));
}

absl::Status EncoderAdapter::AddTo(ov::Model& model) const {
  const auto floats = FloatsOf(model);
  for (const storage::TensorChange& change : adapter_.changes()) {
    const auto found = floats.find(change.name());
    const size_t wanted = found == floats.end() ? 0 : ov::shape_size(found->second->get_shape());
    if (wanted == 0 || change.halves().size() != kHalfBytes * wanted) {
      return NoAdapter(path_, absl::StrCat(change.name(), ": has ", change.halves().size(), " bytes, and the model ",
                                           wanted, " values of two bytes of this name"));
    }
    const auto sum = Sum(*found->second, change.halves());
    if (sum == nullptr) return NoAdapter(path_, absl::StrCat(change.name(), ": not all finite"));
    sum->set_friendly_name(change.name());
    ov::replace_node(found->second, sum);
  }
  return absl::OkStatus();
}

}  // namespace bedside
