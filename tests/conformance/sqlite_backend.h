#pragma once
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "fault.h"
#include "sqlite/engine.h"
#include "store_conformance.h"
#include "support/temporary_directory.h"

namespace hub::conformance {

inline constexpr std::array<EmbeddedFile, 1> item_migrations = {{
    {"0001_item.sql",
     "CREATE TABLE item (id BIGINT PRIMARY KEY, label TEXT, data BYTEA, is_flag BOOLEAN, taken_by BIGINT);\n"},
}};

// A SQLite file in a directory of its own.
class SqliteBackend final : public Backend {
 public:
  SqliteBackend() {
    engine.migrations = item_migrations;
    options.create = true;
    open();
    options.create = false;
  }

  std::unique_ptr<store::Store> open() override {
    Result<std::unique_ptr<store::Store>> opened = try_open();
    REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().message + ' ' + opened.error().cause));
    return std::move(*opened);
  }
  Result<std::unique_ptr<store::Store>> try_open() const { return store::sqlite::open_store(path(), options, engine); }
  // The name of the code that opening fails with.
  std::string failure() const {
    const Result<std::unique_ptr<store::Store>> opened = try_open();
    return opened ? "none" : std::string(opened.error().code.name);
  }

  std::string path() const { return directory.file("hub.db"); }

  testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  store::OpenOptions options;
};

}  // namespace hub::conformance
