#include "ingest/connectors/html_tree.h"

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ingest/connectors/html_nesting.h"

namespace bedside {
namespace {

constexpr size_t kMaxHtmlBytes = size_t{16} << 20;
constexpr size_t kMaxTreeBytes = size_t{512} << 20;
constexpr size_t kMaxDepth = 2000;
constexpr size_t kMaxAttributes = 500;
constexpr size_t kChunkBytes = size_t{1} << 20;

}  // namespace

// Memory for gumbo, which cannot report that there is none: Parse is left by longjmp. Nothing with a destructor lies
// between the two, since gumbo is C.
class HtmlTree::Arena {
 public:
  static void* Allocate(void* self, size_t bytes) { return static_cast<Arena*>(self)->Take(bytes); }
  static void Deallocate(void*, void*) {}

  // Null when the tree is too large.
  GumboOutput* Parse(const char* html, size_t size) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = Allocate;
    options.deallocator = Deallocate;
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(too_large_) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html, size);
  }

 private:
  void* Take(size_t bytes) {
    bytes = (bytes + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (bytes > left_) Grow(bytes);
    left_ -= bytes;
    next_ += bytes;
    return next_ - bytes;
  }

  void Grow(size_t bytes) {
    const size_t chunk = std::max(bytes, kChunkBytes);
    if (taken_ + chunk > kMaxTreeBytes) std::longjmp(too_large_, 1);
    chunks_.emplace_back(new char[chunk]);
    taken_ += chunk;
    next_ = chunks_.back().get();
    left_ = chunk;
  }

  std::jmp_buf too_large_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t taken_ = 0;
};

HtmlTree::HtmlTree(std::string html) : html_(std::move(html)), arena_(new Arena) {}

HtmlTree::~HtmlTree() = default;

absl::StatusOr<std::unique_ptr<HtmlTree>> HtmlTree::Parse(std::string html) {
  if (html.size() > kMaxHtmlBytes) {
    return absl::InvalidArgumentError(absl::StrCat("the page has ", html.size() >> 20, " MiB, more than the ",
                                                   kMaxHtmlBytes >> 20, " MiB that are read"));
  }
  const HtmlExtent extent = MeasureHtml(html, {kMaxDepth, kMaxAttributes});
  if (extent.depth > kMaxDepth) {
    return absl::InvalidArgumentError(absl::StrCat("elements are nested more than ", kMaxDepth, " deep"));
  }
  if (extent.attributes > kMaxAttributes) {
    return absl::InvalidArgumentError(absl::StrCat("a tag has more than ", kMaxAttributes, " attributes"));
  }
  std::unique_ptr<HtmlTree> tree(new HtmlTree(std::move(html)));
  tree->output_ = tree->arena_->Parse(tree->html_.data(), tree->html_.size());
  if (tree->output_ == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("the page's tree takes more than ", kMaxTreeBytes >> 20, " MiB"));
  }
  return tree;
}

bool IsElement(const GumboNode& node, GumboTag tag) {
  return (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) && node.v.element.tag == tag;
}

absl::Span<GumboNode* const> Children(const GumboNode& node) {
  if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) return {};
  const GumboVector& children = node.v.element.children;
  return {reinterpret_cast<GumboNode* const*>(children.data), children.length};
}

bool HasHtmlAttribute(const GumboNode& node, const char* name) {
  return node.type == GUMBO_NODE_ELEMENT && gumbo_get_attribute(&node.v.element.attributes, name) != nullptr;
}

absl::string_view HtmlAttribute(const GumboNode& node, const char* name) {
  if (node.type != GUMBO_NODE_ELEMENT) return "";
  const GumboAttribute* attribute = gumbo_get_attribute(&node.v.element.attributes, name);
  return attribute == nullptr ? "" : attribute->value;
}

std::vector<const GumboNode*> FindAll(const GumboNode& node, GumboTag tag) {
  std::vector<const GumboNode*> found;
  std::vector<const GumboNode*> pending = {&node};
  while (!pending.empty()) {
    const GumboNode* next = pending.back();
    pending.pop_back();
    if (IsElement(*next, tag)) found.push_back(next);
    const absl::Span<GumboNode* const> children = Children(*next);
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
  return found;
}

}  // namespace bedside
