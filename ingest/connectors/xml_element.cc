#include "ingest/connectors/xml_element.h"

#include <expat.h>

#include <algorithm>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

constexpr size_t kFirstChunkBytes = 1 << 20;
constexpr size_t kMaxChunkBytes = 1 << 30;
constexpr size_t kPrologueBytes = 16 << 10;
// Of the tree of one record; an article of 10 MB needs about 60 MB.
constexpr size_t kMaxRecordMemory = size_t{512} << 20;
// Of character data that no element interrupts.
constexpr size_t kMaxTextBytes = size_t{32} << 20;

void AppendText(const XmlElement& element, std::string& out) {
  out += element.text;
  for (const XmlElement& child : element.children) AppendText(child, out);
}

// The characters of HTML 4 that biomedical texts use.
absl::string_view NamedCharacter(absl::string_view name) {
  static const auto& kCharacters = *new absl::flat_hash_map<absl::string_view, absl::string_view>({
      {"nbsp", " "},    {"thinsp", " "}, {"ensp", " "},   {"emsp", " "},   {"shy", ""},     {"ndash", "–"},
      {"mdash", "—"},   {"hellip", "…"}, {"lsquo", "‘"},  {"rsquo", "’"},  {"ldquo", "“"},  {"rdquo", "”"},
      {"bull", "•"},    {"middot", "·"}, {"deg", "°"},    {"plusmn", "±"}, {"times", "×"},  {"divide", "÷"},
      {"minus", "−"},   {"le", "≤"},     {"ge", "≥"},     {"ne", "≠"},     {"asymp", "≈"},  {"infin", "∞"},
      {"micro", "µ"},   {"alpha", "α"},  {"beta", "β"},   {"gamma", "γ"},  {"delta", "δ"},  {"Delta", "Δ"},
      {"epsilon", "ε"}, {"kappa", "κ"},  {"lambda", "λ"}, {"mu", "μ"},     {"pi", "π"},     {"sigma", "σ"},
      {"tau", "τ"},     {"chi", "χ"},    {"omega", "ω"},  {"Omega", "Ω"},  {"reg", "®"},    {"trade", "™"},
      {"copy", "©"},    {"sup1", "¹"},   {"sup2", "²"},   {"sup3", "³"},   {"frac12", "½"}, {"frac14", "¼"},
      {"frac34", "¾"},  {"dagger", "†"}, {"Dagger", "‡"}, {"sect", "§"},   {"para", "¶"},   {"rarr", "→"},
      {"larr", "←"},    {"uarr", "↑"},   {"darr", "↓"},   {"pound", "£"},  {"euro", "€"},   {"yen", "¥"},
      {"eacute", "é"},  {"egrave", "è"}, {"ecirc", "ê"},  {"agrave", "à"}, {"aacute", "á"}, {"acirc", "â"},
      {"iacute", "í"},  {"oacute", "ó"}, {"ocirc", "ô"},  {"uacute", "ú"}, {"ccedil", "ç"}, {"ntilde", "ñ"},
      {"auml", "ä"},    {"ouml", "ö"},   {"uuml", "ü"},   {"Auml", "Ä"},   {"Ouml", "Ö"},   {"Uuml", "Ü"},
      {"aring", "å"},   {"oslash", "ø"}, {"aelig", "æ"},  {"szlig", "ß"},  {"Aring", "Å"},  {"Oslash", "Ø"},
  });
  const auto it = kCharacters.find(name);
  return it == kCharacters.end() ? absl::string_view() : it->second;
}

// The `encoding` of the XML declaration; "" when there is none, or when expat reads it itself.
std::string ForeignEncoding(absl::string_view bytes) {
  if (!absl::StartsWith(bytes, "<?xml")) return "";
  const absl::string_view declaration = bytes.substr(0, std::min(bytes.find("?>"), size_t{256}));
  const size_t at = declaration.find("encoding");
  if (at == absl::string_view::npos) return "";
  const size_t open = declaration.find_first_of("'\"", at);
  if (open == absl::string_view::npos) return "";
  const size_t close = declaration.find(declaration[open], open + 1);
  if (close == absl::string_view::npos) return "";
  const absl::string_view name = declaration.substr(open + 1, close - open - 1);
  for (absl::string_view native : {"UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"}) {
    if (absl::EqualsIgnoreCase(name, native)) return "";
  }
  return std::string(name);
}

// Builds records from expat's events.
class RecordReader {
 public:
  RecordReader(absl::Span<const absl::string_view> names,
               absl::FunctionRef<bool(const XmlElement& record, size_t line)> on_record)
      : names_(names), on_record_(on_record) {}

