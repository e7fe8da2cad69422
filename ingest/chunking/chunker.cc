#include "ingest/chunking/chunker.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/status/status_macros.h"
#include "index/text/passage_text.h"

namespace bedside {
namespace {

constexpr uint32_t kDefaultTargetTokens = 256;
constexpr uint32_t kMinTargetTokens = 32;
// What BERT models read at once.
constexpr uint32_t kWindowTokens = 512;
// [CLS] and [SEP].
constexpr size_t kSpecialTokens = 2;

// What is never cut: a sentence, a list item, a row or a table.
struct Unit {
  uint32_t begin = 0;
  uint32_t end = 0;
  int section = 0;
  size_t tokens = 0;
  absl::string_view text;
  absl::string_view context;
};

std::vector<absl::string_view> Lines(absl::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipWhitespace());
}

struct PlacedBlock {
  int section;
  const storage::Block* block;
};

// The blocks of all sections in the order of the text.
std::vector<PlacedBlock> BlocksInOrder(const storage::Document& document) {
  std::vector<PlacedBlock> blocks;
  for (int i = 0; i < document.sections_size(); ++i) {
    for (const storage::Block& block : document.sections(i).blocks()) blocks.push_back({i, &block});
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const PlacedBlock& a, const PlacedBlock& b) { return a.block->begin() < b.block->begin(); });
  return blocks;
}

// A passage that is being filled.
struct OpenPassage {
  std::vector<Unit> units;
  // Of the units and their contexts.
  absl::flat_hash_set<absl::string_view> lines;
  // Lines that a unit needed before they were in `lines`.
  std::vector<absl::string_view> context;
  // With title and headings.
  size_t tokens = 0;
};

// Cuts one document.
class Cutter {
 public:
  Cutter(const storage::Document& document, size_t target_tokens, const WordPieceTokenizer& tokenizer,
         const SentenceSplitter& splitter)
      : document_(document),
        text_(document.text()),
        target_tokens_(target_tokens),
        tokenizer_(tokenizer),
        splitter_(splitter) {}

  std::vector<storage::Passage> Run() && {
    for (const PlacedBlock& placed : BlocksInOrder(document_)) {
      if (placed.section != section_) EnterSection(placed.section);
      for (const Unit& unit : Units(placed)) Add(unit);
    }
    Emit();
    return std::move(passages_);
  }

 private:
  absl::string_view Slice(uint32_t begin, uint32_t end) const { return text_.substr(begin, end - begin); }

  Unit MakeUnit(const PlacedBlock& placed, uint32_t begin, uint32_t end) const {
    const absl::string_view text = Slice(begin, end);
    return {begin,
            end,
            placed.section,
            tokenizer_.CountPieces(text),
            absl::StripAsciiWhitespace(text),
            placed.block->context()};
  }

  std::vector<Unit> Units(const PlacedBlock& placed) const {
    const storage::Block& block = *placed.block;
    const Unit whole = MakeUnit(placed, block.begin(), block.end());
    if (block.kind() == storage::BLOCK_KIND_LIST_ITEM) return {whole};
    if (block.kind() == storage::BLOCK_KIND_TABLE) {
      const size_t tokens = section_tokens_ + tokenizer_.CountPieces(block.context()) + whole.tokens;
      return tokens <= kWindowTokens ? std::vector<Unit>{whole} : UnitsAt(placed, RowBegins(whole.text));
    }
    return UnitsAt(placed, SentenceBegins(whole));
  }

  // The block, cut at these offsets into it but the first.
  std::vector<Unit> UnitsAt(const PlacedBlock& placed, const std::vector<uint32_t>& begins) const {
    std::vector<Unit> units;
    uint32_t begin = placed.block->begin();
    for (size_t i = 1; i <= begins.size(); ++i) {
      const uint32_t end = i == begins.size() ? placed.block->end() : placed.block->begin() + begins[i];
      units.push_back(MakeUnit(placed, begin, end));
      begin = end;
    }
    return units;
  }

  std::vector<uint32_t> RowBegins(absl::string_view table) const {
    std::vector<uint32_t> begins = {0};
    for (size_t end = table.find('\n'); end != table.npos; end = table.find('\n', end + 1)) {
      begins.push_back(static_cast<uint32_t>(end + 1));
    }
    return begins;
  }

  std::vector<uint32_t> SentenceBegins(const Unit& paragraph) const {
    std::vector<uint32_t> begins;
    for (const Span& sentence : splitter_.Split(Slice(paragraph.begin, paragraph.end)))
      begins.push_back(sentence.begin);
    if (begins.empty()) begins.push_back(0);
    return begins;
  }

  void EnterSection(int section) {
    Emit();
    section_ = section;
    heading_ = storage::Passage();
    std::vector<std::string> path;
    for (int i = section;; i = static_cast<int>(document_.sections(i).parent())) {
      const storage::Section& s = document_.sections(i);
      if (!s.heading().empty()) path.push_back(s.heading());
      if (heading_.section_label().empty()) heading_.set_section_label(s.label());
      if (!s.has_parent()) break;
    }
    std::reverse(path.begin(), path.end());
    heading_.mutable_heading_path()->Assign(path.begin(), path.end());
    heading_.set_section(static_cast<uint32_t>(section));
    section_tokens_ = tokenizer_.CountPieces(PassagePrefix(document_, heading_)) + kSpecialTokens;
    open_ = Begin({});
  }

