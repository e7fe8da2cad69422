#include "index/text/wordpiece_tokenizer.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "index/status/status_macros.h"
#include "index/text/code_point.h"
#include "nlohmann/json.hpp"
#include "unicode/bytestream.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr absl::string_view kContinuation = "##";

// [CLS] and two [SEP].
constexpr size_t kSpecialTokensOfAPair = 3;

// The one code point whose lower case is two.
constexpr UChar32 kDottedCapitalI = 0x0130;
constexpr char kDottedSmallI[] = "i\u0307";

bool IsWhiteSpace(UChar32 c) { return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c); }

// The mask of the general category of `c` in Unicode 8, the version of the reference implementation: what came later is
// unassigned, and these six were something else.
uint32_t CategoryMask(UChar32 c) {
  switch (c) {
    case 0x166D:
    case 0x111C9:
      return U_GC_PO_MASK;
    case 0x1734:
      return U_GC_MN_MASK;
    case 0x1885:
    case 0x1886:
      return U_GC_LO_MASK;
    case 0xA9BD:
      return U_GC_MC_MASK;
  }
  UVersionInfo since;
  u_charAge(c, since);
  return since[0] > 8 ? U_GC_CN_MASK : U_GET_GC_MASK(c);
}

// Controls, format characters and private use; white space is none of them.
bool IsDropped(UChar32 c) {
  if (c >= ' ' && c < 0x7F) return false;
  if (c == '\t' || c == '\n' || c == '\r') return false;
  return c == 0xFFFD || (CategoryMask(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK)) != 0;
}

bool IsAccent(UChar32 c) { return c >= 0x80 && (CategoryMask(c) & U_GC_MN_MASK) != 0; }

// The ranges of the reference implementation, gaps included.
bool IsCjk(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
         (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool IsPunctuation(UChar32 c) {
  if (c < 0x80) return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || (c > 'z' && c < 0x7F);
  return (CategoryMask(c) & U_GC_P_MASK) != 0;
}

}  // namespace

struct WordPieceTokenizer::Vocabulary {
  using Ids = absl::flat_hash_map<std::string, int64_t>;

  // A token that is found in the text as it stands, before anything else.
  struct Special {
    std::string content;
    int64_t id;
  };

  Ids starts;         // pieces that begin a word
  Ids continuations;  // pieces that continue one, without "##"
  std::vector<Special> specials;
  std::string special_heads;  // first bytes of the specials
  size_t longest_piece = 0;
  size_t longest_word = 0;  // in code points; a longer one is unknown
  int64_t unknown = 0, cls = 0, sep = 0, pad = 0;
  bool clean_text = true, split_cjk = true, strip_accents = true, lower_case = true;

  absl::Status ReadPieces(const std::string& path, const Json& model);
  absl::Status ReadSpecials(const std::string& path, const Json& json);
  void ReadNormaliser(const Json& normaliser);

  std::string Clean(absl::string_view text) const;
  std::string Normalise(absl::string_view text) const;
  void AppendWord(absl::string_view word, size_t code_points, std::vector<int64_t>& ids) const;
  void AppendText(absl::string_view text, std::vector<int64_t>& ids) const;
  void AppendPieces(absl::string_view text, std::vector<int64_t>& ids) const;
};

// Drops what is not text and puts spaces around CJK characters.
std::string WordPieceTokenizer::Vocabulary::Clean(absl::string_view text) const {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (size_t i = 0; i < text.size();) {
    UChar32 c = NextCodePoint(text, i);
    if (clean_text && IsDropped(c)) continue;
    if (clean_text && IsWhiteSpace(c)) c = ' ';
    const bool apart = split_cjk && IsCjk(c);
    if (apart) out.push_back(' ');
    AppendCodePoint(c, out);
    if (apart) out.push_back(' ');
  }
  return out;
}

std::string WordPieceTokenizer::Vocabulary::Normalise(absl::string_view text) const {
  std::string decomposed = Clean(text);
  if (strip_accents) {
    const std::string cleaned = std::move(decomposed);
    decomposed.clear();
    icu::StringByteSink<std::string> sink(&decomposed, static_cast<int32_t>(cleaned.size()));
    UErrorCode error = U_ZERO_ERROR;
    icu::Normalizer2::getNFDInstance(error)->normalizeUTF8(
        0, icu::StringPiece(cleaned.data(), static_cast<int32_t>(cleaned.size())), sink, nullptr, error);
  }
  std::string out;
  out.reserve(decomposed.size());
  for (size_t i = 0; i < decomposed.size();) {
    const UChar32 c = NextCodePoint(decomposed, i);
    if (strip_accents && IsAccent(c)) continue;
    if (lower_case && c == kDottedCapitalI) {
      out.append(kDottedSmallI);
    } else {
      AppendCodePoint(lower_case ? u_tolower(c) : c, out);
    }
  }
  return out;
}

// Longest piece first; a word of which any part is not in the vocabulary is one unknown piece.
void WordPieceTokenizer::Vocabulary::AppendWord(absl::string_view word, size_t code_points,
                                                std::vector<int64_t>& ids) const {
  const size_t first = ids.size();
  bool known = code_points <= longest_word;
  for (size_t begin = 0; known && begin < word.size();) {
    const Ids& pieces = begin == 0 ? starts : continuations;
    size_t length = std::min(word.size() - begin, longest_piece);
    auto piece = pieces.end();
    while (length > 0 && (piece = pieces.find(word.substr(begin, length))) == pieces.end()) --length;
    known = length > 0;
    if (known) ids.push_back(piece->second);
    begin += length;
  }
  if (known) return;
  ids.resize(first);
  ids.push_back(unknown);
}

// Text without special tokens.
void WordPieceTokenizer::Vocabulary::AppendText(absl::string_view text, std::vector<int64_t>& ids) const {
  const std::string normalised = Normalise(text);
  const absl::string_view view = normalised;
  size_t word_begin = 0, word_length = 0;
  const auto end_word = [&](size_t end) {
    if (word_length > 0) AppendWord(view.substr(word_begin, end - word_begin), word_length, ids);
    word_length = 0;
  };
  for (size_t begin = 0, end = 0; begin < view.size(); begin = end) {
    const UChar32 c = NextCodePoint(view, end);
    const bool punctuation = IsPunctuation(c);
    if (!punctuation && !IsWhiteSpace(c)) {
      if (word_length++ == 0) word_begin = begin;
      continue;
    }
    end_word(begin);
    if (punctuation) AppendWord(view.substr(begin, end - begin), 1, ids);
  }
  end_word(view.size());
}

// Special tokens stand for themselves, the longest one where two begin at the same place.
void WordPieceTokenizer::Vocabulary::AppendPieces(absl::string_view text, std::vector<int64_t>& ids) const {
  size_t begin = 0;
  for (size_t i = text.find_first_of(special_heads); i != absl::string_view::npos;) {
    const Special* found = nullptr;
    for (const Special& special : specials) {
      const bool longer = found == nullptr || special.content.size() > found->content.size();
      if (longer && absl::StartsWith(text.substr(i), special.content)) found = &special;
    }
    if (found == nullptr) {
      ++i;
    } else {
      AppendText(text.substr(begin, i - begin), ids);
      ids.push_back(found->id);
      begin = i += found->content.size();
    }
    i = text.find_first_of(special_heads, i);
  }
  AppendText(text.substr(begin), ids);
}

namespace {

absl::Status Invalid(const std::string& path, absl::string_view wanted) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": wanted ", wanted, "; take the tokenizer.json that belongs to an uncased BERT model"));
}

