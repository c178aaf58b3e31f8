#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "route.h"

namespace hub::http {

// Finds routes by path: paths without placeholders by one look-up of the raw text, all others segment by segment.
class Router {
 public:
  explicit Router(std::span<const Route> routes);

  struct Match {
    const std::vector<const Route*>* routes = nullptr;  // one for each method; none: nothing there
    std::vector<std::string> values;                    // of the placeholders
    bool json_suffix = false;
  };
  // invalid_request for a path that is none (claim TN-06).
  Result<Match> find(std::string_view path) const;

 private:
  struct Node {
    std::map<std::string, Node, std::less<>> children;
    std::unique_ptr<Node> any;
    std::vector<const Route*> routes;
  };
  const Node* descend(const Node& node, std::span<const std::string> segments, std::vector<std::string>& values) const;

  struct Fixed {
    std::vector<const Route*> routes;
    bool json_suffix = false;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, Fixed, Hash, std::equal_to<>> fixed_;
  Node root_;
};

}  // namespace hub::http
