#include "index/text/sentence_splitter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/memory/memory.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "index/text/code_point.h"
#include "unicode/uchar.h"

namespace bedside {
namespace {

// Longest word that is looked up, in bytes.
constexpr size_t kLongestWord = 24;

// Abbreviations, in lower case, without the last full stop.
// Something always follows them.
constexpr char kNeverLast[] =
    "vs e.g i.e cf viz dr prof mr mrs ms st fig figs eq eqs ref refs vol suppl approx ca resp eds ssp subsp";
// Not last where a number follows.
constexpr char kBeforeNumber[] =
    "no nos sec tab ch p pp art para jan feb mar apr jun jul aug sep sept oct nov dec max min incl inj tabs cap caps "
    "susp soln conc dil temp wt subcut";
// Of these, not after a number, where they are units: "infuse over 5 min. 10 patients ...".
constexpr char kUnitsBeforeNumber[] = "min sec";
// Not last, except where a capital letter follows: when and how a dose is given.
constexpr char kDosing[] = "i.v i.m s.c p.o p.r b.i.d b.d t.i.d t.d.s q.i.d q.d.s o.d q.d p.r.n a.m p.m";
// Last only where the next word is a beginner.
constexpr char kRarelyLast[] =
    "al etc inc ltd co corp jr sr sp spp dept univ med clin engl proc natl acad sci surg biol chem rev int";
// Words that usually begin a sentence.
constexpr char kBeginners[] =
    "The This These That Those A An In It Its We Our However Although Though For If When Where While After Before As "
    "At By On Of To With Without From There Here They Their He She His Her But And Both Each Moreover Furthermore "
    "Therefore Thus Hence Among Most Some All Such Patients Treatment Results Finally Overall Since Because During "
    "Despite Do Not Use Is Are Give Stop Start Monitor Avoid Repeat Check Consider Offer Refer Measure Reduce Increase "
    "Continue Discontinue Switch Add Assess Review Ensure Administer Take Withhold Treat Never";
// Nouns whose name may be a single letter: "hepatitis B. Vaccination ...".
constexpr char kNamedByLetter[] = "vitamin hepatitis influenza group type factor class grade stage arm haemophilia";

bool IsSpace(UChar32 c) { return u_isUWhiteSpace(c); }
bool IsDigit(UChar32 c) { return c >= '0' && c <= '9'; }

bool IsTerminator(UChar32 c) {
  return c < 0x80 ? c == '.' || c == '!' || c == '?' : u_hasBinaryProperty(c, UCHAR_S_TERM);
}

bool IsCloser(UChar32 c) { return c == '"' || c == '\'' || (U_GET_GC_MASK(c) & (U_GC_PE_MASK | U_GC_PF_MASK)) != 0; }
bool IsOpener(UChar32 c) { return c == '"' || c == '\'' || (U_GET_GC_MASK(c) & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0; }

// Of "12", "3,4", "5-7" (also with an en dash) and superscripts.
bool IsCitationMark(UChar32 c) {
  return IsDigit(c) || c == ',' || c == '-' || c == 0x2013 || u_charType(c) == U_OTHER_NUMBER;
}

// End of the citation that belongs to the sentence ended by text[end - 1]: ".12", ".3-5 ", ".[6]", ". [7, 8]".
size_t EndOfCitation(absl::string_view text, size_t end) {
  const size_t digits = EndOfRun(text, end, IsCitationMark);
  const UChar32 after = CodePointAt(text, digits);
  if (digits > end && (after == U_SENTINEL || IsSpace(after))) return digits;
  const size_t open = CodePointAt(text, end) == ' ' ? end + 1 : end;
  if (CodePointAt(text, open) != '[') return end;
  const size_t close = EndOfRun(text, open + 1, [](UChar32 c) { return IsCitationMark(c) || c == ' '; });
  return close > open + 1 && CodePointAt(text, close) == ']' ? close + 1 : end;
}

// The word that ends before `end`, back to a space or an opening mark; empty where it is longer than any known word.
absl::string_view WordBefore(absl::string_view text, size_t end) {
  size_t begin = end;
  while (begin > 0 && end - begin <= kLongestWord) {
    const char c = text[begin - 1];
    if (absl::ascii_isspace(c) || c == '(' || c == '[' || c == '"' || c == '\'' || c == '/') break;
    --begin;
  }
  return end - begin <= kLongestWord ? text.substr(begin, end - begin) : absl::string_view();
}

absl::string_view AsciiLettersAt(absl::string_view text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && absl::ascii_isalpha(text[end])) ++end;
  return text.substr(begin, end - begin);
}

// "U.S", "i.v", "b.i.d", "Ph.D": parts of one or two letters.
bool IsDotted(absl::string_view word) {
  size_t letters = 0, parts = 1;
  for (char c : word) {
    const bool dot = c == '.';
    if (dot ? letters == 0 : !absl::ascii_isalpha(c) || letters == 2) return false;
    letters = dot ? 0 : letters + 1;
    parts += dot ? 1 : 0;
  }
  return parts > 1 && letters > 0;
}

// "p53", "mTOR", "miR-21", "β-blockers": a name in lower case that may begin a sentence.
bool IsLowerCaseName(absl::string_view text, size_t begin) {
  const UChar32 first = CodePointAt(text, begin);
  if (first >= 0x03B1 && first <= 0x03C9) return true;
  const size_t end = EndOfRun(text, begin, [](UChar32 c) { return u_isalnum(c) || c == '-'; });
  for (char c : text.substr(begin, end - begin)) {
    if (absl::ascii_isdigit(c) || absl::ascii_isupper(c)) return true;
  }
  return false;
}

// "1", "12", "a" or "iv" before the full stop, with nothing before it in its sentence: the label of a list item.
bool IsLabel(absl::string_view start) {
  if (start.size() > 3) return false;
  const bool number = std::all_of(start.begin(), start.end(), absl::ascii_isdigit);
  const bool roman = start.find_first_not_of("ivxIVX") == absl::string_view::npos;
  return number || roman || (start.size() == 1 && absl::ascii_isalpha(start[0]));
}

absl::string_view WithoutTrailingSpace(absl::string_view line) {
  size_t end = line.size();
  for (size_t begin = end; begin > 0 && IsSpace(PreviousCodePoint(line, begin)); end = begin) {
  }
  return line.substr(0, end);
}

using Words = absl::flat_hash_set<std::string>;

Words WordsOf(const char* list) { return absl::StrSplit(list, ' '); }

// Whether `word` stands where a unit does: "mmol/L", "10 U", "5 min".
bool IsUnit(absl::string_view line, absl::string_view word) {
  const size_t begin = word.data() - line.data();
  if (begin == 0) return false;
  return line[begin - 1] == '/' || (line[begin - 1] == ' ' && IsDigit(CodePointBefore(line, begin - 1)));
}

// Whether a parenthesis was opened shortly before `end` and not closed.
bool IsInParenthesis(absl::string_view line, size_t end) {
  constexpr size_t kFarthest = 80;
  const absl::string_view before = line.substr(end - std::min(end, kFarthest), std::min(end, kFarthest));
  const size_t mark = before.find_last_of("()");
  return mark != before.npos && before[mark] == '(';
}

// A run of terminators and what belongs to it, all as offsets into the line.
struct Stop {
  size_t begin;  // the first terminator
  size_t end;    // behind closing marks and citations
  size_t space;  // behind the white space that follows
  size_t next;   // behind opening marks: the first letter or digit of what may be the next sentence
};

Stop StopAt(absl::string_view line, size_t begin) {
  const UChar32 before = CodePointBefore(line, begin);
  size_t end = EndOfRun(line, EndOfRun(line, begin, IsTerminator), IsCloser);
  if (u_isalpha(before) || IsCloser(before)) end = EndOfCitation(line, end);
  const size_t space = EndOfRun(line, end, IsSpace);
  return {begin, end, space, EndOfRun(line, space, IsOpener)};
}

}  // namespace

struct SentenceSplitter::Rules {
  const Words never_last = WordsOf(kNeverLast);
  const Words before_number = WordsOf(kBeforeNumber);
  const Words units_before_number = WordsOf(kUnitsBeforeNumber);
  const Words dosing = WordsOf(kDosing);
  const Words rarely_last = WordsOf(kRarelyLast);
  const Words beginners = WordsOf(kBeginners);
  const Words named_by_letter = WordsOf(kNamedByLetter);

