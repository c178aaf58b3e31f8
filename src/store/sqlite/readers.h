#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "connection.h"
#include "hub/base/result.h"

namespace hub::store::sqlite {

// Connections that only read: as many as there are threads reading at the same time. The one used last is used next,
// since its pages are warm.
class Readers {
 public:
  Readers(std::string path, Use use, const Engine& engine) : path_(std::move(path)), use_(use), engine_(engine) {}

  Result<void> read(const std::function<Result<void>(Session&)>& job);

 private:
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  const std::string path_;
  const Use use_;
  const Engine& engine_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace hub::store::sqlite
