#include "services/answer/finding_extractor.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "services/answer/definite_reference.h"
#include "services/answer/literature.h"
#include "services/answer/sentence_cues.h"
#include "services/answer/study_report.h"
#include "services/answer/verb_cues.h"
#include "services/grounding/qualifiers.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

// Sentences with fewer words may not say what they are about.
constexpr size_t kWordsOfATerseSentence = 8;
constexpr size_t kMinWords = 4;
constexpr size_t kMaxWords = 120;
// What is brought along has no more.
constexpr size_t kMaxWordsBefore = 60;
// Longer headings and labels are sentences, not names.
constexpr size_t kMaxLabelBytes = 160;
// Of the headings that limit nothing, the outermost one and so many of the innermost are kept.
constexpr size_t kInnermostHeadings = 2;

std::vector<absl::string_view> Words(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
}

std::string OneLine(absl::string_view text) { return absl::StrJoin(Words(text), " "); }

// "Indications:" -> "Indications".
absl::string_view WithoutColon(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  absl::ConsumeSuffix(&text, ":");
  return text;
}

bool IsName(absl::string_view label) { return label.size() <= kMaxLabelBytes; }

std::string Labelled(absl::string_view label, absl::string_view text) {
  if (label.empty()) return std::string(text);
  return absl::StrCat(label, absl::EndsWith(label, "?") ? " " : ": ", text);
}

// Below a heading of its own stands a part of an article.
ReportPart PartOf(const storage::Passage& passage) {
  const bool is_whole =
      passage.heading_path().empty() || absl::EqualsIgnoreCase(*passage.heading_path().rbegin(), "abstract");
  return is_whole ? ReportPart::kWhole : ReportPart::kParagraph;
}

// Works on one passage.
class PassageReader {
 public:
  PassageReader(const EvidencePassage& evidence, const SentenceSplitter& splitter)
      : evidence_(evidence),
        document_(*evidence.document),
        splitter_(splitter),
        role_(RoleOf(evidence.passage)),
        is_literature_(IsLiterature(document_.kind())),
        may_be_titles_(is_literature_ && evidence.passage.heading_path().empty()),
        above_(absl::StrCat(document_.title(), "\n", absl::StrJoin(evidence.passage.heading_path(), "\n"))),
        passage_{evidence.passage.begin(), evidence.passage.end()} {
    const absl::string_view shown = ShownText(document_, passage_.begin, passage_.end);
    shown_end_ = passage_.begin + static_cast<uint32_t>(shown.size());
  }

  std::vector<Finding> Read() {
    if (role_ == SectionRole::kNoFinding || shown_end_ == passage_.begin) return {};
    const std::vector<storage::Block> blocks = Blocks();
    for (auto block = blocks.begin(); block != blocks.end();) {
      if (!BeginsWholeList(*block)) {
        ReadBlock(*block++);
        continue;
      }
      const auto is_item = [block](const storage::Block& other) {
        return other.kind() == block->kind() && other.context() == block->context();
      };
      const auto end = std::find_if_not(block, blocks.end(), is_item);
      const bool is_whole = end - block > 1 && std::count_if(blocks.begin(), blocks.end(), is_item) == end - block;
      if (is_whole && !absl::StrContains(block->context(), '\n')) ReadWholeList(block, end);
      block = end;
    }
    return std::move(findings_);
  }

 private:
  // The blocks of the passage's section; the passage itself where the section is not known.
  std::vector<storage::Block> Blocks() const {
    if (evidence_.passage.section() < static_cast<uint32_t>(document_.sections_size())) {
      const auto& blocks = document_.sections(static_cast<int>(evidence_.passage.section())).blocks();
      return {blocks.begin(), blocks.end()};
    }
    storage::Block whole;
    whole.set_begin(passage_.begin);
    whole.set_end(passage_.end);
    return {whole};
  }

  using BlockIterator = std::vector<storage::Block>::const_iterator;

  // By any line above it, since an inner list is a part of the outer one.
  static bool BeginsWholeList(const storage::Block& block) {
    return block.kind() == storage::BLOCK_KIND_LIST_ITEM && WantsTheWholeList(block.context());
  }

