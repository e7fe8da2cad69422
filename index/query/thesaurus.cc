#include "index/query/thesaurus.h"

#include <expat.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/query/word_key.h"

namespace bedside {

// Collects the names of descriptors from expat's events.
class ThesaurusReader {
 public:
  ThesaurusReader(const LexicalAnalyzer& analyzer, Thesaurus* thesaurus)
      : analyzer_(analyzer), thesaurus_(*thesaurus) {}

  void Begin(absl::string_view element) {
    path_.emplace_back(element);
    if (element == "DescriptorRecord") names_.clear();
    if (IsName()) text_.clear();
  }

  void Text(absl::string_view text) {
    if (IsName()) text_.append(text.data(), text.size());
  }

  void End() {
    if (IsName()) {
      const std::string name(absl::StripAsciiWhitespace(text_));
      if (!name.empty() && std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
    }
    if (path_.back() == "DescriptorRecord") AddDescriptor();
    path_.pop_back();
  }

 private:
  // Whether the innermost element holds a name of the descriptor, not of another one that it refers to.
  bool IsName() const {
    const size_t depth = path_.size();
    if (depth < 3 || path_[depth - 1] != "String") return false;
    return path_[depth - 2] == "Term" ||
           (path_[depth - 2] == "DescriptorName" && path_[depth - 3] == "DescriptorRecord");
  }

  void AddDescriptor() {
    const auto number = static_cast<uint32_t>(thesaurus_.names_.size());
    std::vector<Thesaurus::Name>& names = thesaurus_.names_.emplace_back();
    for (std::string& name : names_) {
      std::string key = NameKey(analyzer_, name);
      if (key.empty()) continue;
      uint32_t& owner = thesaurus_.descriptors_of_.try_emplace(key, number).first->second;
      if (owner != number) owner = Thesaurus::kSeveral;
      names.push_back({std::move(name), std::move(key)});
    }
    names_.clear();
  }

  const LexicalAnalyzer& analyzer_;
  Thesaurus& thesaurus_;
  std::vector<std::string> path_;
  std::vector<std::string> names_;
  std::string text_;
};

namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;

struct ParserDeleter {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, ParserDeleter>;

Parser ParserFor(ThesaurusReader* reader) {
  Parser parser(XML_ParserCreate("UTF-8"));
  XML_SetUserData(parser.get(), reader);
  XML_SetElementHandler(
      parser.get(),
      [](void* data, const XML_Char* name, const XML_Char**) { static_cast<ThesaurusReader*>(data)->Begin(name); },
      [](void* data, const XML_Char*) { static_cast<ThesaurusReader*>(data)->End(); });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* text, int length) {
    static_cast<ThesaurusReader*>(data)->Text({text, static_cast<size_t>(length)});
  });
  return parser;
}

absl::Status NotMesh(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("thesaurus ", path, ": ", what, "; wanted a MeSH descriptor file in XML"));
}

absl::Status Parse(std::istream& file, const std::string& path, XML_ParserStruct* parser) {
  std::string buffer(kBufferBytes, '\0');
  do {
    file.read(&buffer[0], static_cast<std::streamsize>(buffer.size()));
    const bool is_last = file.eof();
    if (!is_last && file.fail()) return absl::NotFoundError(absl::StrCat("thesaurus ", path, " cannot be read"));
    if (XML_Parse(parser, buffer.data(), static_cast<int>(file.gcount()), is_last) == XML_STATUS_ERROR) {
      return NotMesh(path, absl::StrCat("line ", XML_GetCurrentLineNumber(parser), ": ",
                                        XML_ErrorString(XML_GetErrorCode(parser))));
    }
  } while (!file.eof());
  return absl::OkStatus();
}

// The words of a key in any order: "Infarction, Myocardial" has those of "Myocardial Infarction".
std::set<std::string> WordsOf(const std::string& key) { return absl::StrSplit(key, ' '); }

}  // namespace

absl::StatusOr<std::unique_ptr<Thesaurus>> Thesaurus::Read(const std::string& path, const LexicalAnalyzer& analyzer) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("thesaurus ", path, " cannot be read"));
  auto thesaurus = std::make_unique<Thesaurus>();
  ThesaurusReader reader(analyzer, thesaurus.get());
  const absl::Status parsed = Parse(file, path, ParserFor(&reader).get());
  if (!parsed.ok()) return parsed;
  if (thesaurus->names_.empty()) return NotMesh(path, "no DescriptorRecord in it");
  return thesaurus;
}

std::vector<std::string> Thesaurus::OtherNamesOf(const std::string& key) const {
  const auto found = descriptors_of_.find(key);
  if (found == descriptors_of_.end() || found->second == kSeveral) return {};
  std::vector<std::string> others;
  std::set<std::set<std::string>> seen = {WordsOf(key)};
  for (const Name& name : names_[found->second]) {
    if (others.size() < kMaxOtherNames && seen.insert(WordsOf(name.key)).second) others.push_back(name.text);
  }
  return others;
}

}  // namespace bedside
