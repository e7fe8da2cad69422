#include "tools/eval/typing_error.h"

#include <cstddef>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"

namespace bedside {
namespace {

constexpr size_t kLeastLetters = 4;

// By letter, from a.
constexpr absl::string_view kNeighbours[] = {
    "qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop",  "njk",
    "bhjm", "iklp", "ol",   "wa",     "edft", "awedxz", "rfgy",   "yhji",   "cfgb", "qase",   "zsdc",  "tghu", "asx"};

struct Word {
  size_t begin;
  size_t size;
};

bool IsPartOfWord(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0; }

std::vector<Word> WordsToSpoil(absl::string_view text) {
  std::vector<Word> words;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    bool is_plain = true;
    for (; end < text.size() && IsPartOfWord(text[end]); ++end) {
      is_plain = is_plain && absl::ascii_isalpha(static_cast<unsigned char>(text[end]));
    }
    if (is_plain && end - begin >= kLeastLetters) words.push_back({begin, end - begin});
    begin = end + 1;
  }
  return words;
}

class Spoiler {
 public:
  Spoiler(absl::string_view id, uint64_t seed) : random_(FirstBytes(Sha256(absl::StrCat(seed, " ", id)))) {}

  size_t Below(size_t size) { return static_cast<size_t>(random_() % size); }

  std::string Spoil(std::string word) {
    switch (Below(4)) {
      case 0:
        word.insert(Below(word.size() + 1), 1, static_cast<char>('a' + Below(26)));
        return word;
      case 1:
        word.erase(Below(word.size()), 1);
        return word;
      case 2:
        return WithNeighbour(std::move(word));
      default:
        return WithExchange(std::move(word));
    }
  }

 private:
  static uint64_t FirstBytes(const std::string& hash) {
    uint64_t bytes;
    std::memcpy(&bytes, hash.data(), sizeof(bytes));
    return bytes;
  }

  std::string WithNeighbour(std::string word) {
    char& letter = word[Below(word.size())];
    const bool is_upper = absl::ascii_isupper(static_cast<unsigned char>(letter));
    const absl::string_view neighbours = kNeighbours[absl::ascii_tolower(static_cast<unsigned char>(letter)) - 'a'];
    letter = neighbours[Below(neighbours.size())];
    if (is_upper) letter = absl::ascii_toupper(static_cast<unsigned char>(letter));
    return word;
  }

  // Of two letters that differ; a neighbouring key where a word has none.
  std::string WithExchange(std::string word) {
    std::vector<size_t> places;
    for (size_t i = 0; i + 1 < word.size(); ++i) {
      if (word[i] != word[i + 1]) places.push_back(i);
    }
    if (places.empty()) return WithNeighbour(std::move(word));
    const size_t place = places[Below(places.size())];
    std::swap(word[place], word[place + 1]);
    return word;
  }

  std::mt19937_64 random_;
};

}  // namespace

std::string WithTypingError(absl::string_view text, absl::string_view id, uint64_t seed) {
  const std::vector<Word> words = WordsToSpoil(text);
  if (words.empty()) return std::string(text);
  Spoiler spoiler(id, seed);
  const Word word = words[spoiler.Below(words.size())];
  return absl::StrCat(text.substr(0, word.begin), spoiler.Spoil(std::string(text.substr(word.begin, word.size))),
                      text.substr(word.begin + word.size));
}

}  // namespace bedside
