#include "ingest/connectors/front_matter.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "ingest/connectors/document_id.h"
#include "ingest/connectors/document_status_name.h"
#include "ingest/connectors/external_id.h"
#include "ingest/connectors/publication_date.h"
#include "yaml-cpp/yaml.h"

namespace bedside {
namespace {

// Far above any real front matter; the parser's cost per byte is high.
constexpr size_t kMaxBytes = 256 * 1024;
// The opening "---" is line 1, and yaml-cpp counts from 0.
constexpr int kFirstLine = 2;
// yaml-cpp 0.7 ends an open quotation at the end of the text without an error, and so would lose the keys after it. A
// last key that is not found again shows it.
constexpr char kLastKey[] = "bedside_end_of_front_matter";

bool IsFence(absl::string_view line) { return absl::StripTrailingAsciiWhitespace(line) == "---"; }

// A key as this file spells it: "Superseded-By" is superseded_by, "organisation" organization.
std::string Key(absl::string_view key) {
  const std::string plain =
      absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripAsciiWhitespace(key)), {{"-", "_"}, {" ", "_"}});
  return plain == "organisation" ? "organization" : plain;
}

// 3 for what looks like "2024-05-31", 2 for "2024-05", otherwise 0.
int StatedPrecision(absl::string_view date) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(date.substr(0, date.find_first_of("T ")), absl::ByAnyChar("-/"));
  const bool numeric = std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == part.npos;
  });
  return numeric && parts[0].size() == 4 && parts.size() <= 3 ? static_cast<int>(parts.size()) : 0;
}

// Reads values of one mapping into a document.
class Reader {
 public:
  Reader(const YAML::Node& root, storage::Document* document, std::vector<FrontMatterDefect>* warnings)
      : document_(*document), warnings_(*warnings) {
    for (const auto& entry : root) {
      if (entry.first.IsScalar() && !entry.second.IsNull()) values_[Key(entry.first.Scalar())].push_back(entry.second);
    }
  }

  // Why nothing of it can be trusted, where that is so.
  absl::optional<FrontMatterDefect> ReadAll() {
    document_.set_id(DocumentId(Scalar("id")));
    document_.set_title(Scalar("title"));
    document_.set_publisher(Scalar("organization"));
    document_.set_jurisdiction(Scalar("country"));
    document_.set_language(Scalar("language"));
    document_.set_evidence_system(Scalar("evidence_system"));
    document_.set_source_version(Scalar("version"));
    for (const char* scheme : {"pmid", "pmcid", "doi", "url"}) ReadExternalId(scheme);
    ReadDate();
    ReadStatus();
    ReadKind();
    for (std::string& id : References("supersedes")) document_.add_supersedes(std::move(id));
    for (std::string& id : References("superseded_by")) document_.add_superseded_by(std::move(id));
    for (std::string& condition : List("conditions")) document_.add_conditions(std::move(condition));
    for (std::string& tag : List("tags")) document_.add_tags(std::move(tag));
    return std::move(defect_);
  }

 private:
  // Of a key that may stand several times, also in other spellings; without those that say nothing.
  const std::vector<YAML::Node>& FindAll(const std::string& key) { return values_[key]; }

  void Warn(const YAML::Node& node, std::string reason) {
    warnings_.push_back({node.Mark().line + kFirstLine, std::move(reason)});
  }

  void WarnOfMany(const char* key, absl::string_view what_is_taken) {
    const std::vector<YAML::Node>& nodes = FindAll(key);
    if (nodes.size() < 2) return;
    Warn(nodes[1], absl::StrCat(key, ": stands ", nodes.size(), " times; ", what_is_taken));
  }

  // "" when there is none.
  std::string Scalar(const char* key) {
    WarnOfMany(key, "the first is taken");
    const std::vector<YAML::Node>& nodes = FindAll(key);
    return nodes.empty() ? "" : ScalarOf(nodes[0], key);
  }

  std::string ScalarOf(const YAML::Node& node, const char* key) {
    if (node.IsScalar()) return Value(node);
    Warn(node, absl::StrCat(key, ": wanted one value, got a list or mapping; left out"));
    return "";
  }

  std::vector<std::string> List(const char* key) {
    WarnOfMany(key, "the values of all are taken");
    std::vector<std::string> values;
    for (const YAML::Node& node : FindAll(key)) AppendList(node, key, values);
    return values;
  }