  absl::optional<XmlProblem> Read(absl::string_view bytes);

 private:
  struct ParserDeleter {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static RecordReader& Of(void* user_data) { return *static_cast<RecordReader*>(user_data); }
  static void XMLCALL OnStart(void* self, const XML_Char* name, const XML_Char** attributes) {
    Of(self).Start(name, attributes);
  }
  static void XMLCALL OnEnd(void* self, const XML_Char*) { Of(self).End(); }
  static void XMLCALL OnText(void* self, const XML_Char* text, int size) {
    Of(self).Text(absl::string_view(text, static_cast<size_t>(size)));
  }
  // Its parameters are expat's.
  // NOLINTNEXTLINE(readability-function-size)
  static void XMLCALL OnEntityDeclaration(void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                                          const XML_Char*, const XML_Char*, const XML_Char*) {
    Of(self).Refuse("the file declares entities of its own, which are refused; replace them by their text");
  }
  static void XMLCALL OnAttributeDeclaration(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                             const XML_Char* default_value, int) {
    if (default_value == nullptr) return;
    Of(self).Refuse("the file declares a default value of an attribute, which is refused; write it where it is meant");
  }
  static void XMLCALL OnSkippedEntity(void* self, const XML_Char* name, int is_parameter) {
    if (!is_parameter) Of(self).SkippedEntity(name);
  }

  void Start(const XML_Char* name, const XML_Char** attributes);
  void End();
  void Text(absl::string_view text);
  void SkippedEntity(absl::string_view name);
  bool Charge(size_t bytes);
  void Refuse(absl::string_view reason);
  XmlProblem ProblemHere(absl::string_view reason) const;

  const absl::Span<const absl::string_view> names_;
  const absl::FunctionRef<bool(const XmlElement&, size_t)> on_record_;
  std::unique_ptr<XML_ParserStruct, ParserDeleter> parser_;
  // Open elements of the record being read, outermost first; empty between records.
  std::vector<XmlElement> open_;
  size_t depth_ = 0;
  size_t record_line_ = 0;
  size_t record_memory_ = 0;
  bool stopped_ = false;
  absl::optional<XmlProblem> problem_;
};

absl::optional<XmlProblem> RecordReader::Read(absl::string_view bytes) {
  std::string converted;
  const std::string foreign = ForeignEncoding(bytes);
  if (!foreign.empty()) {
    absl::StatusOr<std::string> utf8 = ToUtf8(bytes, foreign);
    if (!utf8.ok()) return XmlProblem{1, 1, absl::StrCat("the declared encoding \"", foreign, "\" is not known")};
    converted = *std::move(utf8);
    bytes = converted;
  }
  parser_.reset(XML_ParserCreate(foreign.empty() ? nullptr : "UTF-8"));
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser_.get(), OnText);
  XML_SetEntityDeclHandler(parser_.get(), OnEntityDeclaration);
  XML_SetAttlistDeclHandler(parser_.get(), OnAttributeDeclaration);
  XML_SetSkippedEntityHandler(parser_.get(), OnSkippedEntity);
  XML_UseForeignDTD(parser_.get(), XML_TRUE);
  // Each as long as all before it: expat reads a token that no chunk ends from its beginning with every one of them.
  size_t chunk_bytes = kFirstChunkBytes;
  do {
    const absl::string_view chunk = bytes.substr(0, chunk_bytes);
    bytes.remove_prefix(chunk.size());
    chunk_bytes = std::min(2 * chunk_bytes, kMaxChunkBytes);
    if (XML_Parse(parser_.get(), chunk.data(), static_cast<int>(chunk.size()), bytes.empty()) != XML_STATUS_OK) {
      if (stopped_) return problem_;
      return ProblemHere(absl::StrCat("not well-formed XML: ", XML_ErrorString(XML_GetErrorCode(parser_.get()))));
    }
  } while (!bytes.empty());
  return problem_;
}

void RecordReader::Start(const XML_Char* name, const XML_Char** attributes) {
  if (stopped_) return;
  if (++depth_ > kMaxXmlDepth) {
    return Refuse(absl::StrCat("elements are nested more than ", kMaxXmlDepth, " deep"));
  }
  if (open_.empty()) {
    if (std::find(names_.begin(), names_.end(), absl::string_view(name)) == names_.end()) return;
    record_line_ = XML_GetCurrentLineNumber(parser_.get());
    record_memory_ = 0;
  }
  XmlElement element;
  element.name = name;
  size_t size = sizeof(XmlElement) + element.name.size();
  for (const XML_Char** attribute = attributes; *attribute != nullptr; attribute += 2) {
    element.attributes.emplace_back(attribute[0], attribute[1]);
    size += sizeof(element.attributes[0]) + element.attributes.back().first.size() +
            element.attributes.back().second.size();
  }
  open_.push_back(std::move(element));
  Charge(size);
}