const Json& Member(const Json& json, const char* name) {
  static const Json null;
  const auto it = json.find(name);
  return it == json.end() ? null : *it;
}

bool HasType(const Json& json, absl::string_view type) {
  const Json& value = Member(json, "type");
  return value.is_string() && value.get_ref<const std::string&>() == type;
}

bool Flag(const Json& json, const char* name, bool unset) {
  const Json& value = Member(json, name);
  return value.is_boolean() ? value.get<bool>() : unset;
}

absl::StatusOr<Json> ReadJson(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": no such file; put the model's tokenizer.json there"));
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (bytes.bad()) return Invalid(path, "a file that can be read");
  Json json = Json::parse(bytes.str(), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object()) return Invalid(path, "a JSON object");
  return json;
}

}  // namespace

absl::Status WordPieceTokenizer::Vocabulary::ReadPieces(const std::string& path, const Json& model) {
  const Json& pieces = Member(model, "vocab");
  if (!HasType(model, "WordPiece") || !pieces.is_object())
    return Invalid(path, "a model of type WordPiece with a vocab");
  const Json& prefix = Member(model, "continuing_subword_prefix");
  if (prefix.is_string() && prefix.get_ref<const std::string&>() != kContinuation) {
    return Invalid(path, "the continuing_subword_prefix '##'");
  }
  const Json& limit = Member(model, "max_input_chars_per_word");
  longest_word = limit.is_number_unsigned() ? limit.get<size_t>() : 100;
  for (const auto& [text, id] : pieces.items()) {
    if (!id.is_number_unsigned()) return Invalid(path, "ids that are not negative");
    absl::string_view piece = text;
    const bool continues = piece.size() > kContinuation.size() && absl::ConsumePrefix(&piece, kContinuation);
    (continues ? continuations : starts).emplace(piece, id.get<int64_t>());
    longest_piece = std::max(longest_piece, piece.size());
  }
  return absl::OkStatus();
}

