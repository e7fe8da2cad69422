#include "ingest/connectors/pdf_running_lines.h"

#include <algorithm>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

constexpr size_t kEdgeLines = 3;
constexpr size_t kMinRepeats = 3;
constexpr size_t kMinBodyLines = 3;
constexpr size_t kMaxLineBytes = 200;
constexpr size_t kMaxNumbers = 6;
constexpr size_t kMaxDigits = 6;
constexpr size_t kMaxRomanDigits = 6;

using Keys = std::vector<std::string>;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

struct Number {
  size_t begin;
  size_t end;
  int64_t value;
};

std::vector<Number> Numbers(absl::string_view line) {
  std::vector<Number> numbers;
  for (size_t at = 0; at < line.size() && numbers.size() <= kMaxNumbers;) {
    const size_t end = std::min(line.find_first_not_of("0123456789", at), line.size());
    int64_t value = 0;
    if (end > at && end - at <= kMaxDigits && absl::SimpleAtoi(line.substr(at, end - at), &value)) {
      numbers.push_back({at, end, value});
    }
    at = std::max(end, at + 1);
  }
  return numbers;
}

// 0 for what is no Roman number below 400 in lower case.
int64_t RomanValue(absl::string_view line) {
  constexpr absl::string_view kDigits = "ivxlc";
  constexpr int64_t kValues[] = {1, 5, 10, 50, 100};
  if (line.empty() || line.size() > kMaxRomanDigits || line.find_first_not_of(kDigits) != line.npos) return 0;
  int64_t value = 0;
  int64_t last = 0;
  for (auto c = line.rbegin(); c != line.rend(); ++c) {
    const int64_t digit = kValues[kDigits.find(*c)];
    value += digit < last ? -digit : digit;
    last = std::max(last, digit);
  }
  return value;
}

// One for each number of the line: the line with the number as what it is ahead of the page. Lines that count the pages
// have one in common.
Keys CountingKeys(absl::string_view line, size_t page) {
  Keys keys;
  const int64_t at = static_cast<int64_t>(page);
  if (const int64_t roman = RomanValue(line); roman > 0) keys.push_back(absl::StrCat("\x02", roman - at));
  const std::vector<Number> numbers = Numbers(line);
  if (line.size() > kMaxLineBytes || numbers.size() > kMaxNumbers) return keys;
  for (const Number& number : numbers) {
    keys.push_back(
        absl::StrCat(line.substr(0, number.begin), "\x01", number.value - at, "\x01", line.substr(number.end)));
  }
  return keys;
}

// Whether the line says nothing but a number of a page, when it does count the pages.
bool LooksLikePageNumber(absl::string_view line) {
  std::string pattern;
  for (char c : line.substr(0, kMaxLineBytes)) {
    if (!IsDigit(c)) {
      pattern.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    } else if (pattern.empty() || pattern.back() != '#') {
      pattern.push_back('#');
    }
  }
  for (absl::string_view known : {"#", "page #", "page # of #", "# of #", "# / #", "#/#", "- # -", "| #", "# |"}) {
    if (pattern == known) return true;
  }
  return RomanValue(line) > 0;
}

std::vector<size_t> FilledLines(const PdfPage& page) {
  std::vector<size_t> filled;
  for (size_t i = 0; i < page.size(); ++i) {
    if (!page[i].empty()) filled.push_back(i);
  }
  return filled;
}

std::vector<size_t> EdgeLines(const PdfPage& page) {
  std::vector<size_t> filled = FilledLines(page);
  if (filled.size() > 2 * kEdgeLines) filled.erase(filled.begin() + kEdgeLines, filled.end() - kEdgeLines);
  return filled;
}

// Pages on which something stands.
struct Places {
  size_t count = 0;
  size_t first = 0;
  size_t last = 0;

  void Add(size_t page) {
    if (count++ == 0) first = page;
    last = page;
  }
};

class Remover {
 public:
  explicit Remover(std::vector<PdfPage>& pages);

  PdfRunningLines Run();

 private:
  void CountKeys(size_t page);
  bool CountsPages(absl::string_view line, size_t page) const;
  bool IsPageNumber(absl::string_view line, size_t page) const;
  bool IsRunning(absl::string_view line, size_t page) const;
  // Whether the line, the outermost of its page, is a head or foot also where no gap follows.
  bool IsOnHalfOfThePages(absl::string_view line) const;
  void Peel(size_t page, bool at_top);
  void TakeOut(std::string& line, size_t page);

