#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/command.h"

namespace hub::operations {

struct ManPage {
  std::string file;  // "hubctl-org.1"
  std::string text;  // man(7)
};

// hubctl(1) and one page per noun. The same input gives the same octets. `date` as 2026-11-22, see man_date.
std::vector<ManPage> man_pages(std::span<const CommandInfo> commands, std::string_view version, std::string_view date);

// The day that SOURCE_DATE_EPOCH means (reproducible-builds.org); the release's own when it is empty or no number.
std::string man_date(std::string_view source_date_epoch);

}  // namespace hub::operations