  void Add(const Unit& unit) {
    if (!open_.units.empty() && open_.tokens + AddedTokens(open_, unit) > target_tokens_) {
      OpenPassage next = Begin(LabelsOf(unit));
      if (next.tokens + AddedTokens(next, unit) > target_tokens_) next = Begin({});
      open_.units.resize(open_.units.size() - next.units.size());
      Emit();
      open_ = std::move(next);
    }
    Push(unit, &open_);
  }

  // The units at the end of the open passage that introduce `next`; none when there is nothing else in it.
  std::vector<Unit> LabelsOf(const Unit& next) const {
    auto first = open_.units.end();
    absl::string_view context = next.context;
    while (first != open_.units.begin() && IsLastLine(std::prev(first)->text, context)) context = (--first)->context;
    if (first == open_.units.begin()) return {};
    return std::vector<Unit>(first, open_.units.end());
  }

  static bool IsLastLine(absl::string_view line, absl::string_view text) {
    const std::vector<absl::string_view> lines = Lines(text);
    return !lines.empty() && lines.back() == line;
  }

  OpenPassage Begin(const std::vector<Unit>& units) const {
    OpenPassage passage;
    passage.tokens = section_tokens_;
    for (const Unit& unit : units) Push(unit, &passage);
    return passage;
  }

  // What `passage` grows by with `unit`.
  size_t AddedTokens(const OpenPassage& passage, const Unit& unit) const {
    size_t tokens = unit.tokens;
    for (absl::string_view line : Lines(unit.context)) {
      if (!passage.lines.contains(line)) tokens += tokenizer_.CountPieces(line);
    }
    return tokens;
  }

  void Push(const Unit& unit, OpenPassage* passage) const {
    passage->tokens += AddedTokens(*passage, unit);
    passage->units.push_back(unit);
    for (absl::string_view line : Lines(unit.context)) {
      if (passage->lines.insert(line).second) passage->context.push_back(line);
    }
    passage->lines.insert(unit.text);
  }

  void Emit() {
    if (!open_.units.empty()) passages_.push_back(MakePassage());
    open_ = Begin({});
  }

  storage::Passage MakePassage() const {
    storage::Passage passage = heading_;
    passage.set_begin(open_.units.front().begin);
    passage.set_end(open_.units.back().end);
    const auto& pages = document_.page_begins();
    passage.set_page(static_cast<uint32_t>(
        std::distance(pages.begin(), std::upper_bound(pages.begin(), pages.end(), passage.begin()))));
    const std::vector<absl::string_view> lines = Lines(Slice(passage.begin(), passage.end()));
    const absl::flat_hash_set<absl::string_view> held(lines.begin(), lines.end());
    std::vector<absl::string_view> context;
    std::copy_if(open_.context.begin(), open_.context.end(), std::back_inserter(context),
                 [&held](absl::string_view line) { return !held.contains(line); });
    passage.set_context(absl::StrJoin(context, "\n"));
    passage.set_tokens(
        static_cast<uint32_t>(tokenizer_.CountPieces(EmbeddingText(document_, passage)) + kSpecialTokens));
    return passage;
  }

  const storage::Document& document_;
  const absl::string_view text_;
  const size_t target_tokens_;
  const WordPieceTokenizer& tokenizer_;
  const SentenceSplitter& splitter_;

  int section_ = -1;
  // What all passages of the section share, and its cost in tokens.
  storage::Passage heading_;
  size_t section_tokens_ = 0;

  OpenPassage open_;
  std::vector<storage::Passage> passages_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Chunker>> Chunker::Create(const config::ChunkingConfig& config,
                                                         const WordPieceTokenizer* tokenizer) {
  const uint32_t target = config.target_tokens() == 0 ? kDefaultTargetTokens : config.target_tokens();
  if (target < kMinTargetTokens || target > kWindowTokens) {
    return absl::InvalidArgumentError(absl::StrCat("chunking.target_tokens: wanted ", kMinTargetTokens, " to ",
                                                   kWindowTokens, ", or 0 for ", kDefaultTargetTokens, ", got ", target,
                                                   ". Correct it in the configuration."));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<SentenceSplitter> splitter, SentenceSplitter::Create());
  return std::unique_ptr<Chunker>(new Chunker(target, tokenizer, std::move(splitter)));
}

Chunker::Chunker(size_t target_tokens, const WordPieceTokenizer* tokenizer, std::unique_ptr<SentenceSplitter> splitter)
    : target_tokens_(target_tokens), tokenizer_(tokenizer), splitter_(std::move(splitter)) {}

Chunker::~Chunker() = default;

std::vector<storage::Passage> Chunker::Chunk(const storage::Document& document) const {
  return Cutter(document, target_tokens_, *tokenizer_, *splitter_).Run();
}

}  // namespace bedside
