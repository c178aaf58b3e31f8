#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "source.h"

// The rules of ARCHITECTURE.md and CONTRIBUTING.md that a machine can check. Each names what is allowed instead.
namespace hub::tidy {

std::vector<Offence> check_includes(const Source& source);  // which layer may include what
std::vector<Offence> check_calls(const Source& source);     // what may be called only at one place, or nowhere
std::vector<Offence> check_shape(const Source& source);     // lengths, blanks, words of unfinished work
std::vector<Offence> check_case_names(const Source& source);

// A statement on a tenant's table that names no tenant, and why it need not.
struct TenantFree {
  std::string_view path;
  std::string_view function;
  std::string_view reason;
};
std::span<const TenantFree> tenant_free_statements();
std::vector<Offence> check_statements(const Source& source, std::span<const TenantFree> exceptions);

// Rules that need the whole tree.
std::vector<Offence> check_dead_headers(const std::vector<Source>& tree);
std::vector<Offence> check_stale_exceptions(const std::vector<Source>& tree, std::span<const TenantFree> exceptions);

}  // namespace hub::tidy
