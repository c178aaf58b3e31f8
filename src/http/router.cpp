#include "router.h"

#include "hub/base/form.h"
#include "hub/base/text.h"

namespace hub::http {
namespace {

constexpr std::string_view suffix = ".json";

bool has_placeholder(std::string_view path) { return path.find('{') != std::string_view::npos; }

}  // namespace

Router::Router(std::span<const Route> routes) {
  for (const Route& route : routes) {
    if (!has_placeholder(route.path)) {
      fixed_[std::string(route.path)].routes.push_back(&route);
      if (!route.json_suffix) continue;
      Fixed& with_suffix = fixed_[std::string(route.path) + std::string(suffix)];
      with_suffix.routes.push_back(&route);
      with_suffix.json_suffix = true;
      continue;
    }
    Node* node = &root_;
    for (const std::string_view part : split(route.path.substr(1), '/')) {
      if (part.starts_with('{')) {
        if (!node->any) node->any = std::make_unique<Node>();
        node = node->any.get();
      } else {
        node = &node->children[std::string(part)];
      }
    }
    node->routes.push_back(&route);
  }
}

const Router::Node* Router::descend(const Node& node, std::span<const std::string> segments,
                                    std::vector<std::string>& values) const {
  if (segments.empty()) return node.routes.empty() ? nullptr : &node;
  if (const auto child = node.children.find(segments.front()); child != node.children.end()) {
    if (const Node* const found = descend(child->second, segments.subspan(1), values)) return found;
  }
  if (!node.any) return nullptr;
  values.push_back(segments.front());
  if (const Node* const found = descend(*node.any, segments.subspan(1), values)) return found;
  values.pop_back();
  return nullptr;
}

Result<Router::Match> Router::find(std::string_view path) const {
  Match match;
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (const auto fixed = fixed_.find(path); fixed != fixed_.end()) {
    match.routes = &fixed->second.routes;
    match.json_suffix = fixed->second.json_suffix;
    return match;
  }
  Result<std::vector<std::string>> segments = parse_path(path);
  if (!segments) return segments.error();
  // A path that was written with escapes it did not need.
  if (path.find('%') != std::string_view::npos) {
    if (const auto fixed = fixed_.find("/" + join(*segments, "/")); fixed != fixed_.end()) {
      match.routes = &fixed->second.routes;
      match.json_suffix = fixed->second.json_suffix;
      return match;
    }
  }
  const Node* node = descend(root_, *segments, match.values);
  if (node == nullptr && !segments->empty() && segments->back().ends_with(suffix)) {
    segments->back().resize(segments->back().size() - suffix.size());
    match.values.clear();
    node = descend(root_, *segments, match.values);
    if (node != nullptr && !node->routes.front()->json_suffix) node = nullptr;
    match.json_suffix = node != nullptr;
  } else if (node != nullptr && node->routes.front()->json_suffix && !match.values.empty() &&
             segments->back().ends_with(suffix) && match.values.back() == segments->back()) {
    match.values.back().resize(match.values.back().size() - suffix.size());
    match.json_suffix = true;
  }
  if (node != nullptr) match.routes = &node->routes;
  return match;
}

}  // namespace hub::http