void RecordReader::End() {
  if (stopped_) return;
  --depth_;
  if (open_.empty()) return;
  XmlElement element = std::move(open_.back());
  open_.pop_back();
  if (!open_.empty()) {
    open_.back().children.push_back(std::move(element));
    return;
  }
  if (!on_record_(element, record_line_)) {
    stopped_ = true;
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void RecordReader::Text(absl::string_view text) {
  if (stopped_ || open_.empty()) return;
  std::vector<XmlElement>& siblings = open_.back().children;
  if (siblings.empty() || !siblings.back().is_text()) {
    siblings.emplace_back();
    if (!Charge(sizeof(XmlElement))) return;
  }
  std::string& whole = siblings.back().text;
  whole.append(text.data(), text.size());
  if (whole.size() > kMaxTextBytes) {
    return Refuse(absl::StrCat("one record has a text of more than ", kMaxTextBytes >> 20, " MiB"));
  }
  Charge(text.size());
}

void RecordReader::SkippedEntity(absl::string_view name) {
  const absl::string_view character = NamedCharacter(name);
  Text(character.data() == nullptr ? absl::StrCat("&", name, ";") : std::string(character));
}

bool RecordReader::Charge(size_t bytes) {
  record_memory_ += bytes;
  if (record_memory_ <= kMaxRecordMemory) return true;
  Refuse(absl::StrCat("one record takes more than ", kMaxRecordMemory >> 20, " MiB of memory"));
  return false;
}

void RecordReader::Refuse(absl::string_view reason) {
  if (stopped_) return;
  stopped_ = true;
  problem_ = ProblemHere(reason);
  XML_StopParser(parser_.get(), XML_FALSE);
}

XmlProblem RecordReader::ProblemHere(absl::string_view reason) const {
  return {XML_GetCurrentLineNumber(parser_.get()), XML_GetCurrentColumnNumber(parser_.get()) + 1, std::string(reason)};
}

void XMLCALL StopAtRoot(void* user_data, const XML_Char* name, const XML_Char**) {
  auto& [parser, root] = *static_cast<std::pair<XML_Parser, std::string>*>(user_data);
  if (root.empty()) root = name;
  XML_StopParser(parser, XML_FALSE);
}

}  // namespace

absl::string_view XmlElement::Attribute(absl::string_view attribute) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute) return value;
  }
  return "";
}

const XmlElement* XmlElement::Find(absl::string_view path) const {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(path, absl::MaxSplits('/', 1));
  for (const XmlElement& child : children) {
    if (child.name != parts.first) continue;
    const XmlElement* found = parts.second.empty() ? &child : child.Find(parts.second);
    if (found != nullptr) return found;
  }
  return nullptr;
}

std::vector<const XmlElement*> XmlElement::All(absl::string_view child) const {
  std::vector<const XmlElement*> found;
  for (const XmlElement& candidate : children) {
    if (candidate.name == child) found.push_back(&candidate);
  }
  return found;
}

std::string XmlElement::Text() const {
  std::string text;
  AppendText(*this, text);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

std::string XmlElement::TextAt(absl::string_view path) const {
  const XmlElement* found = Find(path);
  return found == nullptr ? "" : found->Text();
}

std::string XmlProblem::location() const { return absl::StrCat("line ", line, ", column ", column); }

absl::optional<XmlProblem> ReadRecords(absl::string_view bytes, absl::Span<const absl::string_view> names,
                                       absl::FunctionRef<bool(const XmlElement& record, size_t line)> on_record) {
  return RecordReader(names, on_record).Read(bytes);
}

std::string RootElementName(absl::string_view bytes) {
  const absl::string_view prologue = bytes.substr(0, kPrologueBytes);
  // A foreign encoding is a superset of ASCII where its declaration could be read, and so is the name.
  const char* encoding = ForeignEncoding(prologue).empty() ? nullptr : "ISO-8859-1";
  std::pair<XML_Parser, std::string> state(XML_ParserCreate(encoding), "");
  XML_SetUserData(state.first, &state);
  XML_SetStartElementHandler(state.first, StopAtRoot);
  XML_Parse(state.first, prologue.data(), static_cast<int>(prologue.size()), XML_FALSE);
  XML_ParserFree(state.first);
  return state.second;
}

}  // namespace bedside