  void ReadWholeList(BlockIterator begin, BlockIterator end) {
    const Span span{begin->begin(), std::prev(end)->end()};
    if (span.begin < passage_.begin || span.end > passage_.end || CountsWords()) return;
    if (Words(Text(span)).size() > kMaxWords || !IsName(begin->context())) return;
    std::vector<std::string> items;
    for (auto item = begin; item != end; ++item) items.push_back(OneLine(Text({item->begin(), item->end()})));
    Offer(span, Labelled(ItemLabel(*begin), absl::StrJoin(items, "; ")), role_, /*terse=*/true);
  }

  void ReadBlock(const storage::Block& block) {
    const Span part{std::max(block.begin(), passage_.begin), std::min(block.end(), passage_.end)};
    if (part.begin >= part.end) return;
    switch (block.kind()) {
      case storage::BLOCK_KIND_LIST_ITEM:
        return ReadListItem(block, part);
      case storage::BLOCK_KIND_TABLE:
        return ReadTable(block, part);
      default:
        return ReadParagraph(block, part);
    }
  }

  void ReadParagraph(const storage::Block& block, Span part) {
    SectionRole role = role_;
    const std::vector<Span> reported = NoFindingsOfReport(block);
    Span last;
    // Ends with the sentence before; unset where that cannot be brought along.
    absl::optional<Span> before;
    for (const Span& in_part : splitter_.Split(Text(part))) {
      const Span sentence{in_part.begin + part.begin, in_part.end + part.begin};
      const absl::string_view text = Text(sentence);
      role = RoleOfInlineLabel(text).value_or(role);
      const bool is_background = role != SectionRole::kFinding && absl::c_linear_search(reported, sentence);
      const bool offered = role != SectionRole::kNoFinding && !is_background && !StatesNoFinding(text) &&
                           !IsFragment(text) && !(may_be_titles_ && NamesWithoutSaying(text));
      const absl::optional<Span> readable = WithWhatItNeeds(sentence, last, before);
      if (offered && readable.has_value() && !IntroducesMore(text)) OfferSentence(*readable, role);
      before = offered ? readable : absl::nullopt;
      last = sentence;
    }
  }

  // The sentence, from where it can be understood; unset where it refers to what cannot be brought along.
  absl::optional<Span> WithWhatItNeeds(Span sentence, Span last, absl::optional<Span> before) const {
    const absl::string_view text = Text(sentence);
    const bool refers = NeedsPredecessor(text);
    // Together with the sentence before, a warning would not be quoted where that is.
    if (!refers && (Negates(text) || !SpeaksOfAsKnown(text, Text(last), above_))) return sentence;
    const size_t words_before = before.has_value() ? Words(Text(*before)).size() : kMaxWords;
    const bool fits = words_before <= kMaxWordsBefore && words_before + Words(text).size() <= kMaxWords;
    if (fits) return Span{before->begin, sentence.end};
    return refers ? absl::nullopt : absl::make_optional(sentence);
  }

  // The sentences of a paragraph that reports a study which are none of its findings; whole, since a passage may hold a
  // part of it only.
  std::vector<Span> NoFindingsOfReport(const storage::Block& block) const {
    if (!ReportsStudies(document_.kind())) return {};
    std::vector<Span> spans;
    std::vector<absl::string_view> sentences;
    for (const Span& in_block : splitter_.Split(Text({block.begin(), block.end()}))) {
      spans.push_back({in_block.begin + block.begin(), in_block.end + block.begin()});
      sentences.push_back(Text(spans.back()));
    }
    const std::vector<bool> findings = FindingsOfReport(sentences, PartOf(evidence_.passage));
    std::vector<Span> none;
    for (size_t i = 0; i < spans.size(); ++i) {
      if (!findings[i]) none.push_back(spans[i]);
    }
    return none;
  }

  void OfferSentence(Span span, SectionRole role) {
    const size_t words = Words(Text(span)).size();
    if (words < kMinWords || words > kMaxWords) return;
    Offer(span, Labelled(LabelOf(Text(span)), OneLine(Text(span))), role, /*terse=*/words < kWordsOfATerseSentence);
  }

  // With the title where the text is about its document.
  std::string LabelOf(absl::string_view text) const {
    return IsAboutTheSource(text) ? Labelled(document_.title(), HeadingLabel()) : HeadingLabel();
  }

