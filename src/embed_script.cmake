# Run by hub_embed at build time: FILES (list of paths), OUTPUT (a .cpp), FUNCTION (qualified name).
string(REGEX MATCH "^(.*)::([^:]*)$" matched "${FUNCTION}")
set(namespace ${CMAKE_MATCH_1})
set(function ${CMAKE_MATCH_2})

set(entries "")
set(count 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(FIND "${text}" ")embedded\"" end_of_literal)
  if(NOT end_of_literal EQUAL -1)
    message(FATAL_ERROR "${file} contains the end of a raw string literal: )embedded\"")
  endif()
  file(SHA256 "${file}" digest)
  string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\", \"${digest}\"},\n")
  math(EXPR count "${count} + 1")
endforeach()

# The empty last entry keeps the array valid when there are no files.
file(WRITE "${OUTPUT}" "#include \"hub/base/embedded_file.h\"

namespace ${namespace} {

namespace {
constexpr hub::EmbeddedFile files[] = {
${entries}    {\"\", \"\", \"\"}};
}  // namespace

std::span<const hub::EmbeddedFile> ${function}() { return {files, ${count}}; }

}  // namespace ${namespace}
")