  std::vector<PdfPage>& pages_;
  // Of each line at the edge of a page, and of each of its counting keys.
  absl::flat_hash_map<std::string, Places> places_;
  // The counting keys of the page that was counted last, and those that two adjacent pages have.
  absl::flat_hash_set<std::string> last_;
  absl::flat_hash_set<std::string> adjacent_;
  // Lines that stay on the first page where they stand.
  absl::flat_hash_set<std::string> kept_;
  PdfRunningLines taken_;
};

// Where the block that begins at filled[begin] ends: before a gap. `filled`: indices of lines, up or down the page.
size_t EndOfBlock(const std::vector<size_t>& filled, size_t begin) {
  size_t end = begin + 1;
  while (end < filled.size() && std::max(filled[end], filled[end - 1]) - std::min(filled[end], filled[end - 1]) == 1) {
    ++end;
  }
  return end;
}

Remover::Remover(std::vector<PdfPage>& pages) : pages_(pages) {
  for (size_t page = 0; page < pages_.size(); ++page) CountKeys(page);
}

void Remover::CountKeys(size_t page) {
  absl::flat_hash_set<std::string> lines;
  absl::flat_hash_set<std::string> counting;
  for (size_t i : EdgeLines(pages_[page])) {
    const std::string& line = pages_[page][i];
    if (line.size() <= kMaxLineBytes) lines.insert(line);
    for (std::string& key : CountingKeys(line, page)) counting.insert(std::move(key));
  }
  for (const std::string& line : lines) places_[line].Add(page);
  for (const std::string& key : counting) {
    places_[key].Add(page);
    if (last_.contains(key)) adjacent_.insert(key);
  }
  last_ = std::move(counting);
}

bool Remover::CountsPages(absl::string_view line, size_t page) const {
  const Keys keys = CountingKeys(line, page);
  return std::any_of(keys.begin(), keys.end(),
                     [this](const std::string& key) { return places_.at(key).count >= kMinRepeats; });
}

bool Remover::IsPageNumber(absl::string_view line, size_t page) const {
  if (!LooksLikePageNumber(line)) return false;
  const size_t wanted = std::min(kMinRepeats, pages_.size());
  const Keys keys = CountingKeys(line, page);
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return adjacent_.contains(key) && places_.at(key).count >= wanted;
  });
}

bool Remover::IsRunning(absl::string_view line, size_t page) const {
  const auto it = places_.find(line);
  if (it != places_.end()) {
    const Places& places = it->second;
    if (places.count >= kMinRepeats && 2 * places.count > places.last - places.first) return true;
  }
  return CountsPages(line, page) || IsPageNumber(line, page);
}

// Whether what says so may be evidence, and must not be lost even where it runs along.
bool MayState(absl::string_view line) {
  return absl::StrContains(".!?:;", line.back()) || std::any_of(line.begin(), line.end(), IsDigit);
}

bool Remover::IsOnHalfOfThePages(absl::string_view line) const {
  const auto it = places_.find(line);
  return it != places_.end() && it->second.count >= kMinRepeats && 2 * it->second.count >= pages_.size() &&
         !MayState(line);
}

void Remover::Peel(size_t page, bool at_top) {
  PdfPage& lines = pages_[page];
  std::vector<size_t> filled = FilledLines(lines);
  if (!at_top) std::reverse(filled.begin(), filled.end());
  for (size_t at = 0; at < std::min(filled.size(), kEdgeLines);) {
    if (IsPageNumber(lines[filled[at]], page)) {
      lines[filled[at++]].clear();
      continue;
    }
    const size_t end = IsOnHalfOfThePages(lines[filled[at]]) ? at + 1 : EndOfBlock(filled, at);
    const bool is_running =
        std::all_of(filled.begin() + at, filled.begin() + end, [&](size_t i) { return IsRunning(lines[i], page); });
    if (!is_running || end > kEdgeLines || FilledLines(lines).size() < end - at + kMinBodyLines) return;
    for (; at < end; ++at) TakeOut(lines[filled[at]], page);
  }
}

void Remover::TakeOut(std::string& line, size_t page) {
  if (!CountsPages(line, page) && MayState(line) && kept_.insert(line).second) return;
  if (taken_.count++ == 0) taken_.first = line;
  line.clear();
}

PdfRunningLines Remover::Run() {
  for (size_t page = 0; page < pages_.size(); ++page) {
    Peel(page, /*at_top=*/true);
    Peel(page, /*at_top=*/false);
  }
  return std::move(taken_);
}

}  // namespace

PdfRunningLines RemoveRunningLines(std::vector<PdfPage>& pages) { return Remover(pages).Run(); }

}  // namespace bedside
