#include "index/query/word_table.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/query/surface_words.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

struct Header {
  char magic[8];
  uint32_t format_version;
  uint32_t words;
  uint64_t text_bytes;
};
static_assert(sizeof(Header) == 24, "written as it lies");

constexpr absl::string_view kMagic("BedsWrd\n", sizeof(Header::magic));

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("table of words: ", what, "; restore or rebuild the generation"));
}

absl::StatusOr<Header> ReadHeader(absl::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) {
    return Damaged(absl::StrCat(bytes.size(), " bytes, a header takes ", sizeof(header)));
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (absl::string_view(header.magic, sizeof(header.magic)) != kMagic) {
    return Damaged("the bytes do not begin as those of a table of words do");
  }
  if (header.format_version != WordTable::kFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat("table of words: format version ", header.format_version,
                                                      ", this binary reads ", WordTable::kFormatVersion,
                                                      "; reindex with this binary, or use the one that wrote it"));
  }
  return header;
}

bool IsTableWord(absl::string_view word) {
  return word.size() >= WordTable::kMinLetters && word.size() <= WordTable::kMaxLetters && IsPlainWord(word);
}

void AppendNumbers(const std::vector<uint32_t>& numbers, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(uint32_t));
}

}  // namespace

uint32_t WordTable::LettersOf(absl::string_view word) {
  uint32_t letters = 0;
  for (const char letter : word) letters |= uint32_t{1} << (letter - 'a');
  return letters;
}

absl::StatusOr<std::unique_ptr<WordTable>> WordTable::Open(std::string bytes) {
  auto table = std::make_unique<WordTable>();
  RETURN_IF_ERROR(table->Locate(std::move(bytes)));
  RETURN_IF_ERROR(table->CheckWords());
  return table;
}

absl::Status WordTable::Locate(std::string bytes) {
  ASSIGN_OR_RETURN(const Header header, ReadHeader(bytes));
  const uint64_t begins_at = sizeof(header);
  const uint64_t passages_at = begins_at + (uint64_t{header.words} + 1) * sizeof(uint32_t);
  const uint64_t text_at = passages_at + uint64_t{header.words} * sizeof(uint32_t);
  if (header.text_bytes > bytes.size() || text_at + header.text_bytes != bytes.size()) {
    return Damaged(absl::StrCat(bytes.size(), " bytes, the header counts ", header.words, " words of ",
                                header.text_bytes, " letters"));
  }
  bytes_ = std::move(bytes);
  begins_ = PackedArray<uint32_t>(bytes_.data() + begins_at);
  passages_ = PackedArray<uint32_t>(bytes_.data() + passages_at);
  text_ = absl::string_view(bytes_).substr(text_at);
  size_ = header.words;
  return absl::OkStatus();
}

absl::Status WordTable::CheckWords() {
  if (begins_[0] != 0 || begins_[size_] != text_.size()) return Damaged("the words do not cover the text");
  letters_.reserve(size_);
  for (size_t i = 0; i < size_; ++i) {
    if (begins_[i] > begins_[i + 1] || begins_[i + 1] > text_.size()) {
      return Damaged(absl::StrCat("word ", i, " of ", size_, " has an offset out of order"));
    }
    if (!IsTableWord(word(i)) || passages_[i] == 0) {
      return Damaged(absl::StrCat("word ", i, " of ", size_, " is none, or stands nowhere"));
    }
    if (i > 0 && word(i - 1) >= word(i)) {
      return Damaged(absl::StrCat("word ", i, " of ", size_, " is not after the one before it"));
    }
    letters_.push_back(LettersOf(word(i)));
    first_[static_cast<size_t>(word(i)[0] - 'a') + 1] = i + 1;
  }
  for (size_t i = 1; i < first_.size(); ++i) first_[i] = std::max(first_[i], first_[i - 1]);
  return absl::OkStatus();
}

absl::optional<size_t> WordTable::Find(absl::string_view wanted) const {
  size_t low = 0;
  size_t high = size_;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (word(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size_ && word(low) == wanted ? absl::make_optional(low) : absl::nullopt;
}

void WordTableBuilder::Add(absl::string_view text) {
  ForEachSurfaceWord(text, [this](absl::string_view word, Span) {
    if (!IsTableWord(word)) return;
    Count& count = counts_[word];
    if (count.last == passage_ + 1) return;
    count.last = passage_ + 1;
    ++count.passages;
  });
}

void WordTableBuilder::Add(const WordTable& table) {
  for (size_t i = 0; i < table.size(); ++i) counts_[table.word(i)].passages += table.passages(i);
}

std::string WordTableBuilder::Finish() {
  std::vector<std::pair<absl::string_view, uint32_t>> words;
  words.reserve(counts_.size());
  for (const auto& [word, count] : counts_) words.emplace_back(word, count.passages);
  std::sort(words.begin(), words.end());
  std::vector<uint32_t> begins = {0};
  std::vector<uint32_t> passages;
  std::string text;
  for (const auto& [word, count] : words) {
    text.append(word.data(), word.size());
    begins.push_back(static_cast<uint32_t>(text.size()));
    passages.push_back(count);
  }
  Header header = {};
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.format_version = WordTable::kFormatVersion;
  header.words = static_cast<uint32_t>(words.size());
  header.text_bytes = text.size();
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  AppendNumbers(begins, &bytes);
  AppendNumbers(passages, &bytes);
  bytes += text;
  *this = WordTableBuilder();
  return bytes;
}

}  // namespace bedside
