#include "hub/operations/man.h"

#include <fstream>

#include "builtin.h"
#include "errors.h"
#include "hub/base/codes.h"

namespace hub::cli {

Result<int> write_man_pages(const std::vector<std::string>& words, const Surroundings& around) {
  if (words.size() != 1) return usage_error("\"__man\" needs the directory to write to.");
  const std::string date = operations::man_date(around.variable("SOURCE_DATE_EPOCH").value_or(""));
  for (const operations::ManPage& page : operations::man_pages(all_commands(), HUBCTL_VERSION, date)) {
    const std::string path = words.front() + "/" + page.file;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << page.text;
    file.close();
    if (!file) return Error{codes::unwritable_file, path + " cannot be written."};
  }
  return 0;
}

}  // namespace hub::cli
