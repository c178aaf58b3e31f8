#include <algorithm>
#include <array>
#include <initializer_list>

#include "rules.h"

namespace hub::tidy {
namespace {

struct Layer {
  std::string_view name;
  std::string_view may_include;  // itself is always allowed
};
constexpr std::array layers{
    Layer{"base", ""},
    Layer{"crypto", "base"},
    Layer{"domain", "base"},
    Layer{"store", "base crypto domain"},
    Layer{"core", "base crypto domain store"},
    Layer{"operations", "base domain core"},
    Layer{"http", "base domain core operations"},
    Layer{"cli", "base domain core operations http"},
};

// Libraries by the start of their headers' names, and the folders or files that may include them.
struct Library {
  std::string_view header;
  std::string_view sentence;
  std::initializer_list<std::string_view> places;
};
const std::array libraries{
    Library{"nlohmann/json_fwd.hpp", "only include/hub/base/json.h names the JSON type", {"include/hub/base/json.h"}},
    Library{"nlohmann/",
            "the full JSON header belongs into .cpp files outside domain; headers use hub/base/json.h",
            {"src/base/", "src/crypto/", "src/store/", "src/core/", "src/operations/", "src/http/", "src/cli/"}},
    Library{"openssl/", "only crypto includes OpenSSL", {"src/crypto/"}},
    Library{"SQLiteCpp/", "only store/sqlite includes SQLiteCpp", {"src/store/sqlite/"}},
    Library{"sqlite3", "only store/sqlite includes SQLite", {"src/store/sqlite/"}},
    Library{"CLI/", "only cli/command_tree.cpp includes CLI11", {"src/cli/command_tree.cpp"}},
    Library{"httplib.h",
            "only http/wire writes answers with cpp-httplib and only cli/remote.cpp asks with it",
            {"src/http/wire/", "src/cli/remote.cpp"}},
    Library{"kainjow/mustache.hpp",
            "only http/pages/render.cpp fills templates, which escapes all of it",
            {"src/http/pages/render.cpp"}},
    Library{"qrencode.h", "only http/qr_code.cpp draws QR codes", {"src/http/qr_code.cpp"}},
    Library{"curl/", "only http/smtp.cpp speaks SMTP", {"src/http/smtp.cpp"}},
    Library{"dlfcn.h", "only http/smtp.cpp loads a library, which most runs do without", {"src/http/smtp.cpp"}},
    Library{"arpa/",
            "only http and the rule of what counts as one address know addresses",
            {"src/http/", "src/domain/address.cpp"}},
    Library{"netdb.h", "only http/wire knows sockets", {"src/http/wire/"}},
    Library{"netinet/", "only http/wire knows sockets", {"src/http/wire/"}},
    Library{"sys/epoll.h", "only http/wire knows sockets", {"src/http/wire/"}},
    Library{"sys/eventfd.h", "only http/wire knows sockets", {"src/http/wire/"}},
    Library{"sys/socket.h",
            "only http/wire and TLS know sockets, cli/ready.cpp tells systemd, and cli/remote.cpp names socket files",
            {"src/http/wire/", "src/crypto/tls.cpp", "src/cli/ready.cpp", "src/cli/remote.cpp"}},
    Library{"sys/un.h", "only http/wire knows sockets", {"src/http/wire/", "src/cli/ready.cpp"}},
};

constexpr std::array system_headers{"fcntl.h",    "pwd.h",       "signal.h",   "stdlib.h",   "string.h",
                                    "sys/file.h", "sys/prctl.h", "sys/stat.h", "sys/wait.h", "sys/resource.h",
                                    "termios.h",  "time.h",      "unistd.h"};

bool contains_word(std::string_view words, std::string_view word) {
  return find_word(words, word) != std::string_view::npos;
}

// "include/hub/core/app.h" and "src/core/app.cpp" are of core.
const Layer* layer_of(std::string_view path) {
  for (const std::string_view root : {"include/hub/", "src/", "hub/"}) {
    if (!path.starts_with(root)) continue;
    const std::string_view rest = path.substr(root.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    const auto* found =
        std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) { return layer.name == name; });
    return found == layers.end() ? nullptr : found;
  }
  return nullptr;
}

std::string allowed_layers(const Layer& layer) {
  return layer.may_include.empty() ? "no other layer" : "only " + std::string(layer.may_include);
}

std::string quoted_problem(const Source& source, const Include& include) {
  if (include.target.starts_with("../")) return "name a header by its path in the layer, not by ../";
  if (!include.target.starts_with("hub/"))
    return source.below("include/") ? "public headers include public headers" : "";
  const Layer* own = layer_of(source.path);
  const Layer* other = layer_of(include.target);
  if (other == nullptr) return "there is no layer of this name";
  if (own == nullptr) {
    if (source.path == "src/main.cpp" && other->name != "cli") return "main knows only the command line";
    return "";
  }
  if (own == other || contains_word(own->may_include, other->name)) return "";
  // The front door ends TLS and names requests; nobody else in http comes near keys.
  if (source.below("src/http/wire/") &&
      (include.target == "hub/crypto/tls.h" || include.target == "hub/crypto/random.h"))
    return "";
  return std::string(own->name) + " may not include " + include.target + "; it may include " + allowed_layers(*own);
}

std::string library_problem(const Source& source, const Include& include) {
  for (const Library& library : libraries) {
    if (!include.target.starts_with(library.header)) continue;
    const bool allowed =
        std::any_of(library.places.begin(), library.places.end(),
                    [&](std::string_view place) { return source.below(place); }) &&
        (!source.header() || library.header == "nlohmann/json_fwd.hpp" || library.header == "openssl/" ||
         library.header == "SQLiteCpp/" || library.header == "sqlite3" || library.header == "sys/epoll.h");
    return allowed ? "" : "may not include <" + include.target + ">; " + std::string(library.sentence);
  }
  const bool standard = include.target.find_first_of("./") == std::string::npos;
  const bool system = std::find(system_headers.begin(), system_headers.end(), include.target) != system_headers.end();
  if (standard || system) return "";
  return "<" + include.target + "> is of a library that no layer is known to use; tests/tidy/includes.cpp lists them";
}

}  // namespace

std::vector<Offence> check_includes(const Source& source) {
  std::vector<Offence> out;
  if (!source.below("include/") && !source.below("src/")) return out;
  for (const Include& include : includes_of(source)) {
    const std::string problem = include.quoted ? quoted_problem(source, include) : library_problem(source, include);
    if (!problem.empty()) out.push_back({source.path, include.line, problem});
  }
  return out;
}

std::vector<Offence> check_dead_headers(const std::vector<Source>& tree) {
  std::vector<Offence> out;
  for (const Source& header : tree) {
    if (!header.header()) continue;
    const std::string file = header.path.substr(header.path.rfind('/') + 1);
    const bool public_header = header.below("include/");
    // The header named after its layer is the layer's description.
    const Layer* layer = layer_of(header.path);
    if (public_header && layer != nullptr && file == std::string(layer->name) + ".h") continue;
    const std::string name = public_header ? header.path.substr(std::string_view("include/").size()) : file;
    const bool used = std::any_of(tree.begin(), tree.end(), [&](const Source& source) {
      if (source.path == header.path) return false;
      const std::vector<Include> includes = includes_of(source);
      return std::any_of(includes.begin(), includes.end(), [&](const Include& include) {
        return include.target == name || (!public_header && include.target.ends_with("/" + name));
      });
    });
    if (!used) out.push_back({header.path, 1, "nobody includes this header; a header exists for somebody else"});
  }
  return out;
}

}  // namespace hub::tidy