  bool BeginsSentence(absl::string_view line, size_t begin) const;
  bool IsRarelyLast(absl::string_view line, absl::string_view word) const;
  bool FullStopEnds(absl::string_view line, size_t sentence, const Stop& stop) const;
  bool Ends(absl::string_view line, size_t sentence, const Stop& stop) const;
  void SplitLine(absl::string_view line, size_t offset, std::vector<Span>& spans) const;
};

bool SentenceSplitter::Rules::BeginsSentence(absl::string_view line, size_t begin) const {
  return beginners.contains(AsciiLettersAt(line, begin));
}

bool SentenceSplitter::Rules::IsRarelyLast(absl::string_view line, absl::string_view word) const {
  if (word.size() == 1 && absl::ascii_isupper(word[0])) {
    if (IsUnit(line, word)) return false;
    const size_t begin = word.data() - line.data();
    return begin == 0 || !named_by_letter.contains(absl::AsciiStrToLower(WordBefore(line, begin - 1)));
  }
  return IsDotted(word) || rarely_last.contains(absl::AsciiStrToLower(word));
}

bool SentenceSplitter::Rules::FullStopEnds(absl::string_view line, size_t sentence, const Stop& stop) const {
  const absl::string_view word = WordBefore(line, stop.begin);
  if (stop.space == stop.end) {  // "3.5" and "a.b", but also "was low.The next"
    return u_islower(CodePointBefore(line, stop.begin)) && !IsDotted(word) && BeginsSentence(line, stop.next);
  }
  if (IsLabel(line.substr(sentence, stop.begin - sentence))) return false;
  const std::string lower = absl::AsciiStrToLower(word);
  if (never_last.contains(lower)) return false;
  const UChar32 first = CodePointAt(line, stop.next);
  const bool number = IsDigit(first) || IsDigit(CodePointAt(line, stop.begin + 1));
  const bool is_unit = units_before_number.contains(lower) && IsUnit(line, word);
  if (number && ((before_number.contains(lower) && !is_unit) || IsInParenthesis(line, stop.begin))) return false;
  if (dosing.contains(lower)) return u_isupper(first);
  if (IsRarelyLast(line, word)) return BeginsSentence(line, stop.next);
  if (u_islower(first)) return IsLowerCaseName(line, stop.next);
  return u_isalnum(first) || first >= 0x80;
}

// Whether the sentence that began at `sentence` ends at `stop`.
bool SentenceSplitter::Rules::Ends(absl::string_view line, size_t sentence, const Stop& stop) const {
  const UChar32 mark = CodePointAt(line, stop.begin);
  if (mark == '.') return FullStopEnds(line, sentence, stop);
  if (mark >= 0x80) return true;
  return stop.space > stop.end && !u_islower(CodePointAt(line, stop.next));
}

void SentenceSplitter::Rules::SplitLine(absl::string_view line, size_t offset, std::vector<Span>& spans) const {
  const auto add = [&](size_t begin, size_t end) {
    if (begin < end) spans.push_back({static_cast<uint32_t>(offset + begin), static_cast<uint32_t>(offset + end)});
  };
  const auto runs_on = [](UChar32 c) { return !IsTerminator(c); };
  size_t sentence = EndOfRun(line, 0, IsSpace);
  for (size_t i = EndOfRun(line, sentence, runs_on); i < line.size(); i = EndOfRun(line, i, runs_on)) {
    const Stop stop = StopAt(line, i);
    if (Ends(line, sentence, stop)) {
      add(sentence, stop.end);
      sentence = stop.space;
    }
    i = stop.end;
  }
  add(sentence, line.size());
}

absl::StatusOr<std::unique_ptr<SentenceSplitter>> SentenceSplitter::Create() {
  return absl::WrapUnique(new SentenceSplitter(std::make_unique<Rules>()));
}

SentenceSplitter::SentenceSplitter(std::unique_ptr<Rules> rules) : rules_(std::move(rules)) {}

SentenceSplitter::~SentenceSplitter() = default;

std::vector<Span> SentenceSplitter::Split(absl::string_view text) const {
  std::vector<Span> spans;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    rules_->SplitLine(WithoutTrailingSpace(text.substr(begin, end - begin)), begin, spans);
    begin = end + 1;
  }
  return spans;
}

}  // namespace bedside
