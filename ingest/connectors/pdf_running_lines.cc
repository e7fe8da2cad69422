#include "ingest/connectors/pdf_running_lines.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {
namespace {

constexpr size_t kEdgeLines = 3;
constexpr size_t kMinRepeats = 3;
// Of page numbers that stand beside words.
constexpr size_t kMinMarkedRepeats = 4;
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

// Whether a number beside words is marked as that of the page, at the beginning or end of the line or after "page":
// "Fever | 12", "12 | Fever", "Fever, page 12 of 30". In "Step 12" and "at most 12 mg" it is none.
bool IsMarkedAsPage(absl::string_view line, const Number& number) {
  const absl::string_view before = absl::StripTrailingAsciiWhitespace(line.substr(0, number.begin));
  const absl::string_view after = absl::StripLeadingAsciiWhitespace(line.substr(number.end));
  const bool is_last =
      after.empty() || (absl::StartsWith(after, "of ") && after.find_first_not_of("0123456789", 3) == after.npos);
  if (before.empty()) return absl::StartsWith(after, "|");
  if (absl::EndsWith(before, "|")) return is_last;
  const size_t word = before.size() - std::min<size_t>(before.size(), 4);
  return absl::EqualsIgnoreCase(before.substr(word), "page") && (is_last || absl::StartsWith(after, "|")) &&
         (word == 0 || !absl::ascii_isalpha(static_cast<unsigned char>(before[word - 1])));
}

absl::optional<Number> MarkedNumber(absl::string_view line) {
  for (const Number& number : Numbers(line)) {
    if (IsMarkedAsPage(line, number)) return number;
  }
  return absl::nullopt;
}

// Common to the lines that have the number of the page marked, whatever their words.
std::string MarkedKey(const Number& number, size_t page) {
  return absl::StrCat("\x03", number.value - static_cast<int64_t>(page));
}

// The line without the number of the page.
std::string Words(absl::string_view line) {
  const absl::optional<Number> number = MarkedNumber(line);
  if (!number.has_value()) return std::string(line);
  return absl::StrCat(line.substr(0, number->begin), line.substr(number->end));
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
  if (const absl::optional<Number> marked = MarkedNumber(line); marked.has_value()) {
    keys.push_back(MarkedKey(*marked, page));
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
  for (absl::string_view known :
       {"#", "page #", "page # of #", "p. #", "# of #", "# / #", "#/#", "- # -", "| #", "# |"}) {
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
  size_t Count(absl::string_view key) const;
  // Whether the line has words and the number of the page.
  bool HasPageNumber(absl::string_view line, size_t page) const;
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
  // The words of the lines that were kept or taken out.
  absl::flat_hash_set<std::string> seen_;
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

size_t Remover::Count(absl::string_view key) const {
  const auto it = places_.find(key);
  return it == places_.end() ? 0 : it->second.count;
}

bool Remover::HasPageNumber(absl::string_view line, size_t page) const {
  if (line.size() > kMaxLineBytes) return false;
  const absl::optional<Number> number = MarkedNumber(line);
  if (!number.has_value()) return false;
  const size_t count = Count(MarkedKey(*number, page));
  return count >= kMinMarkedRepeats && 2 * count >= pages_.size();
}

bool Remover::IsPageNumber(absl::string_view line, size_t page) const {
  if (!LooksLikePageNumber(line)) return false;
  const size_t wanted = std::min(kMinRepeats, pages_.size());
  const Keys keys = CountingKeys(line, page);
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return adjacent_.contains(key) && Count(key) >= wanted; });
}

bool Remover::IsRunning(absl::string_view line, size_t page) const {
  const auto it = places_.find(line);
  if (it != places_.end()) {
    const Places& places = it->second;
    if (places.count >= kMinRepeats && 2 * places.count > places.last - places.first) return true;
  }
  return HasPageNumber(line, page) || IsPageNumber(line, page);
}

// Whether the line may be a statement of the text that only happens to begin or end the page.
bool MayState(absl::string_view line) {
  return absl::StrContains(".!?:;", line.back()) || std::any_of(line.begin(), line.end(), IsDigit);
}

bool Remover::IsOnHalfOfThePages(absl::string_view line) const {
  const size_t count = Count(line);
  return count >= kMinRepeats && 2 * count >= pages_.size() && !MayState(line);
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
    if (end > kEdgeLines || FilledLines(lines).size() < end - at + kMinBodyLines) return;
    const bool is_running =
        std::all_of(filled.begin() + at, filled.begin() + end, [&](size_t i) { return IsRunning(lines[i], page); });
    if (!is_running) return;
    for (; at < end; ++at) TakeOut(lines[filled[at]], page);
  }
}

void Remover::TakeOut(std::string& line, size_t page) {
  if (IsPageNumber(line, page)) return line.clear();
  if (seen_.insert(Words(line)).second) {
    taken_.kept[page].push_back(std::exchange(line, ""));
    return;
  }
  if (taken_.count++ == 0) taken_.first = line;
  line.clear();
}

PdfRunningLines Remover::Run() {
  taken_.kept.resize(pages_.size());
  for (size_t page = 0; page < pages_.size(); ++page) {
    std::vector<std::string>& kept = taken_.kept[page];
    Peel(page, /*at_top=*/true);
    const auto heads = static_cast<ptrdiff_t>(kept.size());
    Peel(page, /*at_top=*/false);
    std::reverse(kept.begin() + heads, kept.end());
  }
  return std::move(taken_);
}

}  // namespace

PdfRunningLines RemoveRunningLines(std::vector<PdfPage>& pages) { return Remover(pages).Run(); }

}  // namespace bedside
