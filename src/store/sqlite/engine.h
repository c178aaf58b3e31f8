#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "hub/base/limits.h"
#include "hub/store/store.h"
#include "migrate.h"

namespace hub::store::sqlite {

// What tests may replace. The binary has no way to.
struct Engine {
  std::span<const EmbeddedFile> migrations = embedded_migrations();
  // Called before each statement of a transaction, BEGIN and COMMIT included; what it throws is that statement's fault.
  std::function<void(std::string_view sql)> before_statement = {};
  std::size_t write_queue = limits::write_queue;
};

// open_sqlite with another engine.
Result<std::unique_ptr<Store>> open_store(const std::string& path, const OpenOptions& options, const Engine& engine);

}  // namespace hub::store::sqlite
