// Tiny encoders in ONNX whose vectors can be reckoned by hand, and models that are no encoders.
#ifndef BEDSIDE_TESTS_INDEX_EMBEDDING_ONNX_ENCODER_H_
#define BEDSIDE_TESTS_INDEX_EMBEDDING_ONNX_ENCODER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bedside {

// One graph of the operators that it is given, serialised as onnx.proto says (opset 11).
class OnnxGraph {
 public:
  // A matrix of int64, [texts, tokens].
  OnnxGraph& Input(absl::string_view name) {
    absl::StrAppend(&graph_, Field(11, MatrixNamed(name)));
    return *this;
  }

  // `attribute` is a serialised AttributeProto, or empty.
  OnnxGraph& Node(absl::string_view operation, const std::vector<std::string>& inputs, absl::string_view output,
                  const std::string& attribute = "") {
    std::string node;
    for (const std::string& input : inputs) absl::StrAppend(&node, Field(1, input));
    absl::StrAppend(&node, Field(2, output), Field(3, output), Field(4, operation));
    if (!attribute.empty()) absl::StrAppend(&node, Field(5, attribute));
    absl::StrAppend(&graph_, Field(1, node));
    return *this;
  }

  OnnxGraph& Constant(absl::string_view name, const std::vector<int64_t>& values) {
    std::string tensor = absl::StrCat(Number(1, values.size()), Number(2, kInt64));
    for (int64_t value : values) absl::StrAppend(&tensor, Number(7, static_cast<uint64_t>(value)));
    absl::StrAppend(&graph_, Field(5, absl::StrCat(tensor, Field(8, name))));
    return *this;
  }

  // The model whose one output is `output`, floats of any shape.
  std::string WithOutput(absl::string_view output) const {
    const std::string type = Field(1, Number(1, kFloat));
    const std::string graph =
        absl::StrCat(graph_, Field(2, "graph"), Field(12, absl::StrCat(Field(1, output), Field(2, type))));
    return absl::StrCat(Number(1, 7), Field(7, graph), Field(8, absl::StrCat(Field(1, ""), Number(2, 11))));
  }

  static std::string Int(absl::string_view name, uint64_t value) {
    return absl::StrCat(Field(1, name), Number(3, value), Number(20, 2));
  }
  static std::string Ints(absl::string_view name, uint64_t value) {
    return absl::StrCat(Field(1, name), Number(8, value), Number(20, 7));
  }

  // Of TensorProto.DataType.
  static constexpr uint64_t kFloat = 1, kInt64 = 7;

 private:
  static std::string Varint(uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
    return bytes;
  }
  static std::string Number(uint64_t field, uint64_t value) { return Varint(field << 3) + Varint(value); }
  static std::string Field(uint64_t field, absl::string_view bytes) {
    return absl::StrCat(Varint(field << 3 | 2), Varint(bytes.size()), bytes);
  }
  static std::string MatrixNamed(absl::string_view name) {
    const std::string shape = absl::StrCat(Field(1, Field(2, "texts")), Field(1, Field(2, "tokens")));
    const std::string type = Field(1, absl::StrCat(Number(1, kInt64), Field(2, shape)));
    return absl::StrCat(Field(1, name), Field(2, type));
  }

  std::string graph_;
};

// Ids and mask as columns: the names "id" and "mask", [texts, tokens, 1] each.
inline OnnxGraph IdAndMask() {
  const std::string to_float = OnnxGraph::Int("to", OnnxGraph::kFloat);
  const std::string last = OnnxGraph::Ints("axes", 2);
  return OnnxGraph()
      .Input("input_ids")
      .Input("attention_mask")
      .Node("Cast", {"input_ids"}, "flat_id", to_float)
      .Node("Cast", {"attention_mask"}, "flat_mask", to_float)
      .Node("Unsqueeze", {"flat_id"}, "id", last)
      .Node("Unsqueeze", {"flat_mask"}, "mask", last);
}

// An encoder of two dimensions: the vector of a token is (1, its id), of padding (0, the id of padding).
inline std::string IdEncoder() {
  return IdAndMask().Node("Concat", {"mask", "id"}, "vectors", OnnxGraph::Int("axis", 2)).WithOutput("vectors");
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_EMBEDDING_ONNX_ENCODER_H_
