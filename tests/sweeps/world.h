#pragma once
#include <sqlite3.h>

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/hub.h"
#include "hub/operations/dispatch.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"
#include "support/temporary_directory.h"

// A populated hub, made through the operations themselves, and what the sweeps ask of it.
namespace hub::testing {

// What the placeholders of an example stand for: "org" is "alpha".
using Names = std::map<std::string, std::string>;
// The three ways to name the same things. Some have only one, which stands in all three.
enum class Spelling { name, id, hash_id };
struct Tenancy {
  std::map<Spelling, Names> names;
};

// What one operation said: an error, or its answer (of a list: an array of rows).
struct Said {
  std::optional<Error> error;
  Json answer;
  std::string code() const { return error ? std::string(error->code.name) : "ok"; }
};

// All rows of all tables, each as one line of text.
using Tables = std::map<std::string, std::vector<std::string>>;
using Dump = std::shared_ptr<const Tables>;
std::string changed_tables(const Dump& before, const Dump& after);  // "audit, token"; empty: equal

// The world as it was built, once for the whole run; every World is a copy of its files.
struct Blueprint {
  TemporaryDirectory directory;
  Instant end;                                 // of the clock after building
  std::map<std::string, Tenancy> tenants;      // alpha, beta, and nowhere, whose things do not exist
  std::map<std::string, std::string> secrets;  // every secret that building made, by what it is
};
const Blueprint& blueprint();
void copy_world(const TemporaryDirectory& from, const TemporaryDirectory& to);  // the files of a store in no use

enum class Storage { plain, replaying };

class World {
 public:
  explicit World(Storage storage = Storage::plain, std::uint64_t seed = 2, const Blueprint& plan = blueprint());
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  core::Hub& hub() { return *hub_; }
  ManualClock& clock() { return clock_; }
  std::string path() const { return directory_.file("hub.db"); }

  static Call as_operator();
  Call as(const std::string& email);  // the person with this address

  Said run(const Call& call, const operations::Operation& operation, const Json& request);
  Said run(const Call& call, std::string_view operation, const Json& request);

  Dump dump();                                              // of all tables
  std::vector<std::string> column(const std::string& sql);  // the first column of what a query answers
  std::vector<std::string> rows_of(const std::string& table);
  void restore(const std::string& table);  // puts it back to what was built, past the product
  void reseed(std::uint64_t seed) { random_.reseed(seed); }

  // The statements of the store, from here on and since the last time they were taken.
  void record_statements() { records_ = true; }
  std::vector<std::string> take_statements() { return std::exchange(statements_, {}); }

  // Makes the n-th statement from now on fail as on a full disk, the first being 1; 0: none. Tells whether it did.
  void fail_statement(int number);
  bool has_failed() const { return has_failed_; }

 private:
  void before_statement(std::string_view sql);
  void execute(const std::string& sql);

  std::string pristine_;  // the store of the blueprint
  bool attached_ = false;
  TemporaryDirectory directory_;
  ManualClock clock_;
  SeededRandom random_;
  std::unique_ptr<core::Hub> hub_;
  sqlite3* database_ = nullptr;  // to look at the rows past the product
  Dump dumped_;                  // the last dump, good as long as nobody has committed since
  std::string dumped_version_;
  std::vector<std::string> statements_;
  bool records_ = false;
  int countdown_ = 0;
  bool has_failed_ = false;
};

// A valid request for each operation, with placeholders like "$org"; run by an operator on a fresh world it succeeds.
const Json* find_example(std::string_view operation);
// The example with its placeholders filled in.
Json filled(const Json& example, const Names& names);
Json example_for(std::string_view operation, const std::string& tenant = "alpha", Spelling spelling = Spelling::name);
std::vector<std::string> placeholders_in(const Json& example);  // each once

inline const operations::Operation& named(std::string_view name) { return *operations::find_operation(name); }
inline bool is_change(const operations::Operation& one) { return one.effect == operations::Effect::change; }

}  // namespace hub::testing
