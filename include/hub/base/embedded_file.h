#pragma once
#include <span>
#include <string_view>

namespace hub {

// A text file of the source tree that is part of the binary (src/embed.cmake). The views live as long as the process.
struct EmbeddedFile {
  std::string_view name;  // without folders
  std::string_view text;
  std::string_view sha256 =
      {};  // of the text, in hex, computed by the build; empty for a file that the build never saw
};

// The text of the file of that name, or nullptr.
inline const EmbeddedFile* find_embedded(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

}  // namespace hub