  void AppendList(const YAML::Node& node, const char* key, std::vector<std::string>& values) {
    if (node.IsMap()) Warn(node, absl::StrCat(key, ": wanted a value or a list of values, got a mapping; left out"));
    if (node.IsScalar()) values.push_back(Value(node));
    if (!node.IsSequence()) return;
    for (const YAML::Node& item : node) {
      if (item.IsScalar() && !item.Scalar().empty()) values.push_back(Value(item));
      if (item.IsMap() || item.IsSequence()) Warn(item, absl::StrCat(key, ": wanted a value in the list; left it out"));
    }
  }

  // The ids of documents in a list, of which one value may hold several: "a-2010, b-2012".
  std::vector<std::string> References(const char* key) {
    std::vector<std::string> ids;
    for (const std::string& value : List(key)) {
      // A URL may have a comma in it.
      const absl::string_view separator = absl::StrContains(value, '/') ? ", " : ",";
      for (absl::string_view id : absl::StrSplit(value, separator, absl::SkipWhitespace())) {
        ids.push_back(Reference(std::string(absl::StripAsciiWhitespace(id))));
      }
    }
    return ids;
  }

  static std::string Value(const YAML::Node& node) { return std::string(absl::StripAsciiWhitespace(node.Scalar())); }

  // Ids are compared with the ids of documents; DOIs and URLs with their external ids.
  static std::string Reference(const std::string& id) { return absl::StrContains(id, '/') ? id : DocumentId(id); }

  void ReadExternalId(const char* scheme) {
    const std::string value = Scalar(scheme);
    if (value.empty()) return;
    absl::optional<v1::ExternalId> id = MakeExternalId(scheme, value);
    if (id.has_value()) {
      *document_.add_external_ids() = *std::move(id);
    } else {
      Warn(FindAll(scheme)[0], absl::StrCat(scheme, ": '", value, "' is none; left out"));
    }
  }

  void ReadDate() {
    const std::string value = Scalar("publication_date");
    if (value.empty()) return;
    const v1::Date date = ParsePublicationDate(value);
    const YAML::Node& node = FindAll("publication_date")[0];
    if (date.year() == 0) {
      return Warn(node,
                  absl::StrCat("publication_date: wanted a date such as 2024-05-31, got '", value, "'; left out"));
    }
    *document_.mutable_publication_date() = date;
    if (StatedPrecision(value) > 1 + (date.month() > 0) + (date.day() > 0)) {
      Warn(node, absl::StrCat("publication_date: '", value, "' is not in the calendar; read as ", date.year(),
                              date.month() > 0 ? absl::StrFormat("-%02d", date.month()) : ""));
    }
  }

  // Of several the gravest: a document is not current because another line says so.
  void ReadStatus() {
    WarnOfMany("status", "the gravest is taken");
    for (const YAML::Node& node : FindAll("status")) {
      const std::string value = ScalarOf(node, "status");
      if (value.empty()) continue;
      const v1::DocumentStatus status = ParseDocumentStatus(value);
      if (status == v1::DOCUMENT_STATUS_UNSPECIFIED) {
        defect_ = FrontMatterDefect{node.Mark().line + kFirstLine,
                                    absl::StrCat("status: wanted ", kDocumentStatusNames, ", got '", value, "'")};
      }
      document_.set_stated_status(std::max(document_.stated_status(), status));
    }
  }

  // `kind` is a name of v1::DocumentKind without its prefix, in any case.
  void ReadKind() {
    const bool is_guideline = !document_.publisher().empty() || !Scalar("guideline_type").empty();
    document_.set_kind(is_guideline ? v1::DOCUMENT_KIND_GUIDELINE : v1::DOCUMENT_KIND_OTHER);
    const std::string value = Scalar("kind");
    if (value.empty()) return;
    v1::DocumentKind kind;
    if (v1::DocumentKind_Parse(absl::StrCat("DOCUMENT_KIND_", absl::AsciiStrToUpper(value)), &kind)) {
      document_.set_kind(kind);
    } else {
      Warn(FindAll("kind")[0],
           absl::StrCat("kind: '", value, "' is none; wanted for example systematic_review; left out"));
    }
  }

  absl::flat_hash_map<std::string, std::vector<YAML::Node>> values_;
  storage::Document& document_;
  std::vector<FrontMatterDefect>& warnings_;
  absl::optional<FrontMatterDefect> defect_;
};

