// Tiny cross-encoders in ONNX whose scores can be reckoned by hand: a word is worth its id.
#ifndef BEDSIDE_TESTS_INDEX_RANKING_CROSS_ENCODER_MODELS_H_
#define BEDSIDE_TESTS_INDEX_RANKING_CROSS_ENCODER_MODELS_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/embedding/onnx_encoder.h"

namespace bedside {

// The tokenizer.json of these words; any other word is worth nothing, [CLS] 1, [SEP] 2.
inline std::string WordTokenizer(const std::map<std::string, size_t>& words) {
  std::string vocab = R"("[PAD]": 7, "[CLS]": 1, "[SEP]": 2, "[UNK]": 0)";
  for (const auto& [word, id] : words) absl::StrAppend(&vocab, ", \"", word, "\": ", id);
  return absl::StrCat(R"({"normalizer": {"type": "BertNormalizer", "lowercase": true},
                          "pre_tokenizer": {"type": "BertPreTokenizer"},
                          "added_tokens": [{"content": "[SEP]", "id": 2}],
                          "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {)",
                      vocab, "}}}");
}

// The name "passage": the sum of the ids of the tokens of type 1, [pairs, 1].
inline OnnxGraph PassageSum() {
  return IdAndMask()
      .Input("token_type_ids")
      .Node("Cast", {"token_type_ids"}, "type", OnnxGraph::Int("to", OnnxGraph::kFloat))
      .Node("Mul", {"flat_id", "flat_mask"}, "kept")
      .Node("Mul", {"kept", "type"}, "kept_of_passage")
      .Node("ReduceSum", {"kept_of_passage"}, "passage", OnnxGraph::Ints("axes", 1));
}

// Scores a pair by the sum of the ids of the passage and its [SEP].
inline std::string PassageSumModel() { return PassageSum().WithOutput("passage"); }

// Scores no pair by a finite number.
inline std::string NotANumberModel() {
  return PassageSum().Node("Neg", {"passage"}, "negative").Node("Sqrt", {"negative"}, "root").WithOutput("root");
}

// The path of a new folder of a model.
inline std::string CrossEncoderFolder(const std::string& model, const std::map<std::string, size_t>& words) {
  const std::string folder = TempFolder();
  WriteFile(folder, "model.onnx", model);
  WriteFile(folder, "tokenizer.json", WordTokenizer(words));
  return folder;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_RANKING_CROSS_ENCODER_MODELS_H_
