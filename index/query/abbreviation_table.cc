#include "index/query/abbreviation_table.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/query/abbreviation_harvester.h"
#include "index/query/word_key.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

struct Header {
  char magic[8];
  uint32_t format_version;
  uint32_t analyzer_version;
  uint32_t entries;
  uint32_t text_bytes;
};
static_assert(sizeof(Header) == 24, "written as it lies");

constexpr absl::string_view kMagic("BedsAbb\n", sizeof(Header::magic));

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("table of abbreviations: ", what, "; restore or rebuild the generation"));
}

absl::Status CheckVersion(absl::string_view what, uint32_t wanted, uint32_t got) {
  if (wanted == got) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("table of abbreviations: ", what, " version ", got,
                                                    ", this binary reads ", wanted,
                                                    "; reindex with this binary, or use the one that wrote it"));
}

absl::StatusOr<Header> ReadHeader(absl::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) {
    return Damaged(absl::StrCat(bytes.size(), " bytes, a header takes ", sizeof(header)));
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (absl::string_view(header.magic, sizeof(header.magic)) != kMagic) {
    return Damaged("the bytes do not begin as those of a table of abbreviations do");
  }
  RETURN_IF_ERROR(CheckVersion("format", AbbreviationTable::kFormatVersion, header.format_version));
  RETURN_IF_ERROR(CheckVersion("analyser", LexicalAnalyzer::kVersion, header.analyzer_version));
  return header;
}

// The order of entries, and of those of one key.
auto OrderOf(const AbbreviationTable::Entry& entry) {
  return std::make_tuple(entry.short_form, ~entry.documents, entry.key);
}
auto OrderInKeyOf(const AbbreviationTable::Entry& entry) {
  return std::make_tuple(entry.key, ~entry.documents, entry.short_form);
}