// REQUIRES: root is a mapping
FrontMatterDefect OpenQuotation(const YAML::Node& root) {
  int line = kFirstLine;
  for (const auto& entry : root) line = std::max(line, entry.second.Mark().line + kFirstLine);
  return {line, "front matter: a quotation begins here and does not end"};
}

bool IsPlainText(char c) { return absl::ascii_isalnum(c) || c == '(' || static_cast<unsigned char>(c) >= 0x80; }

// Where the value of "key: value: with a colon" begins; npos for another line, or one that YAML understands.
size_t ValueWithColon(absl::string_view line) {
  const size_t colon = line.find(": ");
  const bool has_key = colon != line.npos && colon > 0 && absl::ascii_isalpha(line[0]) &&
                       line.substr(0, colon).find_first_of("\"'#[]{},") == line.npos;
  if (!has_key) return line.npos;
  const size_t value = line.find_first_not_of(' ', colon + 1);
  const bool is_meant = value != line.npos && IsPlainText(line[value]) && line.find(": ", value) != line.npos &&
                        line.find(" #", value) == line.npos;
  return is_meant ? value : line.npos;
}

// `yaml`, line by line, with quotation marks around the values that need them for a colon; a warning for each.
std::string WithColonsQuoted(absl::string_view yaml, std::vector<FrontMatterDefect>* warnings) {
  std::string quoted;
  int number = kFirstLine;
  for (absl::string_view line : absl::StrSplit(yaml, '\n')) {
    if (const size_t value = ValueWithColon(line); value != line.npos) {
      const std::string text =
          absl::StrReplaceAll(absl::StripTrailingAsciiWhitespace(line.substr(value)), {{"\\", "\\\\"}, {"\"", "\\\""}});
      absl::StrAppend(&quoted, line.substr(0, value), "\"", text, "\"\n");
      warnings->push_back({number, "a value with \": \" in it needs quotation marks; read as if it had them"});
    } else {
      absl::StrAppend(&quoted, line, "\n");
    }
    ++number;
  }
  return quoted;
}

// Throws what yaml-cpp throws.
YAML::Node Load(absl::string_view yaml) { return YAML::Load(absl::StrCat(yaml, "\n", kLastKey, ":\n")); }

// As Load, and where that fails, with the quotation marks that are missing.
YAML::Node LoadWithMissingQuotes(absl::string_view yaml, std::vector<FrontMatterDefect>* warnings) {
  try {
    return Load(yaml);
  } catch (const YAML::ParserException&) {
    std::vector<FrontMatterDefect> quoted;
    const std::string mended = WithColonsQuoted(yaml, &quoted);
    if (quoted.empty()) throw;
    YAML::Node root = Load(mended);
    warnings->insert(warnings->end(), quoted.begin(), quoted.end());
    return root;
  }
}

}  // namespace

FrontMatterSplit SplitFrontMatter(absl::string_view text) {
  size_t begin = text.find('\n');
  if (!IsFence(text.substr(0, begin))) return {absl::nullopt, text};
  if (begin == text.npos) return {text, absl::string_view()};
  ++begin;
  for (size_t line = begin; line < text.size();) {
    const size_t end = text.find('\n', line);
    if (IsFence(text.substr(line, end - line))) {
      return {text.substr(begin, line - begin), end == text.npos ? text.substr(text.size()) : text.substr(end + 1)};
    }
    if (end == text.npos) break;
    line = end + 1;
  }
  return {text.substr(begin), absl::string_view()};
}

absl::optional<FrontMatterDefect> ReadFrontMatter(absl::string_view yaml, storage::Document* document,
                                                  std::vector<FrontMatterDefect>* warnings) {
  if (yaml.size() > kMaxBytes) {
    return FrontMatterDefect{1, absl::StrCat("front matter has ", yaml.size(), " bytes, wanted at most ", kMaxBytes)};
  }
  try {
    const YAML::Node root = LoadWithMissingQuotes(yaml, warnings);
    if (!root.IsMap()) return FrontMatterDefect{kFirstLine, "front matter: wanted 'key: value' lines"};
    if (!root[kLastKey].IsDefined()) return OpenQuotation(root);
    return Reader(root, document, warnings).ReadAll();
  } catch (const YAML::Exception& error) {
    return FrontMatterDefect{error.mark.line + kFirstLine, absl::StrCat("front matter is not YAML: ", error.msg)};
  } catch (const std::exception& error) {
    return FrontMatterDefect{1, absl::StrCat("front matter cannot be read: ", error.what())};
  }
}

}  // namespace bedside