  void ReadListItem(const storage::Block& block, Span part) {
    const absl::string_view item = Text(part);
    // An item in two passages would lose its beginning or its end.
    if (part.size() != block.end() - block.begin() || Words(item).size() > kMaxWords) return;
    if (NeedsPredecessor(item) || StatesNoFinding(item) || IntroducesMore(item)) return;
    if (RoleOfInlineLabel(item) == SectionRole::kNoFinding) return;
    if (CountsWords() && !block.context().empty()) return;
    Offer(part, Labelled(ItemLabel(block), OneLine(item)), role_, /*terse=*/true);
  }

  void ReadTable(const storage::Block& block, Span part) {
    if (block.context().empty() || CountsWords()) return;
    const absl::string_view whole = Text({block.begin(), block.end()});
    const Finding::Table table{block.begin(), static_cast<size_t>(absl::c_count(whole, '\n')) + 1, block.context()};
    uint32_t begin = part.begin;
    for (absl::string_view row : absl::StrSplit(Text(part), '\n')) {
      const Span span{begin, begin + static_cast<uint32_t>(row.size())};
      begin = span.end + 1;
      if (row.empty() || Words(row).size() > kMaxWords) continue;
      Offer(span, Labelled(HeadingLabel(), RowText(block.context(), row)), role_, /*terse=*/true, table);
    }
  }

  // "Caption: Column: cell; Column: cell".
  static std::string RowText(absl::string_view context, absl::string_view row) {
    const std::vector<absl::string_view> cells = absl::StrSplit(row, " | ");
    std::vector<absl::string_view> lead = absl::StrSplit(context, '\n', absl::SkipEmpty());
    const std::vector<absl::string_view> columns = absl::StrSplit(lead.empty() ? "" : lead.back(), " | ");
    if (columns.size() != cells.size() || columns.size() < 2) {
      return Labelled(WithoutColon(absl::StrJoin(lead, ", ")), OneLine(row));
    }
    lead.pop_back();
    std::vector<std::string> parts;
    for (size_t i = 0; i < cells.size(); ++i) {
      const absl::string_view cell = absl::StripAsciiWhitespace(cells[i]);
      if (!cell.empty()) parts.push_back(Labelled(WithoutColon(columns[i]), cell));
    }
    return Labelled(WithoutColon(absl::StrJoin(lead, ", ")), absl::StrJoin(parts, "; "));
  }

  // The headings without which a statement could be misread, outermost first.
  std::string HeadingLabel() const {
    const std::vector<absl::string_view> names = SpecificHeadings();
    std::vector<absl::string_view> kept;
    for (size_t i = 0; i < names.size(); ++i) {
      const bool inner_or_outer = i == 0 || i + kInnermostHeadings >= names.size();
      if (inner_or_outer || LimitsWhatFollows(names[i])) kept.push_back(names[i]);
    }
    return absl::StrJoin(kept, ", ");
  }

  // Those that say what the section is about, or limit it.
  std::vector<absl::string_view> SpecificHeadings() const {
    std::vector<absl::string_view> names;
    for (const std::string& heading : evidence_.passage.heading_path()) {
      const absl::string_view name = WithoutColon(heading);
      if (name.empty() || name == document_.title() || IsGenericHeading(name)) continue;
      if (IsName(name) || LimitsWhatFollows(name)) names.push_back(name);
    }
    return names;
  }

  std::string ItemLabel(const storage::Block& block) const {
    const std::string headings = HeadingLabel();
    const std::string context = OneLine(WithoutColon(block.context()));
    if (context.empty() || !(IsName(context) || LimitsWhatFollows(context))) return headings;
    return Labelled(headings, context);
  }

  // Text beyond the passage may then not be put before it.
  bool CountsWords() const { return document_.rights().max_words() != 0; }

  absl::string_view Text(Span span) const {
    return absl::string_view(document_.text()).substr(span.begin, span.size());
  }

  void Offer(Span span, std::string text, SectionRole role, bool terse,
             absl::optional<Finding::Table> table = absl::nullopt) {
    if (span.end <= shown_end_) findings_.push_back({std::move(text), span, role, terse, std::move(table)});
  }

  const EvidencePassage& evidence_;
  const storage::Document& document_;
  const SentenceSplitter& splitter_;
  const SectionRole role_;
  const bool is_literature_;
  // Whether titles may stand among the sentences.
  const bool may_be_titles_;
  // Title and headings.
  const std::string above_;
  const Span passage_;
  uint32_t shown_end_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> ExtractFindings(const EvidencePassage& evidence, const SentenceSplitter& splitter) {
  return PassageReader(evidence, splitter).Read();
}

}  // namespace bedside
