#include "ingest/connectors/plain_answer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ingest/connectors/list_context.h"

namespace bedside {
namespace {

constexpr size_t kMaxHeadingBytes = 80;
constexpr size_t kMaxItemBytes = 300;
// Columns that make a line a row of a table, when they are short on average.
constexpr size_t kMinColumns = 4;
constexpr size_t kMaxColumnBytes = 40;

bool EndsSentence(absl::string_view piece) { return !piece.empty() && absl::StrContains(".?!:;)", piece.back()); }
bool IsItem(absl::string_view piece) { return absl::StartsWith(piece, "- ") || absl::StartsWith(piece, "* "); }
bool IsShort(absl::string_view piece) { return piece.size() <= kMaxHeadingBytes && !EndsSentence(piece); }

// Whether it may be an item of a list without marks.
bool IsLine(absl::string_view piece) {
  return !piece.empty() && piece.size() <= kMaxItemBytes && !absl::StrContains(".?!:;", piece.back());
}

bool IsProse(absl::string_view piece) {
  return !piece.empty() && !IsItem(piece) && (!IsLine(piece) || piece.size() > kMaxHeadingBytes);
}

// Whether what it says follows: "... associated with the disease by", "Symptoms may include".
bool IsOpen(absl::string_view piece) {
  constexpr absl::string_view kOpenEnds[] = {"by",        "are", "is",  "of",  "to",   "with",    "for",
                                             "as",        "if",  "who", "may", "can",  "include", "includes",
                                             "including", "be",  "and", "or",  "have", "from",    "following"};
  return absl::c_linear_search(kOpenEnds, piece.substr(piece.rfind(' ') + 1));
}

// "Below 140/80 mm Hg": a value, not what a section is about.
bool IsLimit(absl::string_view piece) {
  constexpr absl::string_view kBegins[] = {"Below ", "Under ", "Above ",    "Over ",
                                           "Less ",  "More ",  "At least ", "Up to "};
  return absl::c_any_of(kBegins, [piece](absl::string_view begin) { return absl::StartsWith(piece, begin); });
}

bool IsLower(absl::string_view piece) { return absl::ascii_islower(static_cast<unsigned char>(piece[0])); }

// Whether a wide gap between the two parts them: after a sentence, or between a heading and its paragraph.
bool IsBoundary(absl::string_view before, absl::string_view after) {
  return EndsSentence(before) || (IsShort(before) && absl::ascii_isupper(static_cast<unsigned char>(after[0])));
}

// The stretches of a line that at least two spaces part, with the number of spaces before each.
struct Stretch {
  absl::string_view text;
  size_t gap;
};

std::vector<Stretch> Stretches(absl::string_view line) {
  std::vector<Stretch> stretches;
  for (size_t at = 0; at < line.size();) {
    const size_t begin = std::min(line.find_first_not_of(' ', at), line.size());
    const size_t end = std::min(line.find("  ", begin), line.size());
    if (end > begin) stretches.push_back({line.substr(begin, end - begin), begin - at});
    at = end;
  }
  return stretches;
}

bool IsTableRow(const std::vector<Stretch>& stretches) {
  size_t bytes = 0;
  for (const Stretch& stretch : stretches) {
    if (IsItem(stretch.text)) return false;
    bytes += stretch.text.size();
  }
  return stretches.size() >= kMinColumns && bytes < kMaxColumnBytes * stretches.size();
}

void AppendPieces(absl::string_view line, std::vector<std::string>& pieces) {
  const std::vector<Stretch> stretches = Stretches(line);
  if (IsTableRow(stretches)) {
    pieces.push_back(absl::StrJoin(stretches, " | ", [](std::string* out, const Stretch& stretch) {
      out->append(stretch.text.data(), stretch.text.size());
    }));
    return;
  }
  bool is_first = true;
  absl::string_view mark;
  for (const Stretch& stretch : stretches) {
    if (stretch.text.find_first_not_of("- ") == absl::string_view::npos) {
      mark = "- ";
      continue;
    }
    const bool parted = is_first || !mark.empty() || IsItem(stretch.text) ||
                        (stretch.gap >= 3 && IsBoundary(pieces.back(), stretch.text));
    is_first = false;
    if (parted) {
      pieces.push_back(absl::StrCat(mark, stretch.text));
      mark = "";
    } else {
      absl::StrAppend(&pieces.back(), " ", stretch.text);
    }
  }
}

std::vector<std::string> Pieces(absl::string_view text) {
  std::vector<std::string> pieces;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    // A link to the Spanish page, with and without its lost letter.
    if (line == "Español" || line == "Espaol") continue;
    AppendPieces(line, pieces);
  }
  return pieces;
}

}  // namespace

void AddPlainAnswer(absl::string_view text, DocumentBuilder& builder) {
  const std::vector<std::string> pieces = Pieces(text);
  const auto at = [&pieces](size_t i) {
    return i < pieces.size() ? absl::string_view(pieces[i]) : absl::string_view();
  };
  const size_t depth = builder.depth();
  std::string context;
  bool has_marks = false;
  bool items_are_lower = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const absl::string_view piece = pieces[i];
    const absl::string_view next = at(i + 1);
    const bool may_be_heading = IsShort(piece) && IsProse(next) && !IsOpen(piece) && !IsLimit(piece);
    const bool ends_list = may_be_heading && items_are_lower && !IsLower(piece);
    const bool goes_on = IsLine(piece) ? !ends_list : IsLine(next) && IsLine(at(i + 2));
    if (IsItem(piece)) {
      builder.AddListItem(piece.substr(2), context);
      has_marks = true;
    } else if (!context.empty() && !has_marks && goes_on) {
      builder.AddListItem(piece, context);
      items_are_lower = IsLower(piece);
    } else if (may_be_heading) {
      while (builder.depth() > depth) builder.EndSection();
      builder.BeginSection(piece);
      context.clear();
      has_marks = items_are_lower = false;
    } else {
      has_marks = items_are_lower = false;
      builder.AddParagraph(piece);
      const bool names_items = IsShort(piece) && IsItem(next);
      context = names_items ? std::string(piece) : ListContext(IsOpen(piece) ? absl::StrCat(piece, ":") : piece);
    }
  }
  while (builder.depth() > depth) builder.EndSection();
}

}  // namespace bedside
