#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/command.h"

namespace hub::cli {

// All of it is made from the table, in the style of cli.md section 7.
std::string command_help(const operations::CommandInfo& command, std::span<const operations::CommandInfo> commands);
std::string group_help(std::string_view group, std::span<const operations::CommandInfo> commands);
std::string overview(std::span<const operations::CommandInfo> commands);

// Texts of `hubctl help TOPIC`; "" for what is none.
std::vector<std::string_view> topics();
std::string topic_help(std::string_view topic);

// Lines of a name and its meaning in two columns, each line after `indent`; the first column is `width` wide or as wide
// as its names, whichever is more.
struct Entry {
  std::string name, meaning;
};
std::string two_columns(const std::vector<Entry>& entries, std::string_view indent, std::size_t width = 0);
std::size_t width_of(const std::vector<Entry>& entries);

}  // namespace hub::cli
