// A tokenizer without a model, for tests: every word and every punctuation mark is one piece.
#ifndef BEDSIDE_TESTS_INGEST_CHUNKING_WORD_TOKENIZER_H_
#define BEDSIDE_TESTS_INGEST_CHUNKING_WORD_TOKENIZER_H_

#include <fstream>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "index/text/wordpiece_tokenizer.h"

namespace bedside {

inline std::unique_ptr<WordPieceTokenizer> MakeWordTokenizer() {
  const std::string path = testing::TempDir() + "/word_tokenizer.json";
  std::ofstream(path) << R"({"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 100,
              "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}}})";
  return *WordPieceTokenizer::Create(path);
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_CHUNKING_WORD_TOKENIZER_H_