// The first of 0 to `size` - 1 for which `is_before` is false.
template <typename Predicate>
size_t FirstNot(size_t size, Predicate is_before) {
  size_t low = 0;
  size_t high = size;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (is_before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

absl::StatusOr<std::unique_ptr<AbbreviationTable>> AbbreviationTable::Open(std::string bytes) {
  auto table = std::make_unique<AbbreviationTable>();
  RETURN_IF_ERROR(table->Locate(std::move(bytes)));
  RETURN_IF_ERROR(table->CheckEntries());
  RETURN_IF_ERROR(table->CheckOrder());
  return table;
}

absl::Status AbbreviationTable::Locate(std::string bytes) {
  ASSIGN_OR_RETURN(const Header header, ReadHeader(bytes));
  const uint64_t by_key_at = sizeof(header) + uint64_t{header.entries} * sizeof(Offsets);
  const uint64_t text_at = by_key_at + uint64_t{header.entries} * sizeof(uint32_t);
  if (text_at + header.text_bytes != bytes.size()) {
    return Damaged(absl::StrCat(bytes.size(), " bytes, the header asks for ", text_at + header.text_bytes));
  }
  bytes_ = std::move(bytes);
  size_ = header.entries;
  offsets_ = PackedArray<Offsets>(bytes_.data() + sizeof(header));
  by_key_ = PackedArray<uint32_t>(bytes_.data() + by_key_at);
  text_ = absl::string_view(bytes_).substr(text_at);
  return absl::OkStatus();
}

absl::Status AbbreviationTable::CheckEntries() const {
  size_t end = 0;
  for (size_t i = 0; i < size_; ++i) {
    const Offsets offsets = offsets_[i];
    const size_t next = i + 1 < size_ ? offsets_[i + 1].short_form : text_.size();
    const bool ascends = offsets.short_form == end && offsets.short_form < offsets.long_form &&
                         offsets.long_form < offsets.key && offsets.key < next && next <= text_.size();
    if (!ascends || offsets.documents == 0 || by_key_[i] >= size_) {
      return Damaged(absl::StrCat("entry ", i, " of ", size_, " has an offset or a count that cannot be"));
    }
    const Entry found = entry(i);
    if (!IsValidUtf8(found.short_form) || !IsValidUtf8(found.long_form) || !IsValidUtf8(found.key)) {
      return Damaged(absl::StrCat("entry ", i, " of ", size_, " is not UTF-8"));
    }
    end = next;
  }
  return end == text_.size() ? absl::OkStatus() : Damaged("the entries do not cover the text");
}

absl::Status AbbreviationTable::CheckOrder() const {
  for (size_t i = 1; i < size_; ++i) {
    const bool ascends = OrderOf(entry(i - 1)) < OrderOf(entry(i)) &&
                         OrderInKeyOf(entry(by_key_[i - 1])) < OrderInKeyOf(entry(by_key_[i]));
    if (!ascends) return Damaged(absl::StrCat("entry ", i, " of ", size_, " is not after the one before it"));
  }
  return absl::OkStatus();
}

AbbreviationTable::Entry AbbreviationTable::entry(size_t index) const {
  const Offsets offsets = offsets_[index];
  const size_t end = index + 1 < size_ ? offsets_[index + 1].short_form : text_.size();
  return {text_.substr(offsets.short_form, offsets.long_form - offsets.short_form),
          text_.substr(offsets.long_form, offsets.key - offsets.long_form),
          text_.substr(offsets.key, end - offsets.key), offsets.documents};
}

absl::optional<AbbreviationTable::Entry> AbbreviationTable::LongFormOf(absl::string_view short_form) const {
  const size_t begin = FirstNot(size_, [&](size_t i) { return entry(i).short_form < short_form; });
  double documents = 0;
  for (size_t i = begin; i < size_ && entry(i).short_form == short_form; ++i) documents += entry(i).documents;
  if (documents == 0 || entry(begin).documents < kClearShare * documents) return absl::nullopt;
  return entry(begin);
}

absl::optional<AbbreviationTable::Entry> AbbreviationTable::ShortFormOf(absl::string_view key) const {
  const size_t place = FirstNot(size_, [&](size_t i) { return entry(by_key_[i]).key < key; });
  if (place == size_ || entry(by_key_[place]).key != key) return absl::nullopt;
  const Entry found = entry(by_key_[place]);
  const absl::optional<Entry> meaning = LongFormOf(found.short_form);
  return meaning.has_value() && meaning->key == key ? meaning : absl::nullopt;
}

void AbbreviationTableBuilder::Add(absl::string_view text) {
  for (const AbbreviationDefinition& found : HarvestAbbreviations(text)) {
    std::string key = NameKey(*analyzer_, found.long_form);
    if (key.empty()) continue;
    Definition& definition = definitions_[{std::string(found.short_form), std::move(key)}];
    if (definition.last == document_ + 1) continue;
    if (definition.documents == 0) definition.long_form = std::string(found.long_form);
    definition.last = document_ + 1;
    ++definition.documents;
  }
}

void AbbreviationTableBuilder::Add(const AbbreviationTable& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    const AbbreviationTable::Entry entry = table.entry(i);
    Definition& definition = definitions_[{std::string(entry.short_form), std::string(entry.key)}];
    if (definition.documents == 0) definition.long_form = std::string(entry.long_form);
    definition.documents += entry.documents;
  }
}

std::string AbbreviationTableBuilder::Finish() {
  std::vector<AbbreviationTable::Entry> entries;
  for (const auto& [forms, definition] : definitions_) {
    entries.push_back({forms.first, definition.long_form, forms.second, definition.documents});
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return OrderOf(a) < OrderOf(b); });
  std::vector<uint32_t> by_key(entries.size());
  std::iota(by_key.begin(), by_key.end(), 0);
  std::sort(by_key.begin(), by_key.end(),
            [&](uint32_t a, uint32_t b) { return OrderInKeyOf(entries[a]) < OrderInKeyOf(entries[b]); });
  std::string text;
  std::vector<uint32_t> numbers;
  for (const AbbreviationTable::Entry& entry : entries) {
    for (const absl::string_view part : {entry.short_form, entry.long_form, entry.key}) {
      numbers.push_back(static_cast<uint32_t>(text.size()));
      text.append(part.data(), part.size());
    }
    numbers.push_back(entry.documents);
  }
  numbers.insert(numbers.end(), by_key.begin(), by_key.end());
  Header header = {};
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.format_version = AbbreviationTable::kFormatVersion;
  header.analyzer_version = LexicalAnalyzer::kVersion;
  header.entries = static_cast<uint32_t>(entries.size());
  header.text_bytes = static_cast<uint32_t>(text.size());
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(uint32_t));
  bytes += text;
  *this = AbbreviationTableBuilder(analyzer_);
  return bytes;
}

}  // namespace bedside