void WordPieceTokenizer::Vocabulary::ReadNormaliser(const Json& normaliser) {
  clean_text = Flag(normaliser, "clean_text", true);
  split_cjk = Flag(normaliser, "handle_chinese_chars", true);
  lower_case = Flag(normaliser, "lowercase", true);
  strip_accents = Flag(normaliser, "strip_accents", lower_case);
}

absl::Status WordPieceTokenizer::Vocabulary::ReadSpecials(const std::string& path, const Json& json) {
  const Json& name = Member(Member(json, "model"), "unk_token");
  const std::string unknown_name = name.is_string() ? name.get<std::string>() : "[UNK]";
  const std::pair<std::string, int64_t*> wanted[] = {
      {unknown_name, &unknown}, {"[CLS]", &cls}, {"[SEP]", &sep}, {"[PAD]", &pad}};
  for (const auto& [piece, id] : wanted) {
    const auto it = starts.find(piece);
    if (it == starts.end()) return Invalid(path, absl::StrCat(piece, " in the vocab"));
    *id = it->second;
  }
  for (const Json& token : Member(json, "added_tokens")) {
    const Json& content = Member(token, "content");
    const Json& id = Member(token, "id");
    if (!content.is_string() || content.get_ref<const std::string&>().empty() || !id.is_number_unsigned()) {
      return Invalid(path, "added_tokens with a content and an id");
    }
    for (const char* flag : {"lstrip", "rstrip", "single_word", "normalized"}) {
      if (Flag(token, flag, false)) {
        return Invalid(path, "added_tokens without lstrip, rstrip, single_word and normalized");
      }
    }
    specials.push_back({content.get<std::string>(), id.get<int64_t>()});
    special_heads.push_back(specials.back().content.front());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<WordPieceTokenizer>> WordPieceTokenizer::Create(const std::string& tokenizer_json_path) {
  ASSIGN_OR_RETURN(const Json json, ReadJson(tokenizer_json_path));
  if (!HasType(Member(json, "normalizer"), "BertNormalizer") ||
      !HasType(Member(json, "pre_tokenizer"), "BertPreTokenizer")) {
    return Invalid(tokenizer_json_path, "a BertNormalizer and a BertPreTokenizer");
  }
  auto vocabulary = std::make_unique<Vocabulary>();
  RETURN_IF_ERROR(vocabulary->ReadPieces(tokenizer_json_path, Member(json, "model")));
  RETURN_IF_ERROR(vocabulary->ReadSpecials(tokenizer_json_path, json));
  vocabulary->ReadNormaliser(Member(json, "normalizer"));
  return absl::WrapUnique(new WordPieceTokenizer(std::move(vocabulary)));
}

WordPieceTokenizer::WordPieceTokenizer(std::unique_ptr<Vocabulary> vocabulary) : vocabulary_(std::move(vocabulary)) {}

WordPieceTokenizer::~WordPieceTokenizer() = default;

std::vector<int64_t> WordPieceTokenizer::Encode(absl::string_view text, size_t max_tokens) const {
  std::vector<int64_t> ids = {vocabulary_->cls};
  vocabulary_->AppendPieces(text, ids);
  ids.resize(std::min(ids.size(), max_tokens - 1));
  ids.push_back(vocabulary_->sep);
  return ids;
}

TokenPair WordPieceTokenizer::EncodePair(absl::string_view first, absl::string_view second, size_t max_tokens) const {
  std::vector<int64_t> begin, end;
  vocabulary_->AppendPieces(first, begin);
  vocabulary_->AppendPieces(second, end);
  const size_t room = max_tokens - kSpecialTokensOfAPair;
  const size_t left = room - std::min(room, end.size());
  begin.resize(std::min(begin.size(), std::max(room / 2, left)));
  end.resize(std::min(end.size(), room - begin.size()));
  TokenPair pair{{vocabulary_->cls}, begin.size() + 2};
  pair.ids.insert(pair.ids.end(), begin.begin(), begin.end());
  pair.ids.push_back(vocabulary_->sep);
  pair.ids.insert(pair.ids.end(), end.begin(), end.end());
  pair.ids.push_back(vocabulary_->sep);
  return pair;
}

size_t WordPieceTokenizer::CountPieces(absl::string_view text) const {
  std::vector<int64_t> ids;
  vocabulary_->AppendPieces(text, ids);
  return ids.size();
}

int64_t WordPieceTokenizer::pad_id() const { return vocabulary_->pad; }

}  // namespace bedside
