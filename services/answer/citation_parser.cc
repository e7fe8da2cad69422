#include "services/answer/citation_parser.h"

#include <re2/re2.h>

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

// Stands for a citation that cannot be valid, in lists of numbers that were cited.
constexpr int kNoNumber = 0;
// Ranges that are wider are no citations that a model means.
constexpr int kMaxRange = 100;

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

// The numbers of one item of a group: "3", or "3-5" with `last` "5".
void AppendRange(const std::string& first, const std::string& last, std::vector<int>& numbers) {
  int begin = 0;
  int end = 0;
  const bool valid = absl::SimpleAtoi(first, &begin) && absl::SimpleAtoi(last.empty() ? first : last, &end);
  if (!valid || begin > end || end - begin > kMaxRange) {
    numbers.push_back(kNoNumber);
    return;
  }
  for (int number = begin; number <= end; ++number) numbers.push_back(number);
}

// Takes one group of citations from the front of `text`; its numbers are appended. False: there is none.
bool ConsumeGroup(absl::string_view& text, std::vector<int>& numbers) {
  static const RE2& group = *new RE2(R"(\[(\s*\d+(?:\s*(?:,|;|-|–|\s)\s*\d+)*\s*)\])");
  static const RE2& item = *new RE2(R"([\s,;]*(\d+)(?:\s*(?:-|–)\s*(\d+))?)");
  re2::StringPiece rest = Piece(text);
  re2::StringPiece items;
  if (!RE2::Consume(&rest, group, &items)) return false;
  std::string first;
  std::string last;
  while (RE2::Consume(&items, item, &first, &last)) AppendRange(first, last, numbers);
  text = absl::string_view(rest.data(), rest.size());
  return true;
}

// Takes adjacent groups ("[1][2]", "[1], [2]") from the front of `text`.
bool ConsumeGroups(absl::string_view& text, std::vector<int>& numbers) {
  if (!ConsumeGroup(text, numbers)) return false;
  while (true) {
    absl::string_view next = text;
    next.remove_prefix(std::min(next.find_first_not_of(" ,;"), next.size()));
    if (!ConsumeGroup(next, numbers)) return true;
    text = next;
  }
}

// `text` without its citations, whose numbers go to `numbers`.
std::string TakeGroups(absl::string_view text, std::vector<int>& numbers) {
  std::string rest;
  while (!text.empty()) {
    if (text[0] != '[' || !ConsumeGroups(text, numbers)) {
      rest += text[0];
      text.remove_prefix(1);
      continue;
    }
    absl::StripTrailingAsciiWhitespace(&rest);
    const bool a_word_follows = !text.empty() && !absl::ascii_ispunct(static_cast<unsigned char>(text[0]));
    if (a_word_follows && !absl::ascii_isspace(static_cast<unsigned char>(text[0]))) rest += ' ';
  }
  return rest;
}

bool HasLetter(absl::string_view text) {
  return absl::c_any_of(text, [](unsigned char c) { return absl::ascii_isalpha(c) || c >= 0x80; });
}

void StripBullets(absl::string_view& line) {
  static const RE2& bullets = *new RE2(R"((?:\s*(?:[-*+•–>]|\d{1,2}[.)]|#{1,6})\s+)+)");
  re2::StringPiece rest = Piece(line);
  if (RE2::Consume(&rest, bullets)) line = absl::string_view(rest.data(), rest.size());
}

// What is left at the front of a sentence whose leading citations were taken.
void StripPunctuation(absl::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" .,;:"), text.size()));
}

// Whatever citations follow its end.
bool EndsAsASentence(absl::string_view text_with_citations) {
  std::vector<int> numbers;
  std::string text = TakeGroups(text_with_citations, numbers);
  text.resize(text.find_last_not_of(" \n)\"*") + 1);
  return absl::EndsWith(text, ".") || absl::EndsWith(text, "!") || absl::EndsWith(text, "?");
}

}  // namespace

std::vector<CitedSentence> CitationParser::Add(absl::string_view delta) {
  pending_.append(delta.data(), delta.size());
  if (pending_.size() < next_look_) return {};
  return Take(/*held_back=*/2);
}

std::vector<CitedSentence> CitationParser::Finish(bool cut_off) {
  const bool unfinished = cut_off && !EndsAsASentence(pending_);
  std::vector<CitedSentence> complete = Take(unfinished ? 1 : 0);
  CloseDraft(complete);
  if (unfinished && HasLetter(pending_)) ++removed_sentences_;
  return complete;
}

std::vector<CitedSentence> CitationParser::Take(size_t held_back) {
  const std::vector<Span> spans = splitter_->Split(pending_);
  std::vector<CitedSentence> complete;
  size_t taken = 0;
  for (size_t i = 0; i < spans.size(); ++i) {
    const absl::string_view gap = absl::string_view(pending_).substr(taken, spans[i].begin - taken);
    pending_starts_line_ = pending_starts_line_ || absl::StrContains(gap, "\n");
    taken = spans[i].begin;
    if (i + held_back >= spans.size()) break;
    TakeSentence(absl::string_view(pending_).substr(taken, spans[i].size()), pending_starts_line_, complete);
    pending_starts_line_ = false;
    taken = spans[i].end;
  }
  pending_.erase(0, taken);
  next_look_ = taken > 0 ? pending_.size() + 1 : pending_.size() + pending_.size() / 4 + 1;
  return complete;
}

void CitationParser::TakeSentence(absl::string_view sentence, bool starts_line, std::vector<CitedSentence>& complete) {
  if (starts_line) StripBullets(sentence);
  std::vector<int> numbers;
  if (ConsumeGroups(sentence, numbers)) StripPunctuation(sentence);
  if (!starts_line) {
    AddNumbers(numbers);
    numbers.clear();
  }
  const std::string text = absl::StrReplaceAll(TakeGroups(sentence, numbers), {{"**", ""}, {"\n", " "}});
  if (!HasLetter(text)) {
    AddNumbers(numbers);
    return;
  }
  CloseDraft(complete);
  draft_.text = CanonicalText(absl::StripAsciiWhitespace(text));
  AddNumbers(numbers);
}

void CitationParser::CloseDraft(std::vector<CitedSentence>& complete) {
  if (!draft_.text.empty()) {
    if (draft_.numbers.empty() && uncited_ == UncitedSentences::kRemove) {
      ++removed_sentences_;
    } else {
      complete.push_back(
          {std::move(draft_.text), {draft_.numbers.begin(), draft_.numbers.end()}, draft_.cites_unknown});
    }
  }
  draft_ = Draft();
}

void CitationParser::AddNumbers(const std::vector<int>& numbers) {
  for (const int number : numbers) {
    if (offered_.count(number) != 0) {
      draft_.numbers.insert(number);
    } else {
      draft_.cites_unknown = true;
      ++removed_citations_;
    }
  }
}

}  // namespace bedside
