#include <algorithm>
#include <array>
#include <cctype>

#include "rules.h"

namespace hub::tidy {
namespace {

struct Table {
  std::string_view name;
  std::string_view columns;  // each of them says whose the row is
};
constexpr std::array tenant_tables{
    Table{"membership", "organization_id person_id"},
    Table{"app", "owner_organization_id"},
    Table{"credential", "organization_id owner_organization_id"},
    Table{"connection", "organization_id person_id"},
    Table{"token", "organization_id person_id"},
    Table{"authorization_code", "organization_id person_id membership_id"},
    Table{"nexus_token", "organization_id membership_id"},
    Table{"audit", "organization_id"},
    Table{"consent", "organization_id person_id"},
    Table{"connection_request", "organization_id person_id"},
};

constexpr std::array verbs{"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "};

bool is_statement(std::string_view text) {
  return std::any_of(verbs.begin(), verbs.end(), [&](std::string_view verb) { return text.starts_with(verb); });
}

bool touches(std::string_view sql, std::string_view table) {
  for (const std::string_view word : {"FROM ", "JOIN ", "INTO ", "UPDATE "}) {
    const std::string place = std::string(word) + std::string(table);
    if (find_word(sql, place) != std::string_view::npos) return true;
  }
  return false;
}

// `word` outside of brackets, or npos.
std::size_t find_outside(std::string_view sql, std::string_view word) {
  int depth = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '(') ++depth;
    if (sql[i] == ')') --depth;
    if (depth == 0 && sql.substr(i).starts_with(word)) return i;
  }
  return std::string_view::npos;
}

// The part that chooses rows: what a SELECT lists and what an UPDATE sets does not keep tenants apart.
std::string_view choosing_part(std::string_view sql) {
  const std::size_t at = sql.starts_with("SELECT ")   ? find_outside(sql, " FROM ")
                         : sql.starts_with("UPDATE ") ? find_outside(sql, " WHERE ")
                                                      : 0;
  if (at != std::string_view::npos) return sql.substr(at);
  return sql.starts_with("UPDATE ") ? std::string_view() : sql;
}

bool names_tenant(std::string_view sql, std::string_view columns) {
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find(' ', at), columns.size());
    if (find_word(sql, columns.substr(at, end - at)) != std::string_view::npos) return true;
    at = end + 1;
  }
  return false;
}

// The tenant's table whose rows the statement reaches without saying whose; none if it is all in order.
std::string_view open_table(std::string_view sql) {
  bool named = false;
  std::string_view touched;
  for (const Table& table : tenant_tables) {
    if (!touches(sql, table.name)) continue;
    touched = table.name;
    named = named || names_tenant(choosing_part(sql), table.columns);
  }
  return named ? std::string_view() : touched;
}

bool foreign_placeholder(std::string_view sql) {
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const bool word_follows = i + 1 < sql.size() && std::isalpha(static_cast<unsigned char>(sql[i + 1])) != 0;
    if (sql[i] == '?' || ((sql[i] == ':' || sql[i] == '@') && word_follows)) return true;
    if (sql[i] == '$' && (i + 1 == sql.size() || std::isdigit(static_cast<unsigned char>(sql[i + 1])) == 0))
      return true;
  }
  return false;
}

bool in_store(const Source& source) {
  constexpr std::string_view folder = "src/store/";
  return source.below(folder) && source.path.find('/', folder.size()) == std::string::npos;
}

// Where a statement may be put together, and why.
struct Builder {
  std::string_view path, reason;
};
constexpr std::array builders{
    Builder{"src/store/list_statement.cpp",
            "lists are filtered and ordered in more ways than can be written down; the pieces are literals in tables, "
            "the tenant is in the first of them and values are bound"},
};

void check_building(const Source& source, std::vector<Offence>& out) {
  const auto is_it = [&](const Builder& builder) { return builder.path == source.path; };
  if (std::any_of(builders.begin(), builders.end(), is_it)) return;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& code = source.lines[i].code;
    for (const std::string_view way : {"sql +=", "sql.append(", "sql = sql", "sql + ", "+ sql"}) {
      if (code.find(way) == std::string::npos) continue;
      out.push_back({source.path, i + 1, "SQL is put together in store/list_statement.cpp and nowhere else"});
    }
  }
}

// The first argument of each query( and execute( is a literal, or `sql` handed through by the few functions that share
// it.
void check_arguments(const Source& source, std::vector<Offence>& out) {
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& code = source.lines[i].code;
    for (const std::string_view call : {"session.query(", "session.execute(", "db().query(", "db().execute("}) {
      const std::size_t at = code.find(call);
      if (at == std::string::npos) continue;
      std::string argument = code.substr(at + call.size());
      if (argument.empty() && i + 1 < source.lines.size()) argument = source.lines[i + 1].code;
      argument.erase(0, argument.find_first_not_of(' '));
      if (argument.starts_with('"') || argument.starts_with("R\"") || argument.starts_with("sql,")) continue;
      out.push_back({source.path, i + 1, "SQL is a literal; values go into placeholders"});
    }
  }
}

bool is_exempt(const Source& source, std::size_t line, std::span<const TenantFree> exceptions) {
  const std::string function = function_at(source, line);
  return std::any_of(exceptions.begin(), exceptions.end(), [&](const TenantFree& exception) {
    return exception.path == source.path && exception.function == function && !exception.reason.empty();
  });
}

}  // namespace

std::vector<Offence> check_statements(const Source& source, std::span<const TenantFree> exceptions) {
  std::vector<Offence> out;
  const auto add = [&](std::size_t line, std::string sentence) {
    out.push_back({source.path, line, std::move(sentence)});
  };
  if (source.below("src/") || source.below("include/")) check_arguments(source, out);
  if (in_store(source)) check_building(source, out);
  for (const Literal& literal : source.literals) {
    if (!source.below("src/") || !is_statement(literal.text)) continue;
    if (!source.below("src/store/")) add(literal.line, "SQL lives in store and nowhere else");
    if (!in_store(source)) continue;
    if (literal.before == '+' || literal.after == '+')
      add(literal.line, "SQL is a literal; values go into placeholders");
    if (literal.text.find("SELECT *") != std::string::npos) add(literal.line, "name the columns; no SELECT *");
    if (foreign_placeholder(literal.text)) add(literal.line, "placeholders are $1 to $n, which every engine speaks");
    const std::string_view table = open_table(literal.text);
    if (table.empty() || is_exempt(source, literal.line, exceptions)) continue;
    add(literal.line, "a statement on " + std::string(table) + " says whose rows it means, or " +
                          "tests/tidy/tenant_free.cpp says why it need not");
  }
  return out;
}

std::vector<Offence> check_stale_exceptions(const std::vector<Source>& tree, std::span<const TenantFree> exceptions) {
  std::vector<Offence> out;
  for (const TenantFree& exception : exceptions) {
    const bool needed = std::any_of(tree.begin(), tree.end(), [&](const Source& source) {
      return source.path == exception.path &&
             std::any_of(source.literals.begin(), source.literals.end(), [&](const Literal& literal) {
               return is_statement(literal.text) && !open_table(literal.text).empty() &&
                      function_at(source, literal.line) == exception.function;
             });
    });
    if (!needed) {
      out.push_back({"tests/tidy/tenant_free.cpp", 1,
                     std::string(exception.function) + " needs no exception; take it from the list"});
    }
  }
  return out;
}

}  // namespace hub::tidy
